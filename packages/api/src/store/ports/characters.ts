import type { CastMember, CharacterSheet, CharacterStore } from '@dcs/engine';

/** The engine's view of characters, and the means to edit it. */
export interface CharacterCatalogue extends CharacterStore {
  /** Keeps the revision for ever and makes it the current one of its hid. Repeatable. */
  put(sheet: CharacterSheet, meta: { readonly revision: string; readonly at: number }): Promise<CastMember>;
  /**
   * As `put`, but only while `expected` is the current revision of the hid (`null`: while there is none), so that of two
   * who change it at once one learns of the other. Whether it was made current.
   */
  replace(
    sheet: CharacterSheet,
    meta: { readonly revision: string; readonly at: number; readonly expected: string | null },
  ): Promise<boolean>;
  /** The current sheet's revision, or `null` when there is none. */
  currentRevision(hid: string): Promise<string | null>;
  /** The latest 100 of all that was ever kept of a hid, the one that was written last first. */
  revisions(hid: string): Promise<readonly CharacterRevision[]>;
  /** Handles without a current sheet that have had one, in their order. */
  retired(): Promise<readonly RetiredCharacter[]>;
  /** New sessions no longer cast it; sessions that play it go on. Whether it was current: a newer revision stays. */
  retire(member: CastMember, at: number): Promise<boolean>;
}

export interface CharacterRevision {
  readonly revision: string;
  readonly createdAt: number;
}

export interface RetiredCharacter {
  readonly hid: string;
  readonly retiredAt: number;
}

/** How many revisions of one character are listed. */
export const MOST_REVISIONS = 100;
