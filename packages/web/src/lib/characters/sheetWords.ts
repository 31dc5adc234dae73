import type { CharacterSheet } from '@dcs/api';

/** One answer of a profile, for people to read. */
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
