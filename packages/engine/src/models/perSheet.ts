import type { CharacterSheet } from '../characters/character.schema.ts';

/** Remembers what a pure function makes of a value, which never changes, for as long as the value itself is in memory. */
export function perValue<Value extends object, T>(read: (value: Value) => T): (value: Value) => T {
  const known = new WeakMap<Value, { readonly value: T }>();
  return (value) => {
    const found = known.get(value);
    if (found !== undefined) return found.value;
    const made = read(value);
    known.set(value, { value: made });
    return made;
  };
}

/** The same of a sheet: reading its prose anew each turn would cost more than the rest of the turn. */
export function perSheet<T>(read: (sheet: CharacterSheet) => T): (sheet: CharacterSheet) => T {
  return perValue(read);
}
