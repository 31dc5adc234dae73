import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { experimentTable, sharedLog } from '../testing/experimentTable.ts';
import type { ExperimentTable } from '../testing/experimentTable.ts';
import type { ExperimentCommand } from './deciding/command.ts';
import { createExperimentFold } from './state.ts';

const QUOTA = {
  assignment: { strategy: 'least-played-combination-next', maxPerParticipant: 2 },
  quotas: { perGame: 40 },
};

const join = (participantId: string): ExperimentCommand => ({ type: 'join', participantId, kind: 'human' });

/** Participants whose assignment holds a place, by game. */
function placesHeld({ log: { events } }: Pick<ExperimentTable, 'log'>): ReadonlyMap<string, number> {
  const fold = createExperimentFold();
  for (const event of events) fold.apply(event);
  const holders = new Map<string, Set<string>>();
  for (const { game, holdsPlace, participantId } of fold.state.assignments.values()) {
    if (holdsPlace) holders.set(game, (holders.get(game) ?? new Set()).add(participantId));
  }
  return new Map([...holders].map(([game, { size }]) => [game, size]));
}

/** Participants who were given a game with a simulated character, by both. */
function given({ log: { events } }: Pick<ExperimentTable, 'log'>): readonly number[] {
  const assigned = events.filter((event) => event.type === 'assigned');
  return [...Map.groupBy(assigned, ({ game, npc }) => `${game} ${npc}`).values()].map(({ length }) => length);
}

/** Asks again as long as it is told to, as a client does. */
async function insist(table: ExperimentTable, command: ExperimentCommand): Promise<unknown> {
  for (;;) {
    const decision = await table.run(command);
    if (decision === null || decision.ok || !decision.retryable) return decision;
  }
}

describe('an experiment that many join at once', () => {
  it('gives 1,000 people who come to three servers in the same moment no place more than there is', async () => {
    const log = sharedLog();
    const nodes = [experimentTable(QUOTA, log), experimentTable(QUOTA, log), experimentTable(QUOTA, log)];
    const people = Array.from({ length: 1_000 }, (_, index) => `p${index}`);
    await Promise.all(
      people.flatMap((person, index) => {
        const [one, other] = [nodes[index % 3], nodes[(index + 1) % 3]];
        if (one === undefined || other === undefined) return [];
        // Everybody clicks twice, and the second click reaches another server.
        return [insist(one, join(person)), insist(other, join(person))];
      }),
    );
    const joined = log.events.filter(({ type }) => type === 'joined');
    expect(joined).toHaveLength(1_000);
    expect(new Set(joined.map((event) => 'number' in event && event.number)).size).toBe(1_000);
    const assigned = log.events.filter((event) => event.type === 'assigned');
    expect(new Set(assigned.map(({ participantId }) => participantId)).size).toBe(assigned.length);
    expect([...placesHeld({ log }).values()].every((held) => held === 40)).toBe(true);
    const cells = given({ log });
    expect(cells).toHaveLength(6);
    expect(Math.max(...cells) - Math.min(...cells)).toBeLessThanOrEqual(1);
    expect(log.events.map(({ seq }) => seq)).toEqual(log.events.map((_, index) => index + 1));
  });

  it('spreads 1,000 people who come to three servers in the same moment evenly where there are no quotas', async () => {
    const log = sharedLog();
    const file = { assignment: QUOTA.assignment };
    const nodes = [experimentTable(file, log), experimentTable(file, log), experimentTable(file, log)];
    const people = Array.from({ length: 1_000 }, (_, index) => `p${index}`);
    await Promise.all(
      people.flatMap((person, index) => {
        const node = nodes[index % 3];
        return node === undefined ? [] : [insist(node, join(person))];
      }),
    );
    const cells = given({ log }).toSorted((a, b) => a - b);
    expect(cells).toEqual([166, 166, 167, 167, 167, 167]);
  });

  it('gives everybody the same, in whatever order their clicks are repeated', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 40 }),
        async (clicks) => {
          const table = experimentTable({
            assignment: { strategy: 'random-unique-game' },
            quotas: { perGame: 50 },
          });
          await Promise.all(clicks.map((person) => table.run(join(`p${person}`))));
          for (const event of table.log.events) {
            if (event.type !== 'assigned') continue;
            const alone = experimentTable({
              assignment: { strategy: 'random-unique-game' },
              quotas: { perGame: 50 },
            });
            await alone.run(join(event.participantId));
            const own = alone.log.events.find(({ type }) => type === 'assigned');
            expect(own).toMatchObject({ game: event.game, pc: event.pc, npc: event.npc });
          }
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe('an experiment whose database fails', () => {
  it('shows nobody what was not written, and does it when it is asked again', async () => {
    const table = experimentTable();
    table.log.fail(1);
    await expect(table.run(join('p1'))).rejects.toThrow('away');
    expect((await table.manager.present(table.name))?.state.participants.size).toBe(0);
    expect(await table.run(join('p1'))).toEqual({ ok: true });
    expect((await table.manager.present(table.name))?.state.participants.size).toBe(1);
  });

  it('finds what was written though nobody heard of it', async () => {
    const table = experimentTable();
    table.log.fail(1, true);
    await expect(table.run(join('p1'))).rejects.toThrow('did not answer');
    const before = table.log.events.length;
    expect(await table.run(join('p1'))).toEqual({ ok: true });
    expect(table.log.events).toHaveLength(before);
  });
});

describe('an experiment', () => {
  it('starts with the revision of its file when the first one joins', async () => {
    const table = experimentTable();
    expect((await table.manager.present(table.name))?.state.run).toBe('notStarted');
    await table.run(join('p1'));
    expect(table.log.events[0]).toMatchObject({ type: 'revised', revision: 'r1', seq: 1 });
    expect((await table.manager.present(table.name))?.state).toMatchObject({
      run: 'running',
      revision: 'r1',
    });
  });

  it('is not started by what is refused', async () => {
    const table = experimentTable();
    expect(await table.run({ type: 'withdraw', participantId: 'stranger', by: 'stranger' })).toMatchObject({
      ok: false,
    });
    expect(table.log.events).toEqual([]);
    expect((await table.manager.present(table.name))?.state.run).toBe('notStarted');
  });

  it('can be paused before anybody has come, and goes by its file of that moment', async () => {
    const table = experimentTable();
    await table.run({ type: 'pause', by: 'root', reason: 'Not yet.' });
    expect(table.log.events.map(({ type }) => type)).toEqual(['revised', 'paused']);
    expect(await table.run(join('p1'))).toMatchObject({ ok: false });
  });

  it('is not there when nobody has a file of it', async () => {
    const table = experimentTable();
    expect(await table.manager.run('elsewhere', join('p1'))).toBeNull();
    expect(await table.manager.present('elsewhere')).toBeNull();
  });

  it('tells of what was recorded, and of nothing that was not', async () => {
    const table = experimentTable();
    const told: number[] = [];
    const stop = table.manager.onRecorded((_name, lastSeq) => told.push(lastSeq));
    await table.run(join('p1'));
    await table.run(join('p1'));
    stop();
    await table.run(join('p2'));
    expect(told).toEqual([3]);
  });

  it('takes no command once it is told to stop', async () => {
    const table = experimentTable();
    await table.manager.shutDown();
    expect(await table.run(join('p1'))).toMatchObject({ ok: false, retryable: true });
    expect(table.log.events).toEqual([]);
  });
});
