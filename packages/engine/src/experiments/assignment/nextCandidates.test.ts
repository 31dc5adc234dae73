import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { examplePlan } from '../../testing/examplePlan.ts';
import { assigned, completed, foldFacts, joined, started } from '../../testing/foldFacts.ts';
import { placesIn } from '../../testing/strategyTable.ts';
import type { ExperimentFact } from '../event.ts';
import { createExperimentFold } from '../state.ts';
import { nextCandidates } from './nextCandidates.ts';
import { ASSIGNMENT_STRATEGIES } from './strategyName.ts';
import type { AssignmentStrategyName } from './strategyName.ts';

const strategy = (name: AssignmentStrategyName, more: object = {}) => ({
  assignment: { strategy: name, ...more },
});

const next = (file: Readonly<Record<string, unknown>>, facts: readonly ExperimentFact[]): readonly string[] =>
  placesIn(nextCandidates({ plan: examplePlan(file), state: foldFacts(facts), participantId: 'p1' }));

const two: readonly ExperimentFact[] = [joined('p1'), joined('p2', 2)];

describe('what comes next for a participant', () => {
  it('is what the strategy of the file says, given what everybody has played', () => {
    const facts = [...two, ...completed('p2', 'explore ANT BEE'), assigned('p1', 'explore BEE ANT')];
    const least = strategy('least-played-combination-next');
    // Nobody has begun with either of them, and somebody may begin with ANT.
    expect(next(least, facts)).toEqual(['explore ANT CAT', 'explore BEE CAT']);
    expect(next(least, [...facts, ...completed('p2', 'explore ANT CAT')])).toEqual([
      'teamwork BEE ANT',
      'teamwork CAT ANT',
    ]);
    expect(next(least, [...facts, started('p1', 'explore BEE ANT')])).toEqual([
      'explore ANT CAT',
      'explore BEE CAT',
    ]);
  });

  it('follows from what they have completed themselves', () => {
    const facts = [...two, ...completed('p1', 'explore BEE ANT'), ...completed('p2', 'explore ANT BEE')];
    expect(next(strategy('next-incomplete-combination'), facts)).toEqual([
      'explore ANT BEE',
      'explore CAT BEE',
    ]);
  });

  it('is nothing of a game that has all its participants', () => {
    const file = { ...strategy('full-character-access'), quotas: { perGame: 1 } };
    const places = next(file, [...two, assigned('p2', 'explore ANT BEE')]);
    expect(places).toHaveLength(6);
    expect(places.every((place) => place.startsWith('teamwork '))).toBe(true);
  });

  it('is another character when the one that would be next has met as many as it needs', () => {
    const file = { ...strategy('next-incomplete-combination'), quotas: { perCharacter: 1 } };
    expect(next(file, [...two, assigned('p2', 'teamwork BEE ANT')])).toEqual([
      'explore ANT BEE',
      'explore CAT BEE',
    ]);
  });

  it('stays with the character of a batch though nobody new may meet it', () => {
    const file = { ...strategy('expertise-matched-character-batch'), quotas: { perCharacter: 1 } };
    const batch = { batchId: 'pilot:p1:ANT' };
    const facts = completed('p1', 'explore BEE ANT').map((fact) =>
      fact.type === 'assigned' ? { ...fact, ...batch } : fact,
    );
    expect(next(file, [...two, ...facts])).toEqual(['teamwork BEE ANT', 'teamwork CAT ANT']);
  });

  it('begins with those whom they have said they know about', () => {
    const said: ExperimentFact = {
      type: 'formSubmitted',
      participantId: 'p1',
      submissionId: 's1',
      groupId: 'before-all-assignments',
      form: 'background',
      version: 1,
      assignmentId: null,
      expertise: ['cat label'],
    };
    expect(next(strategy('expertise-matched-character-next'), [...two, said])).toEqual([
      'explore ANT CAT',
      'explore BEE CAT',
    ]);
  });

  it('is found anew when something has happened, and for somebody else', () => {
    const plan = examplePlan(strategy('next-incomplete-combination'));
    const fold = createExperimentFold();
    let seq = 0;
    const happens = (facts: readonly ExperimentFact[]): void => {
      for (const fact of facts) fold.apply({ ...fact, experiment: 'pilot', seq: (seq += 1), at: seq });
    };
    const first = (participantId: string): string | undefined =>
      placesIn(nextCandidates({ plan, state: fold.state, participantId }))[0];
    happens([...two, ...completed('p2', 'explore BEE ANT')]);
    expect([first('p1'), first('p2'), first('p1')]).toEqual([
      'explore BEE ANT',
      'explore ANT BEE',
      'explore BEE ANT',
    ]);
    happens(completed('p1', 'explore BEE ANT'));
    expect(first('p1')).toBe('explore ANT BEE');
    const other = fold.fork();
    happens(completed('p1', 'explore ANT BEE'));
    for (const fact of completed('p2', 'explore ANT BEE')) {
      other.apply({ ...fact, experiment: 'pilot', seq: other.state.lastSeq + 1, at: seq });
    }
    expect(first('p1')).toBe('explore ANT CAT');
    expect(placesIn(nextCandidates({ plan, state: other.state, participantId: 'p1' }))[0]).toBe(
      'explore ANT BEE',
    );
  });

  it.each(['least-played-combination-next', 'progressive-divergence-assignment'] as const)(
    'is spread evenly by %s over 1,000 who come before any of them has begun',
    (name) => {
      const plan = examplePlan(strategy(name));
      const fold = createExperimentFold();
      const happens = (fact: ExperimentFact): void => {
        const seq = fold.state.lastSeq + 1;
        fold.apply({ ...fact, experiment: 'pilot', seq, at: 1 });
      };
      for (let number = 1; number <= 1_000; number += 1) {
        const participantId = `p${number}`;
        happens(joined(participantId, number));
        const offer = nextCandidates({ plan, state: fold.state, participantId });
        happens(assigned(participantId, placesIn(offer)[0] ?? ''));
      }
      const given = [...fold.state.assignments.values()];
      const cells = [...Map.groupBy(given, ({ game, npc }) => `${game} ${npc}`).values()];
      const sizes = cells.map(({ length }) => length);
      expect(sizes).toHaveLength(6);
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
    },
  );

  it('goes back to whom somebody left alone before they began', () => {
    const least = strategy('least-played-combination-next');
    const given = [...two, assigned('p2', 'explore BEE ANT')];
    expect(next(least, given)[0]).toBe('explore ANT BEE');
    const lapsed: ExperimentFact = {
      type: 'assignmentLapsed',
      participantId: 'p2',
      assignmentId: 'p2 explore BEE ANT',
    };
    expect(next(least, [...given, lapsed])[0]).toBe('explore BEE ANT');
  });

  it('is not asked for those who never joined', () => {
    expect(() => next({}, [])).toThrow(new RangeError('There is no participant p1.'));
  });
});

describe.each(ASSIGNMENT_STRATEGIES)('with %s', (name) => {
  const others = ['p2', 'p3', 'p4'];
  const places = ['explore ANT BEE', 'explore BEE CAT', 'teamwork CAT ANT', 'teamwork BEE ANT'];
  const lives = fc.tuple(...others.map(() => fc.subarray(places)));
  const factsOf = (
    order: readonly string[],
    played: readonly (readonly string[])[],
  ): readonly ExperimentFact[] => [
    joined('p1'),
    ...order.map((id, index) => joined(id, index + 2)),
    ...order.flatMap((id) => (played[others.indexOf(id)] ?? []).flatMap((place) => completed(id, place))),
    ...completed('p1', 'explore CAT BEE'),
  ];

  it('nothing depends on the order in which the others came and played', () => {
    fc.assert(
      fc.property(lives, fc.shuffledSubarray(others, { minLength: 3 }), (played, order) => {
        const file = { ...strategy(name), quotas: { perGame: 4, perCharacter: 3 } };
        expect(next(file, factsOf(order, played))).toEqual(next(file, factsOf(others, played)));
      }),
      { numRuns: 30 },
    );
  });

  it('no quota is overshot, whoever is given what comes first again and again', () => {
    const quotas = { participants: 4, perGame: 3, perCharacter: 2, perCombination: 1 };
    const plan = examplePlan({ ...strategy(name), quotas });
    fc.assert(
      fc.property(fc.array(fc.constantFrom('p1', 'p2', 'p3', 'p4', 'p5'), { maxLength: 30 }), (turns) => {
        const facts = ['p1', 'p2', 'p3', 'p4', 'p5'].map((id, index) => joined(id, index + 1));
        const given: { id: string; game: string; place: string; npc: string | null }[] = [];
        for (const id of turns) {
          const [first] = nextCandidates({ plan, state: foldFacts(facts), participantId: id });
          if (first === undefined) continue;
          const [place = ''] = placesIn([first]);
          if (given.some((one) => one.id === id && one.place === place)) continue;
          facts.push(...completed(id, place));
          given.push({ id, place, ...first });
        }
        const most = (keyOf: (one: (typeof given)[number]) => string): number =>
          Math.max(
            0,
            ...[...Map.groupBy(given, keyOf).values()].map((ones) => new Set(ones.map(({ id }) => id)).size),
          );
        expect(most(() => '')).toBeLessThanOrEqual(quotas.participants);
        expect(most(({ game }) => game)).toBeLessThanOrEqual(quotas.perGame);
        expect(most(({ npc }) => String(npc))).toBeLessThanOrEqual(quotas.perCharacter);
        expect(most(({ place }) => place)).toBeLessThanOrEqual(quotas.perCombination);
      }),
      { numRuns: 30 },
    );
  });
});
