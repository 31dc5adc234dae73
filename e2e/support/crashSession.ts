import assert from 'node:assert/strict';
import type { CommandReplyDto, DcsClient, EventDto } from '@dcs/api/client';
import type { RandomStream } from '@dcs/engine';
import { insist } from './insist.ts';
import { readLog } from './player.ts';
import type { Pulse } from './pulse.ts';

/** A command as it was sent; `reply` is `null` as long as there is no answer. */
interface Asked {
  readonly send: () => Promise<unknown>;
  reply: unknown;
}

/** Every event as it came over one connection. */
interface Watching {
  readonly received: EventDto[];
  readonly stop: () => void;
}

/**
 * A session of Explore as its player knows it: what was said in it, every command with its reply, and every event as
 * it came over each of the player's connections.
 */
export interface CrashSession {
  readonly sessionId: string;
  readonly isOver: boolean;
  /** Events that came over the first connection. */
  readonly eventCount: number;
  open(): Promise<void>;
  /** Takes a turn. */
  say(commandId: string, text: string): Promise<void>;
  close(commandId: string): Promise<void>;
  /** Follows from where each connection was left, or stops following. */
  follow(): void;
  leave(): void;
  /** Sends again a command that was answered: the reply must be the same. Throws AssertionError. */
  repeat(random: RandomStream): Promise<void>;
  /** Compares what was received and said with the log, once all of it is here if `whole`. Throws AssertionError. */
  audit(options: { readonly whole: boolean }): Promise<void>;
}

export interface CrashSessionOptions {
  /** The player's connections; commands go over the first. */
  readonly clients: readonly [DcsClient, ...DcsClient[]];
  readonly sessionId: string;
  /** The command that created it. */
  readonly created: Asked;
  readonly pulse: Pulse;
}

/** Raw frames, not the client's own list: a repeated event would be left out there, and must be seen here. */
function watch(
  { client, sessionId, pulse }: { client: DcsClient; sessionId: string; pulse: Pulse },
  received: EventDto[],
): Watching {
  const after = received.at(-1)?.seq;
  const subscription = client.trpc.play.events.subscribe(
    { sessionId, ...(after === undefined ? {} : { lastEventId: String(after) }) },
    {
      onData: ({ data }) => {
        if (data.type === 'events') received.push(...data.events);
        pulse.beat();
      },
      onError: (error) => pulse.fail(error),
    },
  );
  return { received, stop: () => subscription.unsubscribe() };
}

export function createCrashSession(options: CrashSessionOptions): CrashSession {
  const { clients, sessionId, created, pulse } = options;
  const [player] = clients;
  const { play } = player.trpc;
  const asked: Asked[] = [created];
  const said: { readonly text: string; readonly asked: Asked }[] = [];
  let watchings = clients.map((client) => watch({ client, sessionId, pulse }, []));
  let isOver = false;

  function leave(): void {
    for (const { stop } of watchings) stop();
  }

  /** Repeats the command until it is answered; the same words under the same id. */
  async function ask(command: Asked & { readonly send: () => Promise<CommandReplyDto> }): Promise<void> {
    asked.push(command);
    const reply = await insist(command.send);
    command.reply = reply;
    isOver = reply.exited;
    pulse.beat();
  }

  return {
    sessionId,
    get isOver() {
      return isOver;
    },
    get eventCount() {
      return watchings[0]?.received.length ?? 0;
    },
    open: () => ask({ send: () => play.open.mutate({ sessionId }), reply: null }),
    say: (commandId, text) => {
      const command = { send: () => play.act.mutate({ sessionId, commandId, text }), reply: null };
      said.push({ text, asked: command });
      return ask(command);
    },
    close: (commandId) => ask({ send: () => play.close.mutate({ sessionId, commandId }), reply: null }),
    follow: () => {
      leave();
      watchings = watchings.map(({ received }, index) =>
        watch({ client: clients[index] ?? player, sessionId, pulse }, received),
      );
    },
    leave,
    repeat: async (random) => {
      const command = random.pick(asked.filter(({ reply }) => reply !== null));
      if (command !== undefined) assert.deepEqual(await insist(command.send), command.reply);
    },
    audit: async ({ whole }) => {
      const answered = said.filter(({ asked }) => asked.reply !== null).length;
      const log = await insist(() => readLog({ client: player }, sessionId));
      if (whole) await pulse.until(() => watchings.every(({ received }) => received.length >= log.length));
      checkLog(log);
      for (const { received } of watchings) checkReceived(received, log);
      checkSaid(
        said.map(({ text }) => text),
        log,
      );
      assert.ok(spokenIn(log).length >= answered, 'Every accepted command is in the log.');
    },
  };
}

function checkLog(log: readonly EventDto[]): void {
  const seqs = log.map(({ seq }) => seq);
  assert.deepEqual(
    seqs,
    log.map((_event, index) => index + 1),
    'The log has no gaps and no repetitions.',
  );
  const ids = new Set(log.map(({ eventId }) => eventId));
  assert.equal(ids.size, log.length, 'Every event has an id of its own.');
}

/** What was received is the beginning of the log, event by event: nothing lost, nothing twice, nothing changed. */
function checkReceived(received: readonly EventDto[], log: readonly EventDto[]): void {
  // More may have come since the log was read; the next audit has it.
  const known = received.slice(0, log.length);
  assert.deepEqual(known, log.slice(0, known.length), 'What was seen is in the log.');
}

function spokenIn(log: readonly EventDto[]): readonly string[] {
  const said = log.filter(({ direction, kind }) => direction === 'inbound' && kind === 'message');
  return said.map(({ content }) => content);
}

function checkSaid(said: readonly string[], log: readonly EventDto[]): void {
  const spoken = spokenIn(log);
  // A turn that is under way may be recorded already.
  assert.deepEqual(
    spoken,
    said.slice(0, spoken.length),
    'What is in the log was said, once and in this order.',
  );
  const replies = log.filter(({ source, kind }) => source === 'npc' && kind === 'message');
  assert.ok(replies.length <= spoken.length + 1, 'Nothing was answered twice.');
}
