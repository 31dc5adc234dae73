import assert from 'node:assert/strict';
import { randomStream } from '@dcs/engine';
import { createCrashSession } from './crashSession.ts';
import type { CrashSession } from './crashSession.ts';
import { insist } from './insist.ts';
import { connect, register } from './player.ts';
import type { Pulse } from './pulse.ts';

/** What a table waits for. */
export type Request = 'create' | 'open' | 'act' | 'close';

/**
 * Plays Explore at several tables at once, one session after another at each, as fast as it is answered, whatever
 * happens to the server. Every session is followed over two connections. Some sessions are closed, others left.
 */
export interface CrashBot {
  /** Turns that were answered, by table. */
  readonly turns: readonly number[];
  readonly sessions: readonly CrashSession[];
  /** Whether a request of this kind is under way at one of its tables. */
  isWaitingFor(request: Request): boolean;
  /** Resolves when the turns that are under way after `stop` are answered. */
  play(): Promise<void>;
  stop(): void;
  /** Compares what was received and said since the last time with the log. Throws AssertionError. */
  audit(): Promise<void>;
  /** After `stop`: plays on in every session that is not over, then compares all of everything. Throws AssertionError. */
  auditAll(): Promise<void>;
  close(): void;
}

export interface CrashBotOptions {
  readonly url: string;
  readonly name: string;
  readonly tables: number;
  readonly seed: string;
}

/** A session moves to the front once in a while; somewhere between two of these it stands still. */
const MOST_LISTS = 20;

interface Table {
  turns: number;
  request: Request | null;
  session: CrashSession | null;
}

export async function createCrashBot(options: CrashBotOptions, pulse: Pulse): Promise<CrashBot> {
  const { url, name, seed } = options;
  const player = await register(url, name);
  const { client } = player;
  const second = connect(url, player.accessKey);
  const random = randomStream(`${name}/${seed}`);
  const tables: Table[] = Array.from({ length: options.tables }, () => ({
    turns: 0,
    request: null,
    session: null,
  }));
  const sessions: CrashSession[] = [];
  /** Sessions that were played since the last audit. */
  const fresh = new Set<CrashSession>();
  let commands = 0;
  let isStopping = false;

  const nextId = (): string => `${name}-${(commands += 1)}`;

  async function during<Reply>(table: Table, request: Request, job: () => Promise<Reply>): Promise<Reply> {
    table.request = request;
    pulse.beat();
    const reply = await job();
    table.request = null;
    return reply;
  }

  async function create(table: Table): Promise<CrashSession> {
    const request = { game: 'explore', pc: 'AMA', npc: 'OCT', commandId: nextId() };
    const send = () => client.trpc.play.create.mutate(request);
    const reply = await during(table, 'create', () => insist(send));
    const created = { send, reply };
    const session = createCrashSession({
      clients: [client, second],
      sessionId: reply.sessionId,
      created,
      pulse,
    });
    sessions.push(session);
    fresh.add(session);
    table.session = session;
    return session;
  }

  async function takeTurn(table: Table, session: CrashSession): Promise<void> {
    fresh.add(session);
    const commandId = nextId();
    await during(table, 'act', () => session.say(commandId, `I tap the glass: ${commandId}.`));
    table.turns += 1;
    pulse.beat();
  }

  async function playSession(table: Table): Promise<void> {
    const session = await create(table);
    await during(table, 'open', () => session.open());
    const most = random.integer(2, 12);
    for (let turn = 0; turn < most && !session.isOver && !isStopping; turn += 1)
      await takeTurn(table, session);
    if (!session.isOver && !isStopping && random.integer(0, 1) === 1)
      await during(table, 'close', () => session.close(nextId()));
    table.session = null;
  }

  async function playOn(table: Table): Promise<void> {
    while (!isStopping) await playSession(table);
  }

  async function audit(): Promise<void> {
    for (const session of fresh) {
      const isPlayed = tables.some((table) => table.session === session);
      await session.audit({ whole: !isPlayed });
      await session.repeat(random);
      if (isPlayed) continue;
      session.leave();
      fresh.delete(session);
    }
  }

  /** Whoever left a session, and whoever did not hear an answer, goes on as if nothing had happened. */
  async function resume(session: CrashSession): Promise<void> {
    session.follow();
    const commandId = nextId();
    if (!session.isOver) await session.say(commandId, `I wave: ${commandId}.`);
    await session.repeat(random);
    await session.audit({ whole: true });
    session.leave();
  }

  async function listOnce(): Promise<readonly string[]> {
    const listed: string[] = [];
    for (let cursor: string | undefined; ;) {
      const page = await insist(() =>
        client.sessions.list.query({ limit: 100, ...(cursor === undefined ? {} : { cursor }) }),
      );
      listed.push(...page.sessions.map(({ sessionId }) => sessionId));
      if (page.nextCursor === null) return listed;
      cursor = page.nextCursor;
    }
  }

  /** While it is read, a session whose summary catches up with its log moves to the front of the list, and is missed. */
  async function checkList(): Promise<void> {
    const listed = new Set<string>();
    for (let time = 0; time < MOST_LISTS && listed.size < sessions.length; time += 1)
      for (const sessionId of await listOnce()) listed.add(sessionId);
    const ids = sessions.map(({ sessionId }) => sessionId);
    assert.deepEqual([...listed].toSorted(), ids.toSorted(), 'Every session was created once.');
  }

  return {
    get turns() {
      return tables.map(({ turns }) => turns);
    },
    sessions,
    isWaitingFor: (request) => tables.some((table) => table.request === request),
    play: async () => {
      await Promise.all(tables.map(playOn));
    },
    stop: () => {
      isStopping = true;
    },
    audit,
    auditAll: async () => {
      await audit();
      for (const session of sessions) await resume(session);
      await checkList();
    },
    close: () => {
      client.close();
      second.close();
    },
  };
}
