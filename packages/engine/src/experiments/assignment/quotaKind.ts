import type { Candidate } from '../event.ts';
import { Place } from './place.ts';

/** What a quota can be of, from the whole to the smallest part. */
export const QUOTA_KINDS = ['participants', 'perGame', 'perCharacter', 'perCombination'] as const;
export type QuotaKind = (typeof QUOTA_KINDS)[number];

/** For what somebody with such a place is counted; `null` where a quota does not concern it. */
export const QUOTA_KEYS: Readonly<Record<QuotaKind, (candidate: Candidate) => string | null>> = {
  participants: () => '',
  perGame: ({ game }) => game,
  perCharacter: ({ npc }) => npc,
  perCombination: (candidate) => Place.keyOf(candidate),
};
