import type { CharacterSheet } from '@dcs/api';

/** One answer of a sheet, for people to read. */
export interface ProfileAnswer {
  /** Where in the sheet, e.g. `hsnDivergence.physicalAbility.vision`. */
  readonly path: string;
  readonly value: string;
  readonly explanation: string;
}

/** `hsnDivergence.physicalAbility.reachAndStature` as `Reach and stature`. */
export function fieldWords(path: string): string {
  const name = path.split('.').at(-1) ?? path;
  const words = name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What the profiles of a sheet say, in their order. */
export function answerWords({ hsnDivergence, dimensions }: CharacterSheet): readonly ProfileAnswer[] {
  const assumptions = Object.entries(hsnDivergence ?? {}).flatMap(([section, answers]) =>
    Object.entries(answers).map(([name, { value, explanation }]) => ({
      path: `hsnDivergence.${section}.${name}`,
      value,
      explanation,
    })),
  );
  const axes = Object.entries(dimensions ?? {}).map(([name, { value, explanation }]) => ({
    path: `dimensions.${name}`,
    value: value.join(', '),
    explanation,
  }));
  return [...assumptions, ...axes];
}

/** What a sheet says of each sense, in their order. */
export function senseWords({ senses }: CharacterSheet): readonly ProfileAnswer[] {
  if (senses === undefined) return [];
  const { extra, ...common } = senses;
  return [
    ...Object.entries(common).map(([name, { acuity, note = '' }]) => ({
      path: `senses.${name}`,
      value: acuity,
      explanation: note,
    })),
    ...extra.map(({ name, acuity, note = '', cues }) => ({
      path: `senses.${name}`,
      value: acuity,
      explanation: `${note} (${cues.join(', ')})`.trim(),
    })),
  ];
}

/** How a character shows what goes on in it, in the order of its sheet. */
export function mannerWords({ manner }: CharacterSheet): readonly ProfileAnswer[] {
  if (manner === undefined) return [];
  const { reactions, ...rest } = manner;
  return Object.entries({ ...rest, ...reactions }).map(([name, words]) => ({
    path: `manner.${name}`,
    value: '',
    explanation: Array.isArray(words) ? words.join(' · ') : words,
  }));
}
