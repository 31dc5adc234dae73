import type { Candidate } from '../event.ts';
import { variantOf } from '../experiment.schema.ts';
import type { ExperimentConfig } from '../experiment.schema.ts';
import type { ExperimentState } from '../state.ts';
import { QUOTA_KEYS, QUOTA_KINDS } from './quotaKind.ts';
import type { QuotaKind } from './quotaKind.ts';

type Taking = Pick<ExperimentState, 'participants' | 'assignments' | 'places'>;

/**
 * What the quotas of an experiment leave. They count participants whose assignment holds a place, from the moment in
 * which it is given, and not those who have got round to playing: so no quota can be overshot.
 */
export interface QuotaBook {
  /** Whether everything may be offered to everybody. */
  readonly isOpenToAll: boolean;
  /** Variants that have all the participants they need; nothing of them is offered to anybody. */
  readonly full: ReadonlySet<string>;
  /**
   * Whether an assignment may have a place for this participant, or for somebody new (`null`). Whoever is counted already
   * takes no further place: somebody who has met a character may meet it in other games though nobody new may. As of when
   * it is asked for: the answer does not follow the state.
   */
  roomFor(participantId: string | null): (candidate: Candidate) => boolean;
}

type KeyOf = (typeof QUOTA_KEYS)[QuotaKind];

/** Something that has all its participants. */
interface Closed {
  readonly keyOf: KeyOf;
  readonly keys: Keys;
}

type Keys = ReadonlySet<string | null>;

/** Thousands of candidates are looked up in it: once in the difference is less than once in each. */
function without(keys: Keys, own: Keys): Keys {
  const left = new Set(keys);
  for (const key of own) left.delete(key);
  return left;
}

/** Variants that have as many participants as they need. */
export function fullGames(
  { places }: Pick<ExperimentState, 'places'>,
  { games, quotas }: Pick<ExperimentConfig, 'games' | 'quotas'>,
): ReadonlySet<string> {
  const { perGame = Infinity } = quotas;
  const holders = places.holders.perGame;
  return new Set(games.map(variantOf).filter((game) => (holders.get(game) ?? 0) >= perGame));
}

function closedBy({ places }: Taking, quotas: ExperimentConfig['quotas']): readonly Closed[] {
  return QUOTA_KINDS.flatMap((kind) => {
    const { [kind]: quota } = quotas;
    if (quota === undefined) return [];
    const keys = new Set<string | null>();
    for (const [key, holders] of places.holders[kind]) if (holders >= quota) keys.add(key);
    return keys.size === 0 ? [] : [{ keyOf: QUOTA_KEYS[kind], keys }];
  });
}

/** For what somebody is counted already. */
function keysOf({ participants, assignments }: Taking, participantId: string | null, keyOf: KeyOf): Keys {
  const { assignmentIds = [] } = (participantId === null ? undefined : participants.get(participantId)) ?? {};
  const own = assignmentIds.flatMap((id) => assignments.get(id) ?? []);
  return new Set(own.filter(({ holdsPlace }) => holdsPlace).map(keyOf));
}

/** The book as of now: it does not follow the state. */
export function quotaBook(state: Taking, config: Pick<ExperimentConfig, 'games' | 'quotas'>): QuotaBook {
  const closed = closedBy(state, config.quotas);
  return {
    isOpenToAll: closed.length === 0,
    full: fullGames(state, config),
    roomFor: (participantId) => {
      const doors = closed.map(({ keyOf, keys }) => ({
        keyOf,
        shut: without(keys, keysOf(state, participantId, keyOf)),
      }));
      return (candidate) => doors.every(({ keyOf, shut }) => !shut.has(keyOf(candidate)));
    },
  };
}
