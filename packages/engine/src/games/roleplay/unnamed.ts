import type { CharacterSheet } from '../../characters/character.schema.ts';
import { perSheet } from '../../models/perSheet.ts';

const UNNAMED = 'the other one';

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

/** What it is called, in full and for short. `the octopus` is no name: nothing could be told of it without that word. */
function namesOf({ name, manner }: CharacterSheet): readonly string[] {
  const called = [name, manner?.calledAs].flatMap((one) =>
    one !== undefined && /^\p{Lu}/u.test(one) ? [one] : [],
  );
  return [...called, ...called.flatMap(shortFor)];
}

/** `Ines` and `Duarte` stand for `Ines Duarte`, each by itself; of `Ada of the Lighthouse` only the first word does. */
function shortFor(name: string): readonly string[] {
  const words = name.split(' ').filter((word) => word !== '');
  if (/^(?:the|an?)$/i.test(words[0] ?? '')) return [];
  return words.every((word) => /^\p{Lu}/u.test(word)) ? words : words.slice(0, 1);
}

/** Finds the names of a character in a text; `null` where it has none. */
const anyNameOf = perSheet((sheet): RegExp | null => {
  const names = namesOf(sheet).map(escaped);
  return names.length === 0
    ? null
    : new RegExp(`(?<![\\p{L}\\p{N}])(?:${names.join('|')})(?![\\p{L}\\p{N}])`, 'gu');
});

/** The names of a character that stand in a text, as they stand there. */
export function namesIn(text: string, sheet: CharacterSheet): readonly string[] {
  const anyName = anyNameOf(sheet);
  return anyName === null ? [] : (text.match(anyName) ?? []);
}

/** A text about a character without its names. */
export function unnamedText(text: string, sheet: CharacterSheet): string {
  const anyName = anyNameOf(sheet);
  return anyName === null ? text : text.replaceAll(anyName, UNNAMED);
}

/**
 * A sheet for models that could give its name away: everything that the character does and wants, under no name. What a
 * model is not told it cannot tell.
 */
export const unnamed = perSheet((sheet): CharacterSheet => {
  const clean = (_key: string, value: unknown): unknown =>
    typeof value === 'string' ? unnamedText(value, sheet) : value;
  const told: CharacterSheet = JSON.parse(JSON.stringify(sheet), clean);
  const { name: _name, manner, ...rest } = told;
  const called = manner === undefined ? {} : { manner: { ...manner, calledAs: UNNAMED } };
  return { ...rest, ...called, hid: 'THE-OTHER', commonLabels: ['the other'] };
});
