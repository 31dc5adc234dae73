import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assigned, completed, joined, started } from '../../testing/foldFacts.ts';
import type { ExperimentFact } from '../event.ts';
import { createExperimentFold } from '../state.ts';
import type { Assignment, ExperimentFold, ExperimentState } from '../state.ts';
import { copyPlaceCounts, timesPlayed, timesWaiting } from './placeCounts.ts';
import { QUOTA_KEYS, QUOTA_KINDS } from './quotaKind.ts';

const PEOPLE = ['p1', 'p2', 'p3'];
const PLACES = ['explore ANT BEE', 'explore CAT BEE', 'teamwork CAT ANT', 'teamwork BEE ANT', 'duel'];

const of = (participantId: string, place: string) => ({
  participantId,
  assignmentId: `${participantId} ${place}`,
});

/** Something that can happen to an assignment that was given. */
const HAPPENINGS: readonly ((participantId: string, place: string) => readonly ExperimentFact[])[] = [
  (participantId, place) => [started(participantId, place)],
  (participantId, place) => completed(participantId, place).slice(1),
  (participantId, place) => [{ type: 'assignmentLapsed', ...of(participantId, place) }],
  (participantId, place) => [{ type: 'assignmentRenewed', ...of(participantId, place) }],
  (participantId, place) => [{ type: 'assignmentDropped', reason: 'withdrawn', ...of(participantId, place) }],
];

const life = fc.array(
  fc.tuple(fc.constantFrom(...PEOPLE), fc.constantFrom(...PLACES), fc.constantFrom(...HAPPENINGS)),
  { maxLength: 30 },
);
type Life = readonly (readonly [string, string, (typeof HAPPENINGS)[number]])[];

function happen(fold: ExperimentFold, facts: readonly ExperimentFact[]): void {
  for (const fact of facts) {
    const seq = fold.state.lastSeq + 1;
    fold.apply({ ...fact, experiment: 'pilot', seq, at: seq });
  }
}

function live(fold: ExperimentFold, steps: Life): void {
  for (const [participantId, place, happens] of steps) {
    if (!fold.state.assignments.has(of(participantId, place).assignmentId)) {
      happen(fold, [assigned(participantId, place)]);
    }
    happen(fold, happens(participantId, place));
  }
}

const newFold = (): ExperimentFold => {
  const fold = createExperimentFold();
  happen(
    fold,
    PEOPLE.map((id, index) => joined(id, index + 1)),
  );
  return fold;
};

/** The counts once more, from all assignments. */
function recounted({ assignments }: ExperimentState) {
  const all = [...assignments.values()];
  const sizes = (keyOf: (assignment: Assignment) => string | null) => {
    const held = all.filter(({ holdsPlace }) => holdsPlace);
    const byKey = [...Map.groupBy(held, keyOf)].filter(([key]) => key !== null);
    return Object.fromEntries(
      byKey.map(([key, some]) => [key, new Set(some.map(({ participantId }) => participantId)).size]),
    );
  };
  return QUOTA_KINDS.map((kind) => sizes(QUOTA_KEYS[kind]));
}

const counted = ({ places }: ExperimentState) =>
  QUOTA_KINDS.map((kind) =>
    Object.fromEntries([...places.holders[kind]].filter(([, holders]) => holders !== 0)),
  );

describe('the counts of places', () => {
  it('are at any time what counting all assignments anew would give', () => {
    fc.assert(
      fc.property(life, (steps) => {
        const fold = newFold();
        live(fold, steps);
        expect(counted(fold.state)).toEqual(recounted(fold.state));
        for (const place of PLACES) {
          const [game = '', , npc = null] = place.split(' ');
          const here = [...fold.state.assignments.values()].filter(
            (one) => one.game === game && one.npc === npc,
          );
          const played = here.filter(({ status }) => /in_progress|completed/.test(status));
          expect(timesPlayed(fold.state.places, game, npc)).toBe(played.length);
          const waiting = here.filter(({ status, holdsPlace }) => status === 'assigned' && holdsPlace);
          expect(timesWaiting(fold.state.places, game, npc)).toBe(waiting.length);
        }
      }),
    );
  });

  it('of a fork are its own', () => {
    fc.assert(
      fc.property(life, life, (before, after) => {
        const fold = newFold();
        live(fold, before);
        const fork = fold.fork();
        const countedNow = () => [counted(fold.state), copyPlaceCounts(fold.state.places)];
        const then = structuredClone(countedNow());
        live(fork, after);
        expect(countedNow()).toEqual(then);
        expect(counted(fork.state)).toEqual(recounted(fork.state));
      }),
    );
  });
});
