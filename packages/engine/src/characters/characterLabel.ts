import type { CharacterSheet } from './character.schema.ts';

/** Labels that classify rather than name: they make poor cues. */
const CLASSIFYING = /neuro|hsp|sensory|divergen|disab|chronic|anxiety|adhd|autis|impair|vigilance/i;

type Named = Pick<CharacterSheet, 'hid' | 'name' | 'commonLabels'>;

/** What to call a character: its name, else the first of its labels that names it, else its handle. */
export function characterLabel({ hid, name, commonLabels }: Named): string {
  if (name !== undefined) return name;
  const label = commonLabels.find((candidate) => !CLASSIFYING.test(candidate));
  return label === undefined ? hid : label.charAt(0).toUpperCase() + label.slice(1);
}

/** For lists and charts in which two characters may be called the same. */
export function labelWithHandle(sheet: Named): string {
  const label = characterLabel(sheet);
  return label === sheet.hid ? label : `${label} (${sheet.hid})`;
}
