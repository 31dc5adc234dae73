import type { CharacterSheet } from '@dcs/engine';
import type { CharacterCatalogue } from '../ports.ts';

const keyOf = (hid: string, revision: string) => `${hid}@${revision}`;

/** Character sheets that end with the process. */
export function createMemoryCharacterCatalogue(): CharacterCatalogue {
  const sheets = new Map<string, CharacterSheet>();
  const heads = new Map<string, string>();

  const sheetOf = (hid: string, revision: string) =>
    structuredClone(sheets.get(keyOf(hid, revision)) ?? null);

  return {
    async find({ hid, revision }) {
      return sheetOf(hid, revision);
    },
    async current() {
      return [...heads]
        .toSorted(([a], [b]) => (a < b ? -1 : Number(a > b)))
        .flatMap(([hid, revision]) => {
          const sheet = sheetOf(hid, revision);
          return sheet === null ? [] : [{ sheet, revision }];
        });
    },
    async put(sheet, { revision }) {
      const key = keyOf(sheet.hid, revision);
      if (!sheets.has(key)) sheets.set(key, structuredClone(sheet));
      heads.set(sheet.hid, revision);
      return { hid: sheet.hid, revision };
    },
    async currentRevision(hid) {
      return heads.get(hid) ?? null;
    },
    async retire(hid) {
      return heads.delete(hid);
    },
  };
}
