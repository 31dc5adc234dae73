/* Lists of the admin pages keep what they show in their address: it can be sent to others, and the way back leads to it. */

/** Rows on a page. */
export const PAGE = 50;
/** Of the API. */
const MOST_CURSOR = 256;

/** A word of an address as it can be asked for; `null` where there is none, or none that there can be. */
export function wordIn(asked: URLSearchParams, name: string, most: number): string | null {
  const text = (asked.get(name) ?? '').trim();
  return text === '' || text.length > most ? null : text;
}

/** Where the page begins: what the API gave with the page before, and nothing on the first one. */
export function cursorIn(asked: URLSearchParams): { readonly cursor?: string } {
  const cursor = wordIn(asked, 'cursor', MOST_CURSOR);
  return cursor === null ? {} : { cursor };
}

/** An address that asks for this, and for nothing else; what is `null` or missing is left out. */
export function listAddress(asked: Readonly<Record<string, string | null | undefined>>): string {
  const given = Object.entries(asked).flatMap(([name, text]): [string, string][] =>
    text === null || text === undefined || text === '' ? [] : [[name, text]],
  );
  return `?${new URLSearchParams(given)}`;
}
