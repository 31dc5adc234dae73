import assert from 'node:assert/strict';
import type { CommandReplyDto, EventDto } from '@dcs/api/client';
import { DcsError } from '@dcs/api/client';
import { readLog, register } from './player.ts';
import type { Player } from './player.ts';
import type { Pulse } from './pulse.ts';

/** A session, what its player said in it, and every event as it came over the wire. */
interface PlayedSession {
  readonly sessionId: string;
  readonly said: Saying[];
  readonly received: EventDto[];
  readonly unsubscribe: () => void;
}

interface Saying {
  readonly commandId: string;
  readonly text: string;
  /** `null` as long as there is no answer. */
  reply: CommandReplyDto | null;
}

/** Plays one session of Explore after another, as fast as it is answered, whatever happens to the server. */
export interface CrashBot {
  readonly name: string;
  /** Turns that were answered. */
  readonly turns: number;
  readonly sessions: readonly PlayedSession[];
  /** Resolves when the turn that is under way after `stop` is answered. */
  play(): Promise<void>;
  stop(): void;
  /** Compares what was received and said with the log. Throws AssertionError. */
  audit(when: 'in play' | 'at the end'): Promise<void>;
  close(): void;
}

/** Sends a repeatable request until it is answered. */
async function insist<Reply>(request: () => Promise<Reply>): Promise<Reply> {
  for (;;) {
    try {
      return await request();
    } catch (error) {
      if (!(error instanceof DcsError) || !error.retryable) throw error;
    }
  }
}

/** Raw frames, not the client's own list: a repeated event would be left out there, and must be seen here. */
function follow(
  { client }: Player,
  sessionId: string,
  pulse: Pulse,
): Pick<PlayedSession, 'received' | 'unsubscribe'> {
  const received: EventDto[] = [];
  const subscription = client.trpc.play.events.subscribe(
    { sessionId },
    {
      onData: ({ data }) => {
        if (data.type === 'events') received.push(...data.events);
        pulse.beat();
      },
      onError: (error) => pulse.fail(error),
    },
  );
  return { received, unsubscribe: () => subscription.unsubscribe() };
}

export async function createCrashBot(url: string, name: string, pulse: Pulse): Promise<CrashBot> {
  const player = await register(url, name);
  const { play } = player.client.trpc;
  const sessions: PlayedSession[] = [];
  let turns = 0;
  let isStopping = false;

  async function startSession(): Promise<PlayedSession> {
    const commandId = `${name}-session-${sessions.length}`;
    const request = { game: 'explore', pc: 'AMA', npc: 'OCT', commandId };
    const { sessionId } = await insist(() => play.create.mutate(request));
    const session = { sessionId, said: [], ...follow(player, sessionId, pulse) };
    sessions.push(session);
    await insist(() => play.open.mutate({ sessionId }));
    return session;
  }

  async function takeTurn({ sessionId, said }: PlayedSession): Promise<CommandReplyDto> {
    const saying: Saying = {
      commandId: `${name}-turn-${turns}`,
      text: `I tap the glass ${turns + 1} times.`,
      reply: null,
    };
    said.push(saying);
    const { commandId, text } = saying;
    const reply = await insist(() => play.act.mutate({ sessionId, commandId, text }));
    saying.reply = reply;
    turns += 1;
    pulse.beat();
    return reply;
  }

  async function playOn(): Promise<void> {
    while (!isStopping) {
      const session = await startSession();
      let exited = false;
      while (!exited && !isStopping) ({ exited } = await takeTurn(session));
    }
  }

  async function audit(when: 'in play' | 'at the end'): Promise<void> {
    for (const session of sessions) {
      const log = await insist(() => readLog(player, session.sessionId));
      if (when === 'at the end') {
        await resend(session);
        await pulse.until(() => session.received.length >= log.length);
      }
      checkLog(log);
      checkReceived(session.received.slice(0, log.length), log);
      checkSaid(session.said, log);
    }
    if (when === 'at the end') await checkSessions();
  }

  /** Whoever did not hear the answer asks again, perhaps much later: the answer is the same and nothing happens. */
  async function resend({ sessionId, said }: PlayedSession): Promise<void> {
    const last = said.at(-1);
    if (last === undefined) return;
    const { commandId, text, reply } = last;
    assert.deepEqual(await insist(() => play.act.mutate({ sessionId, commandId, text })), reply);
  }

  async function checkSessions(): Promise<void> {
    const listed = await insist(() => player.client.sessions.list.query({ limit: 100 }));
    const ids = (list: readonly { sessionId: string }[]): string[] =>
      list.map((one) => one.sessionId).toSorted();
    assert.deepEqual(ids(listed.sessions), ids(sessions), 'Every session was created once.');
  }

  return {
    name,
    get turns() {
      return turns;
    },
    sessions,
    play: playOn,
    stop: () => {
      isStopping = true;
    },
    audit,
    close: () => player.client.close(),
  };
}

function checkLog(log: readonly EventDto[]): void {
  assert.deepEqual(
    log.map(({ seq }) => seq),
    log.map((_, index) => index + 1),
    'The log has no gaps and no repetitions.',
  );
  assert.equal(
    new Set(log.map(({ eventId }) => eventId)).size,
    log.length,
    'Every event has an id of its own.',
  );
}

/** What was received is the beginning of the log, event by event: nothing lost, nothing twice, nothing changed. */
function checkReceived(received: readonly EventDto[], log: readonly EventDto[]): void {
  assert.deepEqual(received, log.slice(0, received.length));
}

function checkSaid(said: readonly Saying[], log: readonly EventDto[]): void {
  const recorded = log.filter(({ direction, kind }) => direction === 'inbound' && kind === 'message');
  const answered = said.filter(({ reply }) => reply !== null).map(({ text }) => text);
  const texts = recorded.map(({ content }) => content);
  // A turn that is under way may be recorded already.
  assert.deepEqual(texts.slice(0, answered.length), answered, 'Every accepted command is in the log once.');
  assert.ok(texts.length <= said.length, 'Nothing is in the log that nobody said.');
  const replies = log.filter(({ source, kind }) => source === 'npc' && kind === 'message');
  assert.ok(replies.length <= said.length + 1, 'Nothing was answered twice.');
}
