import assert from 'node:assert/strict';
import type { CommandOutcome } from '@dcs/engine';
import fc from 'fast-check';
import { NotArchivable } from '../../src/services/archiver.ts';
import { StoreUnavailable } from '../../src/store/storeErrors.ts';
import type { Death } from './dyingStores.ts';
import {
  assertSound,
  crashed,
  DAY_MS,
  drive,
  nextAct,
  noteReply,
  openDuel,
  restart,
  unexplained,
} from './sharedDuel.ts';
import type { DuelModel, DuelReality, Which } from './sharedDuel.ts';

/* Everything that may happen to a session that two processes share. */

type DuelStep = fc.AsyncCommand<DuelModel, DuelReality>;

function step(name: string, run: (model: DuelModel, real: DuelReality) => Promise<void>): DuelStep {
  return {
    check: () => true,
    run: async (model, real) => {
      real.table.now += 1_000;
      await run(model, real);
      await assertSound(model, real);
    },
    toString: () => name,
  };
}

function assertClosed(reply: CommandOutcome): void {
  assert.ok(!reply.ok && reply.reason === 'session/closed', 'Something was done after the end.');
}

const act = (which: Which): DuelStep =>
  step(`act at ${which}`, async (model, real) => {
    const command = await nextAct(real);
    const reply = await drive(real, which).manager.act(command);
    noteReply(model, real, { act: command, reply });
    model.isUnsettled = false;
  });

/** Two commands at once, at two processes of which each believes that the session is its own. */
const race = (): DuelStep =>
  step('act at both', async (model, real) => {
    for (const { node } of real.processes) node.manager.forget(real.sessionId);
    const first = await nextAct(real);
    const second = { ...first, commandId: `${first.commandId}-too` };
    const [a, b] = real.processes;
    const replies = await Promise.all([a.node.manager.act(first), b.node.manager.act(second)]);
    const played = replies.filter((reply) => reply.ok && reply.accepted);
    assert.ok(played.length <= 1, 'Both were played.');
    assert.ok(model.isOver || model.isUnsettled || replies.some(({ ok }) => ok), 'Neither was played.');
    // The one that came too late is told so.
    model.isUnsettled = true;
    for (const [index, command] of [first, second].entries()) {
      const reply = replies[index];
      if (reply !== undefined) noteReply({ ...model }, real, { act: command, reply });
    }
    for (const { node } of real.processes) node.manager.forget(real.sessionId);
    model.isUnsettled = false;
  });

const repeat = (which: Which, index: number): DuelStep =>
  step(`repeat ${index} at ${which}`, async (model, real) => {
    const known = [...real.replies.values()];
    const command = real.cutOff ?? known[index % Math.max(1, known.length)]?.act;
    if (command === undefined) return;
    // What was cut off before it was written may be too late by now.
    if (real.cutOff !== null) model.isUnsettled = true;
    noteReply(model, real, { act: command, reply: await drive(real, which).manager.act(command) });
    real.cutOff = null;
    model.isUnsettled = false;
  });

const crashInTurn = (which: Which, at: { readonly write: number; readonly death: Death }): DuelStep =>
  step(`die ${at.death} write ${at.write} of a turn at ${which}`, async (model, real) => {
    const command = await nextAct(real);
    const node = drive(real, which);
    const { line } = real.processes[which];
    line.dieAt(at.write, at.death);
    try {
      noteReply(model, real, { act: command, reply: await node.manager.act(command) });
    } catch (fault) {
      if (!(fault instanceof StoreUnavailable)) throw fault;
      real.cutOff = command;
      model.isUnsettled = true;
    }
    crashed(real, which);
  });

const crash = (which: Which): DuelStep =>
  step(`crash ${which}`, async (_model, real) => {
    crashed(real, which);
    await Promise.resolve();
  });

const stopAndStart = (which: Which): DuelStep =>
  step(`restart ${which}`, async (_model, real) => {
    await real.processes[which].node.manager.shutDown();
    restart(real, which);
  });

const recover = (which: Which): DuelStep =>
  step(`recover at ${which}`, async (_model, real) => {
    await drive(real, which).manager.recover(real.sessionId);
  });

const evict = (which: Which): DuelStep =>
  step(`evict at ${which}`, async (_model, real) => {
    await real.processes[which].node.manager.passivate(Number.POSITIVE_INFINITY);
  });

const writeSnapshots = (which: Which): DuelStep =>
  step(`write snapshots at ${which}`, (_model, real) => real.processes[which].node.snapshots.flush());

const forgetSnapshots = (where: 'cache' | 'stores'): DuelStep =>
  step(`forget the snapshot in the ${where}`, async (_model, { table, sessionId }) => {
    await (where === 'cache' ? table.cache : table.stores.snapshots).remove(sessionId);
  });

const spoilSnapshot = (): DuelStep =>
  step('spoil the snapshot in the cache', async (_model, { table, sessionId }) => {
    const kept = await table.cache.get(sessionId);
    if (typeof kept !== 'object' || kept === null) return;
    const spoilt = { ...JSON.parse(JSON.stringify(kept)), game: { hands: 'none' } };
    await table.cache.put(spoilt);
  });

const rollBack = (which: Which, share: number): DuelStep =>
  step(`roll back to ${share} % at ${which}`, async (model, real) => {
    const toSeq = Math.floor((real.seen.length * share) / 100);
    real.commands += 1;
    const request = { sessionId: real.sessionId, playerId: 'ann', commandId: `c${real.commands}`, toSeq };
    const reply = await drive(real, which).manager.rollBack(request);
    if (model.isOver) assertClosed(reply);
    model.isUnsettled = false;
  });

const close = (which: Which): DuelStep =>
  step(`close at ${which}`, async (model, real) => {
    real.commands += 1;
    const request = { sessionId: real.sessionId, playerId: 'ben', commandId: `c${real.commands}` };
    const reply = await drive(real, which).manager.close(request);
    if (model.isOver) assertClosed(reply);
    else assert.ok(reply.ok && reply.exited, 'It was not closed.');
  });

const archive = (which: Which): DuelStep =>
  step(`archive at ${which}`, async (model, real) => {
    const { archiver } = real.processes[which].node;
    try {
      const entry = await archiver.archive(real.sessionId);
      assert.ok(model.isOver, 'What goes on was archived.');
      if (real.entry !== null) assert.deepEqual(entry, real.entry);
      real.entry = entry;
    } catch (fault) {
      if (!(fault instanceof NotArchivable)) throw fault;
      assert.ok(!model.isOver, 'What is over was not archived.');
    }
  });

const leaveAlone = (which: Which): DuelStep =>
  step(`leave alone for two days, and go round at ${which}`, async (_model, real) => {
    real.table.now += 2 * DAY_MS;
    drive(real, which);
    const { node } = real.processes[which];
    await node.caretaker.goRound();
    real.entry = (await real.table.stores.history.get(real.sessionId)) ?? real.entry;
    assert.equal((await node.manager.present(real.sessionId))?.status, 'closed');
  });

const which = fc.constantFrom<Which>(0, 1);
const death = fc.record({
  write: fc.integer({ min: 1, max: 3 }),
  death: fc.constantFrom<Death>('before', 'after'),
});

/** Everything that may happen. What ends the session is rarer than the rest, or there were little to see. */
const DUEL_STEPS: readonly fc.Arbitrary<DuelStep>[] = [
  ...[1, 2, 3].map(() => which.map(act)),
  fc.constant(null).map(race),
  fc.tuple(which, fc.nat(20)).map(([at, index]) => repeat(at, index)),
  ...[1, 2].map(() => fc.tuple(which, death).map(([at, how]) => crashInTurn(at, how))),
  which.map(crash),
  which.map(stopAndStart),
  which.map(recover),
  which.map(evict),
  which.map(writeSnapshots),
  fc.constantFrom('cache', 'stores').map(forgetSnapshots),
  fc.constant(null).map(spoilSnapshot),
  fc.tuple(which, fc.nat(100)).map(([at, share]) => rollBack(at, share)),
  which.map(archive),
  fc.oneof({ weight: 1, arbitrary: which.map(close) }, { weight: 5, arbitrary: which.map(act) }),
  fc.oneof({ weight: 1, arbitrary: which.map(leaveAlone) }, { weight: 5, arbitrary: which.map(act) }),
];

export interface DuelRuns {
  readonly numRuns: number;
  /** The most that happens in one run. */
  readonly maxSteps: number;
  readonly seed?: number;
  readonly onRun: () => void;
}

/** Plays so many sessions, each through other events. Rejects with the shortest story found in which something is wrong. */
export async function playSharedDuels({ numRuns, maxSteps, seed, onRun }: DuelRuns): Promise<void> {
  await fc.assert(
    fc.asyncProperty(fc.commands([...DUEL_STEPS], { maxCommands: maxSteps }), async (steps) => {
      onRun();
      const duel = await openDuel();
      await fc.asyncModelRun(() => duel, steps);
      assert.deepEqual(unexplained(duel.real), []);
    }),
    { numRuns, ...(seed === undefined ? {} : { seed }) },
  );
}
