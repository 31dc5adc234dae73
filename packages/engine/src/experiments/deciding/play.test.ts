import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { experimentTable } from '../../testing/experimentTable.ts';
import type { ExperimentTable } from '../../testing/experimentTable.ts';
import { standingOf } from '../standing.ts';
import type { ExperimentState } from '../state.ts';

const HOUR_MS = 3_600_000;

/** One place in all, kept for an hour. */
const onePlace = (): ExperimentTable =>
  experimentTable({
    games: [{ name: 'explore' }],
    quotas: { perGame: 1 },
    assignment: { maxPerParticipant: 1, holdMinutes: 60 },
  });

const join = (table: ExperimentTable, participantId: string) =>
  table.run({ type: 'join', participantId, kind: 'human' });

async function stateOf({ manager, name }: ExperimentTable): Promise<ExperimentState> {
  const moment = await manager.present(name);
  if (moment === null) throw new Error('There is no experiment.');
  return moment.state;
}

async function currentIdOf(table: ExperimentTable, participantId: string): Promise<string | null> {
  const moment = await table.manager.present(table.name);
  return moment === null ? null : (standingOf(moment, participantId)?.current?.assignmentId ?? null);
}

async function take(table: ExperimentTable, type: 'prepare' | 'start', participantId: string) {
  const assignmentId = await currentIdOf(table, participantId);
  if (assignmentId === null) return null;
  return table.run({ type, participantId, assignmentId, sessionId: `${assignmentId}/s` });
}

async function holdersOf(table: ExperimentTable): Promise<readonly string[]> {
  const { assignments } = await stateOf(table);
  return [...assignments.values()].flatMap((one) => (one.holdsPlace ? [one.participantId] : []));
}

describe('a place between the moment in which it is asked for again and the first word that is played', () => {
  it('stays theirs, whether or not its lapse was recorded before', async () => {
    for (const recordsLapse of [false, true]) {
      const table = onePlace();
      await join(table, 'p1');
      const assignmentId = await currentIdOf(table, 'p1');
      table.pass(HOUR_MS + 1);
      if (recordsLapse) {
        await join(table, 'p2');
        await table.run({ type: 'withdraw', participantId: 'p2', by: 'p2' });
      }
      expect(await take(table, 'prepare', 'p1')).toEqual({ ok: true });
      table.pass(HOUR_MS / 2);
      await join(table, 'p3');
      await table.run({ type: 'next', participantId: 'p3' });
      expect(await currentIdOf(table, 'p3')).toBeNull();
      expect(await take(table, 'start', 'p1')).toEqual({ ok: true });
      expect(await holdersOf(table)).toEqual(['p1']);
      expect((await stateOf(table)).assignments.get(assignmentId ?? '')?.status).toBe('in_progress');
    }
  });

  it('is lost when somebody else has it by then, and nothing was begun', async () => {
    const table = onePlace();
    await join(table, 'p1');
    table.pass(HOUR_MS);
    expect(await take(table, 'prepare', 'p1')).toEqual({ ok: true });
    const assignmentId = (await currentIdOf(table, 'p1')) ?? '';
    table.pass(1);
    await join(table, 'p2');
    expect(await take(table, 'start', 'p1')).toMatchObject({ ok: false, reason: 'assignment/dropped' });
    expect((await stateOf(table)).assignments.get(assignmentId)).toMatchObject({
      status: 'dropped',
      attempts: [],
    });
    expect(await holdersOf(table)).toEqual(['p2']);
  });

  it('is taken again at the start where it was lost and nobody else has it', async () => {
    const table = onePlace();
    await join(table, 'p1');
    table.pass(HOUR_MS);
    await take(table, 'prepare', 'p1');
    table.pass(1);
    await join(table, 'p2');
    await table.run({ type: 'withdraw', participantId: 'p2', by: 'p2' });
    expect(await take(table, 'start', 'p1')).toEqual({ ok: true });
    expect(await holdersOf(table)).toEqual(['p1']);
  });
});

type Deed = readonly [who: 'p1' | 'p2', what: 'join' | 'next' | 'prepare' | 'start' | 'end' | 'pass'];

async function does(table: ExperimentTable, [participantId, what]: Deed): Promise<void> {
  switch (what) {
    case 'join':
      await join(table, participantId);
      return;
    case 'next':
      await table.run({ type: 'next', participantId });
      return;
    case 'prepare':
    case 'start':
      await take(table, what, participantId);
      return;
    case 'end': {
      const assignmentId = await currentIdOf(table, participantId);
      if (assignmentId === null) return;
      const sessionId = `${assignmentId}/s`;
      await table.run({ type: 'end', assignmentId, sessionId, reason: 'user_close_button', turns: 1 });
      return;
    }
    case 'pass':
      table.pass(HOUR_MS / 2 + 1);
      return;
    default: {
      const unreachable: never = what;
      return unreachable;
    }
  }
}

it('is held by no more people than there are places, in whatever order two do what they do around its lapse', async () => {
  const deed = fc.tuple(
    fc.constantFrom('p1' as const, 'p2' as const),
    fc.constantFrom('join', 'next', 'prepare', 'start', 'end', 'pass', 'pass'),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(deed, { minLength: 4, maxLength: 24 }), async (deeds) => {
      const table = onePlace();
      await join(table, 'p1');
      for (const one of deeds) {
        await does(table, one);
        expect((await holdersOf(table)).length).toBeLessThanOrEqual(1);
      }
    }),
    { numRuns: 300 },
  );
});
