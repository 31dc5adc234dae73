import type { CastMember, CharacterSheet, JsonObject } from '@dcs/engine';
import type { Table } from '../column.ts';

export interface CharacterRow extends CastMember {
  readonly sheet: CharacterSheet;
}

/** JSON as it would be read again: what is `undefined` is not there. */
const plain = (sheet: CharacterSheet): JsonObject => JSON.parse(JSON.stringify(sheet));

export const CHARACTERS_TABLE: Table<CharacterRow> = {
  name: 'characters',
  about: 'The character sheets that the sessions were played with: one row for each revision.',
  key: ['hid', 'revision'],
  columns: [
    { name: 'hid', type: 'text', about: 'The handle of the character.', of: ({ hid }) => hid },
    {
      name: 'revision',
      type: 'text',
      about: 'SHA-256 of the sheet, in hexadecimal.',
      of: ({ revision }) => revision,
    },
    { name: 'sheet', type: 'object', about: 'The whole sheet.', of: ({ sheet }) => plain(sheet) },
  ],
};
