/** What somebody wrote and the server has not yet confirmed. */
export interface Unsent {
  /** The line at the foot, as it stands. */
  readonly input: string;
  /** Sent, without an answer so far; sending it again with the same id does it once. */
  readonly pending: { readonly commandId: string; readonly text: string } | null;
}

type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const NOTHING: Unsent = { input: '', pending: null };
const MAX_TEXT = 10_000;

const keyOf = (sessionId: string): string => `dcs:unsent:${sessionId}`;
const isText = (value: unknown): value is string => typeof value === 'string' && value.length <= MAX_TEXT;

function parse(stored: string): Unsent {
  const value: unknown = JSON.parse(stored);
  if (typeof value !== 'object' || value === null) return NOTHING;
  const input: unknown = Reflect.get(value, 'input');
  const pending: unknown = Reflect.get(value, 'pending');
  return { input: isText(input) ? input : '', pending: readPending(pending) };
}

function readPending(value: unknown): Unsent['pending'] {
  if (typeof value !== 'object' || value === null) return null;
  const commandId: unknown = Reflect.get(value, 'commandId');
  const text: unknown = Reflect.get(value, 'text');
  return isText(commandId) && isText(text) && commandId !== '' && text !== '' ? { commandId, text } : null;
}

/** Keeps unsent words on this device, per session. A full or forbidden storage is no reason to stop playing. */
export function createUnsentShelf(sessionId: string, shelf: () => Shelf) {
  return {
    read(): Unsent {
      try {
        const stored = shelf().getItem(keyOf(sessionId));
        return stored === null ? NOTHING : parse(stored);
      } catch {
        return NOTHING;
      }
    },
    write(unsent: Unsent): void {
      try {
        if (unsent.input === '' && unsent.pending === null) shelf().removeItem(keyOf(sessionId));
        else shelf().setItem(keyOf(sessionId), JSON.stringify(unsent));
      } catch {
        // The words are still on the page.
      }
    },
  };
}

export type UnsentShelf = ReturnType<typeof createUnsentShelf>;
