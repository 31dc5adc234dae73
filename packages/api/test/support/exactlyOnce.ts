import assert from 'node:assert/strict';
import type { SessionEvent } from '@dcs/engine';
import fc from 'fast-check';
import type { Storage } from '../../src/storage.ts';
import { assertOneEffectEach, repetitionPlan, sendInAnyOrder, sendInOrder } from './repeatedCommands.ts';
import type { RepeatedCommand, Replies, RepetitionPlan } from './repeatedCommands.ts';
import type { RestartingApp } from './restartingApp.ts';
import { openWays } from './ways.ts';
import type { Ways } from './ways.ts';

/** Two players at one server whose storage can be looked into. */
export interface Table extends Disposable {
  readonly running: RestartingApp;
  readonly storage: Storage;
  readonly ann: Ways;
  readonly ben: Ways;
  /** Ann's sessions of which it is known why there are any. */
  readonly known: Set<string>;
}

export async function openTable(running: RestartingApp, storage: Storage): Promise<Table> {
  const seat = async (name: string): Promise<Ways> =>
    openWays(running.url, (await running.app.player(name)).accessKey);
  const [ann, ben] = [await seat('Ann'), await seat('Ben')];
  return {
    running,
    storage,
    ann,
    ben,
    known: new Set(),
    [Symbol.dispose]: () => {
      ann[Symbol.dispose]();
      ben[Symbol.dispose]();
    },
  };
}

const readLog = ({ storage }: Table, sessionId: string): Promise<readonly SessionEvent[]> =>
  storage.stores.log.read(sessionId, 0, 1_000);

let sessionsSoFar = 0;

/** The commands of one session; ids are its own, because a creation is known by its id alone. */
function commandsOf({ ann, ben }: Table, game: string) {
  const unique = (sessionsSoFar += 1);
  const id = (name: string): string => `${name}-${unique}`;
  const create: RepeatedCommand = {
    name: id('create'),
    ways: ann,
    send: (trpc) => trpc.play.create.mutate({ game, commandId: id('create') }),
  };

  /** The commands that need a session. */
  const within = (sessionId: string) => ({
    open: {
      name: id('open'),
      ways: ann,
      send: (trpc) => trpc.play.open.mutate({ sessionId }),
    } satisfies RepeatedCommand,
    say: (name: string): RepeatedCommand => ({
      name: id(name),
      ways: ann,
      send: (trpc) => trpc.play.act.mutate({ sessionId, commandId: id(name), text: `I wave: ${name}.` }),
    }),
    play: (name: string, { ways, card }: { ways: Ways; card: number }): RepeatedCommand => ({
      name: id(name),
      ways,
      send: (trpc) =>
        trpc.play.act.mutate({ sessionId, commandId: id(name), action: { type: 'play', card } }),
    }),
    rollBack: (toSeq: number): RepeatedCommand => ({
      name: id('back'),
      ways: ann,
      send: (trpc) => trpc.sessions.rollback.mutate({ sessionId, commandId: id('back'), toSeq }),
    }),
    branch: {
      name: id('branch'),
      ways: ann,
      send: (trpc) => trpc.sessions.branch.mutate({ sessionId, commandId: id('branch') }),
    } satisfies RepeatedCommand,
    sit: {
      name: id('sit'),
      ways: ben,
      send: (trpc) => trpc.play.takeSeat.mutate({ sessionId, commandId: id('sit'), seat: 'away' }),
    } satisfies RepeatedCommand,
    getUp: {
      name: id('getUp'),
      ways: ben,
      send: (trpc) => trpc.play.releaseSeat.mutate({ sessionId, commandId: id('getUp') }),
    } satisfies RepeatedCommand,
    close: {
      name: id('close'),
      ways: ann,
      send: (trpc) => trpc.play.close.mutate({ sessionId, commandId: id('close') }),
    } satisfies RepeatedCommand,
  });

  return { create, within };
}

async function createOnce(table: Table, create: RepeatedCommand): Promise<string> {
  const reply: unknown = await create.send(table.ann.trpc.ours);
  assert.ok(typeof reply === 'object' && reply !== null && 'sessionId' in reply);
  return String(reply.sessionId);
}

/** The log tells of the commands that were answered, and of no others. Opening and creating have no id of their own in it. */
async function assertEffects(table: Table, sessionId: string, replies: Replies): Promise<void> {
  const log = await readLog(table, sessionId);
  const completed = assertOneEffectEach(log).map((commandId) => commandId.split('/').at(-1));
  const names = [...replies.keys()].map(({ name }) => name);
  const hasOwnId = (name: string | undefined): boolean =>
    name !== undefined && /^(?!create|open|branch).*-\d+$/.test(name);
  // Nothing stands in a log twice, so that sets say it all.
  assert.deepEqual(new Set(completed.filter(hasOwnId)), new Set(names.filter(hasOwnId)));
  assert.equal(log.filter(({ kind }) => kind === 'session_start').length, 1, 'It was opened once.');
}

/** Ann has got so many sessions since she was asked last, and this is one of them. */
async function assertNewSessions(
  { ann, known }: Table,
  { sessionId, count }: { readonly sessionId: string; readonly count: number },
): Promise<void> {
  const { sessions } = await ann.trpc.ours.sessions.list.query({ limit: 20 });
  const fresh = sessions.filter((row) => !known.has(row.sessionId)).map((row) => row.sessionId);
  assert.equal(fresh.length, count, 'Every creation and every branch made one session.');
  assert.ok(fresh.includes(sessionId));
  for (const one of fresh) known.add(one);
}

/** What each side was dealt, and the seq of the event that ended the dealing. */
async function deal(table: Table, sessionId: string) {
  const log = await readLog(table, sessionId);
  const handOf = (side: string): readonly number[] => {
    const hand = log.find(({ audience, data }) => audience?.includes(side) && data?.['hand'])?.data?.['hand'];
    return Array.isArray(hand) ? hand.filter((card) => typeof card === 'number') : [];
  };
  const dealt = log.findLast(({ kind, receipt }) => kind === 'info' && receipt !== null);
  const card = (side: string, index: number): number => handOf(side)[index] ?? 0;
  return { card, dealtAt: dealt?.seq ?? 0 };
}

const EXPLORE_COMMANDS = 7;

/** A session of Explore whose commands come one after the other, and again and again. */
const exploreInOrder = (table: Table): fc.IAsyncPropertyWithHooks<[RepetitionPlan]> =>
  fc.asyncProperty(repetitionPlan(EXPLORE_COMMANDS), async (plan) => {
    const { create, within } = commandsOf(table, 'explore');
    const sessionId = await createOnce(table, create);
    const { open, say, branch, close } = within(sessionId);
    const commands = [create, open, say('one'), say('two'), branch, say('three'), close];
    const replies = await sendInOrder(table.running, commands, plan);
    await assertEffects(table, sessionId, replies);
    await assertNewSessions(table, { sessionId, count: 2 });
    const said = (await readLog(table, sessionId)).filter(({ source }) => source === 'user');
    assert.deepEqual(
      said.map(({ content }) => content),
      ['one', 'two', 'three'].map((name) => `I wave: ${name}.`),
    );
  });

const DUEL_COMMANDS = 8;

/** A duel of two people, with a roll-back, a seat that is taken and left, and an end. */
const duelInOrder = (table: Table): fc.IAsyncPropertyWithHooks<[RepetitionPlan, RepetitionPlan]> =>
  fc.asyncProperty(repetitionPlan(3), repetitionPlan(DUEL_COMMANDS), async (beginning, rest) => {
    const { ann, ben, running } = table;
    const { create, within } = commandsOf(table, 'card-duel');
    const sessionId = await createOnce(table, create);
    const { open, play, rollBack, sit, getUp, close } = within(sessionId);
    const begun = await sendInOrder(running, [create, sit, open], beginning);
    const { card, dealtAt } = await deal(table, sessionId);
    const commands = [
      sit,
      play('home-1', { ways: ann, card: card('home', 0) }),
      play('away-1', { ways: ben, card: card('away', 0) }),
      rollBack(dealtAt),
      play('home-2', { ways: ann, card: card('home', 1) }),
      play('away-2', { ways: ben, card: card('away', 1) }),
      getUp,
      close,
    ];
    const replies = await sendInOrder(running, commands, rest);
    assert.deepEqual(replies.get(sit), begun.get(sit));
    await assertEffects(table, sessionId, replies);
    await assertNewSessions(table, { sessionId, count: 1 });
  });

const MIXED_COMMANDS = 8;

/** A duel whose commands come in any order at all: many are refused, some of them until their time has come. */
const duelInAnyOrder = (table: Table): fc.IAsyncPropertyWithHooks<[RepetitionPlan]> =>
  fc.asyncProperty(repetitionPlan(MIXED_COMMANDS), async (plan) => {
    const { ann, ben, running } = table;
    const { create, within } = commandsOf(table, 'card-duel');
    const sessionId = await createOnce(table, create);
    const { open, play, rollBack, sit, getUp, close } = within(sessionId);
    for (const command of [sit, open]) await command.send(command.ways.trpc.ours);
    const { card, dealtAt } = await deal(table, sessionId);
    const commands = [
      play('away-1', { ways: ben, card: card('away', 0) }),
      play('home-2', { ways: ann, card: card('home', 1) }),
      play('home-1', { ways: ann, card: card('home', 0) }),
      play('away-2', { ways: ben, card: card('away', 1) }),
      rollBack(dealtAt),
      sit,
      getUp,
      close,
    ];
    const replies = await sendInAnyOrder(running, commands, plan);
    await assertEffects(table, sessionId, new Map([...replies, [sit, null]]));
    await assertNewSessions(table, { sessionId, count: 1 });
  });

export interface Checking {
  readonly numRuns: number;
  readonly seed?: number;
  /** Called before each run. */
  readonly onRun?: () => void;
}

type Check = (table: Table, checking: Checking) => Promise<void>;

function checked<Plans extends [unknown, ...unknown[]]>(
  property: (table: Table) => fc.IAsyncPropertyWithHooks<Plans>,
): Check {
  return async (table, { numRuns, seed, onRun = () => undefined }) => {
    const parameters = seed === undefined ? { numRuns } : { numRuns, seed };
    await fc.assert(property(table).beforeEach(onRun), parameters);
  };
}

/** What is repeated, and how it is checked that every repetition has no effect and the first reply. */
export const EXACTLY_ONCE: Readonly<Record<string, Check>> = {
  'a session of Explore': checked(exploreInOrder),
  'a duel of two people': checked(duelInOrder),
  'a duel in no order at all': checked(duelInAnyOrder),
};
