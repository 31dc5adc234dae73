import type { CharacterSheet, Divergence, PairWarning, PairWarningReason } from '@dcs/engine';

export type {
  CharacterFilterName,
  CharacterSheet,
  ChoiceField,
  ChoicesField,
  FlagField,
  GroupField,
  ListField,
  PairWarning,
  SheetField,
  TextField,
} from '@dcs/engine';

/* What crosses the wire about characters. All but the list of them and the pairs of `play.setup` is for administrators. */

export interface CharacterDto {
  readonly hid: string;
  readonly label: string;
  readonly shortDescription: string;
  readonly pcEligible: boolean;
  readonly isHuman: boolean;
}

/** Something about a sheet that has to be mended, or that deserves a look. */
export interface FieldProblemDto {
  /** Where in the sheet, e.g. `senses.extra[0].name`; empty for the sheet as a whole. */
  readonly path: string;
  /** Stable and namespaced, e.g. `schema/missing-field`. */
  readonly reason: string;
  readonly message: string;
  /** What to do about it. */
  readonly fix: string;
}

/** A sheet that was looked at and not kept. */
export interface SheetCheckDto {
  /** Why it cannot be kept; empty when it can. */
  readonly problems: readonly FieldProblemDto[];
  /** What deserves a look all the same. */
  readonly warnings: readonly FieldProblemDto[];
  /** What would be kept; `null` when nothing would. */
  readonly sheet: CharacterSheet | null;
}

export interface CharacterRevisionDto {
  readonly revision: string;
  readonly createdAt: string;
}

/** Everything about one character. */
export interface CharacterDetailDto {
  readonly hid: string;
  readonly label: string;
  /** Names the sheet by its content. */
  readonly revision: string;
  readonly sheet: CharacterSheet;
  /** The one that new sessions are cast from; `null` when the character is retired. Send it back with a change. */
  readonly currentRevision: string | null;
  /** Names all that decides how this sheet is played here: itself, the model and the version of the prompts. */
  readonly fingerprint: string;
  readonly warnings: readonly FieldProblemDto[];
  /** The latest first; at most 100. */
  readonly revisions: readonly CharacterRevisionDto[];
}

/** A revision of a character. */
export interface CharacterRefDto {
  readonly hid: string;
  readonly revision: string;
}

export interface RetiredCharacterDto {
  readonly hid: string;
  readonly retiredAt: string;
}

/** Two characters side by side. */
export interface CharacterComparisonDto {
  readonly left: CharacterDto;
  readonly right: CharacterDto;
  readonly divergence: Divergence;
  readonly warnings: {
    /** When a player plays the left one and meets the right one. */
    readonly leftMeetsRight: readonly PairWarning[];
    readonly rightMeetsLeft: readonly PairWarning[];
  };
}

/** Which pairs of `play.setup` deserve a second thought; any of them may be played. */
export interface PairWarningsDto {
  readonly pairs: readonly {
    readonly pc: string;
    readonly npc: string;
    readonly reason: PairWarningReason;
  }[];
  /** The words for each reason. */
  readonly messages: Readonly<Record<PairWarningReason, string>>;
}
