import type { FieldValue } from './question.ts';
import type { FieldValues } from './responses.ts';

type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const MOST_STORED = 400_000;

const isValue = (value: unknown): value is FieldValue =>
  typeof value === 'string' || (Array.isArray(value) && value.every((entry) => typeof entry === 'string'));

function parse(stored: string): FieldValues | null {
  const value: unknown = JSON.parse(stored);
  if (typeof value !== 'object' || value === null) return null;
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, FieldValue] => isValue(entry[1])),
  );
}

/**
 * Keeps answers on this device that the server does not have yet. Use the storage of the tab for it: answers may be
 * personal, and the next one at this device must not find them.
 */
export function createAnswerShelf(groupKey: string, shelf: () => Shelf) {
  const key = `dcs:answers:${groupKey}`;
  return {
    read(): FieldValues | null {
      try {
        const stored = shelf().getItem(key);
        return stored === null || stored.length > MOST_STORED ? null : parse(stored);
      } catch {
        return null;
      }
    },
    write(values: FieldValues): void {
      try {
        shelf().setItem(key, JSON.stringify(values));
      } catch {
        // They are still on the page.
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

export type AnswerShelf = ReturnType<typeof createAnswerShelf>;
