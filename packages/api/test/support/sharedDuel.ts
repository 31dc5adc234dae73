import assert from 'node:assert/strict';
import { createGameRegistry, prepareFold, readSteps, UnusableSnapshot } from '@dcs/engine';
import type {
  CommandOutcome,
  SessionCommand,
  SessionEvent,
  SessionInput,
  SessionState,
  SnapshotPolicy,
} from '@dcs/engine';
import { cardDuel, cardDuelFile } from '@dcs/engine/testing';
import { stateHash } from '../../src/services/stateHash.ts';
import type { HistoryEntry } from '../../src/store/ports.ts';
import { StoreUnavailable } from '../../src/store/storeErrors.ts';
import { careTable } from './careTable.ts';
import type { CareNode, CareTable } from './careTable.ts';
import { dyingStores } from './dyingStores.ts';
import type { DyingStores } from './dyingStores.ts';

/*
 * A session of Card Duel that two processes may drive, and what must be so after whatever has happened to it. What may
 * happen is in sharedDuelSteps.ts.
 */

type Act = SessionCommand & { readonly input: SessionInput };

interface Reply {
  readonly act: Act;
  readonly reply: CommandOutcome;
}

interface Process {
  readonly node: CareNode;
  readonly line: DyingStores;
}

/** What is expected of the session. */
export interface DuelModel {
  /** Nothing may happen in it any more. */
  isOver: boolean;
  /** A crash has left it in the middle of something, so that the next action may come too early. */
  isUnsettled: boolean;
}

/** The processes and what they have shown so far. */
export interface DuelReality {
  readonly table: CareTable;
  sessionId: string;
  readonly processes: [Process, Process];
  /** The process that was the last to drive the session. */
  driver: 0 | 1;
  commands: number;
  /** Every command that got a reply, and the reply. */
  readonly replies: Map<string, Reply>;
  /** A command that a crash has cut off. */
  cutOff: Act | null;
  seen: readonly SessionEvent[];
  entry: HistoryEntry | null;
}

/** One of the two processes. */
export type Which = 0 | 1;

export const DAY_MS = 86_400_000;
const FOLDING = createGameRegistry([cardDuel], [cardDuelFile]);
const other = (which: Which): Which => (which === 0 ? 1 : 0);

/** One of them takes a snapshot of everything, the other leaves much between two: also what is taken back. */
const POLICIES: Readonly<Record<Which, SnapshotPolicy>> = {
  0: { name: 'everyEvent', events: 1, ms: 0 },
  1: { name: 'interval', events: 6, ms: 0 },
};

function startProcess(table: CareTable, which: Which, elsewhere: () => CareNode): Process {
  const line = dyingStores(table.stores);
  const node = table.start({
    stores: line.stores,
    policy: POLICIES[which],
    abandonAfterMs: DAY_MS,
    onPublished: (sessionId, events) => elsewhere().manager.observe(sessionId, events),
  });
  return { node, line };
}

/** A dealt duel, with both processes running. */
export async function openDuel(): Promise<{ model: DuelModel; real: DuelReality }> {
  const table = careTable({ idPrefix: 'duel' });
  const elsewhere = (which: Which) => () => real.processes[which].node;
  const processes: [Process, Process] = [
    startProcess(table, 0, elsewhere(1)),
    startProcess(table, 1, elsewhere(0)),
  ];
  const real: DuelReality = {
    table,
    sessionId: '',
    processes,
    driver: 0,
    commands: 0,
    replies: new Map(),
    cutOff: null,
    seen: [],
    entry: null,
  };
  real.sessionId = await table.deal(processes[0].node);
  return { model: { isOver: false, isUnsettled: false }, real };
}

export function restart(real: DuelReality, which: Which): void {
  real.processes[which] = startProcess(real.table, which, () => real.processes[other(which)].node);
}

/** The last thing that a process wrote may have come to nobody's ears: whoever followed it reads again. */
export function crashed(real: DuelReality, which: Which): void {
  real.processes[which].line.die();
  restart(real, which);
  if (real.driver === which) real.processes[other(which)].node.manager.forget(real.sessionId);
}

/** Makes a process the one that drives the session, as a lease does. */
export function drive(real: DuelReality, which: Which): CareNode {
  if (real.driver !== which) for (const { node } of real.processes) node.manager.forget(real.sessionId);
  real.driver = which;
  return real.processes[which].node;
}

/** The first card of whoever is to play, as the log says. */
export async function nextAct(real: DuelReality): Promise<Act> {
  const { game } = (await foldWholeLog(real)).state;
  const { toPlay, hands } = duelOf(game);
  real.commands += 1;
  return {
    sessionId: real.sessionId,
    playerId: toPlay === 'home' ? 'ann' : 'ben',
    commandId: `c${real.commands}`,
    input: { action: { type: 'play', card: hands[toPlay]?.[0] ?? 1 } },
  };
}

function duelOf(game: unknown): { toPlay: string; hands: Record<string, number[]> } {
  return JSON.parse(JSON.stringify(game));
}

async function foldWholeLog({ table, sessionId }: DuelReality) {
  const record = await table.stores.sessions.get(sessionId);
  if (record === null) throw new Error('The session is gone.');
  const { header } = record;
  const { fold } = await prepareFold({ games: FOLDING, characters: table.stores.characters }, header);
  let state: SessionState = fold.start;
  for await (const step of readSteps(table.stores.log, sessionId, fold)) ({ state } = step);
  return { header, state };
}

/** Remembers a reply; the same command must never get another one. */
export function noteReply(model: DuelModel, real: DuelReality, { act, reply }: Reply): void {
  const known = real.replies.get(act.commandId);
  if (known !== undefined) return assert.deepEqual(reply, known.reply);
  if (!reply.ok) return assert.ok(isExpected(model, reply.reason), `${reply.reason} was not expected.`);
  // After the end, only what was done before it is answered.
  const ownId = `${act.playerId}/${act.commandId}`;
  const wasDone = real.seen.some(({ commandId, receipt }) => commandId === ownId && receipt !== null);
  assert.ok(!model.isOver || wasDone, 'A command had an effect after the end.');
  real.replies.set(act.commandId, { act, reply });
  if (reply.exited) model.isOver = true;
}

function isExpected({ isOver, isUnsettled }: DuelModel, reason: string): boolean {
  if (isOver) return reason === 'session/closed';
  return isUnsettled && ['move/not-your-turn', 'move/no-such-card', 'session/closed'].includes(reason);
}

/** What must be so after every step. */
export async function assertSound(model: DuelModel, real: DuelReality): Promise<void> {
  const { table, sessionId, processes } = real;
  const log = await table.log(sessionId);
  assert.deepEqual(
    log.map(({ seq }) => seq),
    log.map((_event, index) => index + 1),
  );
  // What players have seen stays as it was, and is never less.
  assert.deepEqual(log.slice(0, real.seen.length), real.seen);
  const published = table.published.map(({ seq }) => seq);
  assert.equal(new Set(published).size, published.length, 'An event was published twice.');
  assert.ok(table.published.every((event) => log[event.seq - 1]?.eventId === event.eventId));
  // Nothing follows the end.
  const end = log.findIndex(({ kind }) => kind === 'session_end');
  assert.ok(end === -1 || end === log.length - 1, 'Something follows the end.');
  assert.ok(!model.isOver || end !== -1, 'The end was said and not recorded.');
  model.isOver = end !== -1;

  const { header, state } = await foldWholeLog(real);
  const hash = stateHash(header, state);
  for (const { node } of processes) {
    const folded = await node.manager.folded(sessionId);
    assert.deepEqual(folded?.state, state);
    assert.equal(folded === null ? null : stateHash(folded.header, folded.state), hash);
    const present = await node.manager.present(sessionId);
    assert.deepEqual([present?.lastSeq, present?.status === 'closed'], [log.length, model.isOver]);
  }
  if (real.entry !== null) assert.deepEqual([real.entry.lastSeq, real.entry.stateHash], [log.length, hash]);
  real.seen = log;
}

/** Faults that nothing of what has happened explains. */
export function unexplained({ table }: DuelReality): readonly unknown[] {
  return table.faults.filter(
    (fault) => !(fault instanceof StoreUnavailable || fault instanceof UnusableSnapshot),
  );
}
