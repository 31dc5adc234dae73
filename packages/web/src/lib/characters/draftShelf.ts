import { isFields } from './sheetPath.ts';
import type { Fields } from './sheetPath.ts';

/** A sheet as it is kept, and which of its revisions that is. */
export interface SavedSheet {
  readonly sheet: Fields;
  /** Empty when nothing is in force: the character is new, or retired. */
  readonly revision: string;
}

/** A sheet that was written on this device and not saved. */
export interface SheetDraft {
  readonly sheet: Fields;
  /** The source as it was typed, when it cannot be read; else `null`. */
  readonly typed: string | null;
  /** What it is a change of. */
  readonly saved: SavedSheet;
  /** When it was last written, ISO 8601. */
  readonly at: string;
}

type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const MOST_STORED = 1_000_000;

function parse(stored: string): SheetDraft | null {
  const value: unknown = JSON.parse(stored);
  if (!isFields(value)) return null;
  const { sheet, typed, saved, at } = value;
  if (!isFields(sheet) || !isFields(saved) || !isFields(saved['sheet'])) return null;
  const { revision } = saved;
  if (typeof revision !== 'string' || typeof at !== 'string') return null;
  const kept = { sheet: saved['sheet'], revision };
  return { sheet, typed: typeof typed === 'string' ? typed : null, saved: kept, at };
}

/** Keeps what is not saved yet on this device, per character. A full or forbidden storage is no reason to stop writing. */
export function createDraftShelf(character: string, shelf: () => Shelf) {
  const key = `dcs:sheet-draft:${character}`;
  return {
    read(): SheetDraft | null {
      try {
        const stored = shelf().getItem(key);
        return stored === null || stored.length > MOST_STORED ? null : parse(stored);
      } catch {
        return null;
      }
    },
    /** Whether it is kept now. */
    write(draft: SheetDraft): boolean {
      try {
        shelf().setItem(key, JSON.stringify(draft));
        return true;
      } catch {
        return false; // It is still on the page.
      }
    },
    clear(): void {
      try {
        shelf().removeItem(key);
      } catch {
        // What cannot be reached keeps nothing either.
      }
    },
  };
}

export type DraftShelf = ReturnType<typeof createDraftShelf>;
