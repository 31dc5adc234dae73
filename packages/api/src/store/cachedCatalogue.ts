import type { CastMember, CharacterSheet, CurrentCharacter } from '@dcs/engine';
import { LRUCache } from 'lru-cache';
import type { CharacterCatalogue } from './ports.ts';

/** Sheets that are kept in memory; each has some kilobytes. */
const MOST_SHEETS = 2_000;
/** How long a change that another process made may go unnoticed. */
const CURRENT_MS = 1_000;

const keyOf = ({ hid, revision }: CastMember): string => JSON.stringify([hid, revision]);

/**
 * Asks a slower catalogue once for what many ask for: every session that is created needs all current characters, and
 * every one that is loaded its sheets. Revisions never change; what is current is believed for a second, and changes
 * that are made through this catalogue are seen at once.
 */
export function createCachedCatalogue(catalogue: CharacterCatalogue): CharacterCatalogue {
  const sheets = new LRUCache<string, CharacterSheet>({ max: MOST_SHEETS });
  let current: { readonly found: Promise<readonly CurrentCharacter[]>; readonly until: number } | null = null;

  function askForCurrent(): Promise<readonly CurrentCharacter[]> {
    const asked = { found: catalogue.current(), until: performance.now() + CURRENT_MS };
    current = asked;
    asked.found.catch(() => {
      if (current === asked) current = null;
    });
    return asked.found;
  }

  async function changing<T>(change: () => Promise<T>): Promise<T> {
    try {
      return await change();
    } finally {
      // Also after a failure: whether it was made is then unknown.
      current = null;
    }
  }

  return {
    find: async (member) => {
      const key = keyOf(member);
      const known = sheets.get(key);
      if (known !== undefined) return known;
      const found = await catalogue.find(member);
      // What is not there yet may come.
      if (found !== null) sheets.set(key, found);
      return found;
    },
    current: () => (current !== null && performance.now() < current.until ? current.found : askForCurrent()),
    put: (sheet, meta) => changing(() => catalogue.put(sheet, meta)),
    replace: (sheet, meta) => changing(() => catalogue.replace(sheet, meta)),
    currentRevision: (hid) => catalogue.currentRevision(hid),
    revisions: (hid) => catalogue.revisions(hid),
    retired: () => catalogue.retired(),
    retire: (member, at) => changing(() => catalogue.retire(member, at)),
  };
}
