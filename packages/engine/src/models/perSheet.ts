import type { CharacterSheet } from '../characters/character.schema.ts';

/**
 * Remembers what a pure function makes of a sheet for as long as the sheet itself is in memory: a sheet never changes,
 * and reading its prose anew each turn would cost more than the rest of the turn.
 */
export function perSheet<T>(read: (sheet: CharacterSheet) => T): (sheet: CharacterSheet) => T {
  const known = new WeakMap<CharacterSheet, { readonly value: T }>();
  return (sheet) => {
    const found = known.get(sheet);
    if (found !== undefined) return found.value;
    const value = read(sheet);
    known.set(sheet, { value });
    return value;
  };
}
