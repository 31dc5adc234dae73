import type { QuotaCell, QuotaOverview } from '@dcs/engine';

/* How far the quotas of an experiment are filled. For those who run it. */

/** How far one quota is filled, of those that the file has. */
export interface QuotaFillDto extends Pick<QuotaOverview, 'kind' | 'quota'> {
  /** Of how many games, characters or combinations it is; 1 where it is of the whole experiment. */
  readonly cells: number;
  /** In the order of the file; each of them, or each game where there are too many combinations to look at. */
  readonly parts: readonly QuotaPartDto[];
}

/** `game`, `pc` and `npc` say of what it is; `null` is what the quota does not go by. */
export interface QuotaPartDto extends QuotaCell {
  /** What the character is called whom participants meet. */
  readonly npcLabel: string | null;
  /** How many participants it needs in all. A quota that was lowered may have more. */
  readonly places: number;
}
