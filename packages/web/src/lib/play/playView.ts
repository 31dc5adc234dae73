/** A character as its player may know it. */
export interface Profile {
  readonly hid: string;
  readonly name: string;
  readonly shortDescription: string;
  readonly abilities: readonly string[];
}

/** The part of a game's view that this page shows; games differ, so everything may be missing. */
export interface PlayView {
  readonly maxInputLength: number;
  readonly retryBudgetLeft: number | null;
  /** Whether something is being answered. */
  readonly awaiting: boolean;
  readonly opened: boolean | null;
  readonly pc: Profile | null;
  readonly npc: Profile | null;
  /** From 0 to 100, as the game has told it at its end; `null` while there is none. */
  readonly score: number | null;
  /** Why there is none, e.g. `score/unanswered`, as the game has told it at its end. */
  readonly notScored: string | null;
}

const DEFAULT_INPUT_LENGTH = 350;

function field(holder: unknown, name: string): unknown {
  return typeof holder === 'object' && holder !== null ? Reflect.get(holder, name) : undefined;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const count = (value: unknown): number | null =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;

function profile(value: unknown): Profile | null {
  const hid = text(field(value, 'hid'));
  if (hid === '') return null;
  const abilities: unknown = field(value, 'abilities');
  return {
    hid,
    name: text(field(value, 'name')) || hid,
    shortDescription: text(field(value, 'shortDescription')),
    abilities: Array.isArray(abilities) ? abilities.filter((ability) => typeof ability === 'string') : [],
  };
}

/** Reads a game's view as far as it is understood. Never throws. */
export function readView(view: unknown): PlayView {
  const opened = field(view, 'opened');
  const score = field(view, 'score');
  return {
    maxInputLength: count(field(view, 'maxInputLength')) || DEFAULT_INPUT_LENGTH,
    retryBudgetLeft: count(field(view, 'retryBudgetLeft')),
    awaiting: field(view, 'awaiting') === true,
    opened: typeof opened === 'boolean' ? opened : null,
    pc: profile(field(view, 'pc')),
    npc: profile(field(view, 'npc')),
    score: count(field(score, 'score')),
    notScored: text(field(score, 'failure')) || null,
  };
}
