import { experimentSchema, gameFileSchema } from '@dcs/engine';
import { beforeEach, describe, expect, it } from 'vitest';
import { MOST_EXPERIMENT_REVISIONS } from '../ports.ts';
import type { ExperimentRevision, ExperimentRevisionStore } from '../ports.ts';
import { newId, T0 } from './samples.ts';

const sampleGameFile = () =>
  gameFileSchema.parse({
    name: 'explore',
    title: 'Explore',
    version: '1.0.0',
    authors: ['A tester'],
    description: 'A game.',
    config: { maxTurns: 9 },
    stoppingConditions: { turns: ['>= maxTurns'] },
  });

function sampleRevision(over: Partial<ExperimentRevision> = {}): ExperimentRevision {
  return {
    experiment: newId(),
    revision: newId(),
    config: experimentSchema.parse({
      name: 'pilot-study',
      games: [{ name: 'explore' }],
      forms: [
        {
          name: 'about_you',
          trigger: { event: 'before-all-assignments' },
          questions: [{ prompt: 'How are you?', type: 'number', min: 1, max: 7, labels: ['Bad', 'Good'] }],
        },
      ],
    }),
    dependencies: { games: [sampleGameFile()], characters: [{ hid: 'OCT', revision: newId() }] },
    at: T0,
    ...over,
  };
}

/** What every store of configurations does. */
export function describeExperimentRevisions(open: () => ExperimentRevisionStore): void {
  describe('the configurations of experiments', () => {
    let revisions: ExperimentRevisionStore;
    beforeEach(() => {
      revisions = open();
    });

    it('are given back as they were put, and are unknown elsewhere', async () => {
      const kept = sampleRevision();
      expect(await revisions.put(kept)).toEqual(kept);
      expect(await revisions.get(kept.experiment, kept.revision)).toEqual(kept);
      expect(await revisions.get(newId(), kept.revision)).toBeNull();
      expect(await revisions.get(kept.experiment, newId())).toBeNull();
    });

    it('are given back without what they go by where that was not kept yet', async () => {
      const kept = sampleRevision({ dependencies: null });
      await revisions.put(kept);
      expect(await revisions.get(kept.experiment, kept.revision)).toEqual(kept);
    });

    it('stay as they were first put, also when several servers put them at once', async () => {
      const first = sampleRevision();
      const attempts = Array.from({ length: 8 }, (_, later) =>
        revisions.put({ ...first, at: first.at + later }),
      );
      const told = new Set((await Promise.all(attempts)).map(({ at }) => at));
      expect(told.size).toBe(1);
      const kept = await revisions.get(first.experiment, first.revision);
      expect(told.has(kept?.at ?? 0)).toBe(true);
    });

    it('are listed newest first, at most a hundred of them', async () => {
      const experiment = newId();
      const all = Array.from({ length: MOST_EXPERIMENT_REVISIONS + 3 }, (_, index) =>
        sampleRevision({ experiment, at: T0 + index }),
      );
      for (const revision of all) await revisions.put(revision);
      const latest = all.toReversed().slice(0, MOST_EXPERIMENT_REVISIONS);
      expect(await revisions.list(experiment)).toEqual(latest);
      expect(await revisions.list(newId())).toEqual([]);
    });

    it('tell which experiments there are, each once, in their order', async () => {
      const names = [newId(), newId()].toSorted();
      for (const experiment of [...names, ...names]) await revisions.put(sampleRevision({ experiment }));
      const known = await revisions.experiments();
      expect(known).toEqual(known.toSorted());
      expect(known.filter((name) => names.includes(name))).toEqual(names);
    });
  });
}
