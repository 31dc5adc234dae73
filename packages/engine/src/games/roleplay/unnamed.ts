import type { CharacterSheet } from '../../characters/character.schema.ts';
import { perSheet } from '../../models/perSheet.ts';

const UNNAMED = 'the other one';

/** What it is called, in full and for short. `the octopus` is no name: nothing could be told of it without that word. */
function namesOf({ name, manner }: CharacterSheet): readonly string[] {
  const called = [name, manner?.calledAs].flatMap((one) =>
    one !== undefined && /^\p{Lu}/u.test(one) ? [one] : [],
  );
  const short = called.flatMap((one) => one.split(' ').slice(0, 1));
  return [...called, ...short.filter((one) => !/^(?:the|an?)$/i.test(one))];
}

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

/** All texts of a sheet without these names. */
function withoutNames(sheet: CharacterSheet, names: readonly string[]): CharacterSheet {
  if (names.length === 0) return sheet;
  const anyName = new RegExp(
    `(?<![\\p{L}\\p{N}])(?:${names.map(escaped).join('|')})(?![\\p{L}\\p{N}])`,
    'gu',
  );
  const clean = (_key: string, value: unknown): unknown =>
    typeof value === 'string' ? value.replaceAll(anyName, UNNAMED) : value;
  return JSON.parse(JSON.stringify(sheet), clean);
}

/**
 * A sheet for models that could give its name away: everything that the character does and wants, under no name. What a
 * model is not told it cannot tell.
 */
export const unnamed = perSheet((sheet): CharacterSheet => {
  const { name: _name, manner, ...rest } = withoutNames(sheet, namesOf(sheet));
  const called = manner === undefined ? {} : { manner: { ...manner, calledAs: UNNAMED } };
  return { ...rest, ...called, hid: 'THE-OTHER', commonLabels: ['the other'] };
});
