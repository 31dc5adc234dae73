import type { Candidate } from '../event.ts';
import { variantOf } from '../experiment.schema.ts';
import type { ExperimentConfig } from '../experiment.schema.ts';
import type { Assignment, ExperimentState } from '../state.ts';

type Taking = Pick<ExperimentState, 'assignments'>;
type Quotas = ExperimentConfig['quotas'];

/**
 * What the quotas of an experiment leave. They count participants whose assignment holds a place, from the moment in
 * which it is given, and not those who have got round to playing: so no quota can be overshot.
 */
export interface QuotaBook {
  /** Variants that have all the participants they need; nothing of them is offered to anybody. */
  readonly full: ReadonlySet<string>;
  /**
   * Whether an assignment may have a place for this participant. Whoever is counted already takes no further place:
   * somebody who has met a character may meet it in other games though nobody new may.
   */
  hasRoom(participantId: string, candidate: Candidate): boolean;
}

/** What somebody is counted for. */
interface Counted {
  readonly quota: number | undefined;
  /** `null`: this quota does not concern such a place. */
  readonly keyOf: (candidate: Candidate) => string | null;
}

type Holders = ReadonlyMap<string, ReadonlySet<string>>;

const countedBy = ({ participants, perGame, perCharacter, perCombination }: Quotas): readonly Counted[] =>
  [
    { quota: participants, keyOf: () => '' },
    { quota: perGame, keyOf: gameKey },
    { quota: perCharacter, keyOf: ({ npc }: Candidate) => npc },
    { quota: perCombination, keyOf: ({ game, pc, npc }: Candidate) => [game, pc, npc].join(' ') },
  ].filter(({ quota }) => quota !== undefined);

const gameKey = ({ game }: Candidate): string => game;

function holdersBy(keyOf: Counted['keyOf'], assignments: Iterable<Assignment>): Holders {
  const holders = new Map<string, Set<string>>();
  for (const assignment of assignments) {
    const key = assignment.holdsPlace ? keyOf(assignment) : null;
    if (key === null) continue;
    const ofKey = holders.get(key);
    if (ofKey === undefined) holders.set(key, new Set([assignment.participantId]));
    else ofKey.add(assignment.participantId);
  }
  return holders;
}

/** Variants that have as many participants as they need. */
export function fullGames(
  { assignments }: Taking,
  { games, quotas }: Pick<ExperimentConfig, 'games' | 'quotas'>,
): ReadonlySet<string> {
  const { perGame } = quotas;
  if (perGame === undefined) return new Set();
  const holders = holdersBy(gameKey, assignments.values());
  return new Set(games.map(variantOf).filter((game) => (holders.get(game)?.size ?? 0) >= perGame));
}

/** The book as of now: it does not follow the state. */
export function quotaBook(state: Taking, config: Pick<ExperimentConfig, 'games' | 'quotas'>): QuotaBook {
  // Until something is full there is nothing to look up, and it is looked up for thousands of candidates.
  const counts = countedBy(config.quotas)
    .map((counted) => ({ ...counted, holders: holdersBy(counted.keyOf, state.assignments.values()) }))
    .filter(({ quota = Infinity, holders }) => [...holders.values()].some(({ size }) => size >= quota));
  return {
    full: fullGames(state, config),
    hasRoom: (participantId, candidate) =>
      counts.every(({ quota, keyOf, holders }) => {
        const key = keyOf(candidate);
        const counted = key === null ? undefined : holders.get(key);
        return (
          counted === undefined || quota === undefined || counted.has(participantId) || counted.size < quota
        );
      }),
  };
}
