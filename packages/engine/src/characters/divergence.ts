import type { CharacterSheet } from './character.schema.ts';
import { HSN_SECTION_NAMES } from './hsnDivergence.schema.ts';

/** One question that the profiles of two characters answer differently. */
export interface Difference {
  /** Where in a sheet, e.g. `['hsnDivergence', 'physicalAbility', 'vision']`. */
  readonly path: readonly string[];
  readonly left: readonly string[];
  readonly right: readonly string[];
  /** 2 where the answers exclude each other, 1 where they agree in part. */
  readonly points: 1 | 2;
}

/** How far apart two characters are, by what their profiles say of the same things. */
export interface Divergence {
  /** The sum of the points, 0 for two alike; `null` when no profile is shared, which says nothing about likeness. */
  readonly score: number | null;
  /** How many questions both profiles answer; the score is at most twice as much. */
  readonly compared: number;
  /** In the order of the profiles. */
  readonly differences: readonly Difference[];
}

interface Answer {
  readonly path: readonly string[];
  readonly values: readonly string[];
}

function answersOf({ hsnDivergence, dimensions }: CharacterSheet): ReadonlyMap<string, Answer> {
  const answers: Answer[] = [];
  for (const section of hsnDivergence === null ? [] : HSN_SECTION_NAMES) {
    for (const [name, { value }] of Object.entries(hsnDivergence?.[section] ?? {})) {
      answers.push({ path: ['hsnDivergence', section, name], values: [value] });
    }
  }
  for (const [name, { value }] of Object.entries(dimensions ?? {})) {
    answers.push({ path: ['dimensions', name], values: value });
  }
  return new Map(answers.map((answer) => [answer.path.join('.'), answer]));
}

function pointsFor(left: readonly string[], right: readonly string[]): 0 | 1 | 2 {
  const shared = left.filter((value) => right.includes(value)).length;
  if (shared === 0) return 2;
  return shared === left.length && shared === right.length ? 0 : 1;
}

/**
 * Compares what the profiles of two sheets answer: people by the 28 assumptions, other minds by the nine dimensions.
 * Symmetric but for `left` and `right`. Explanations do not count: they are prose about the answer.
 */
export function divergenceOf(left: CharacterSheet, right: CharacterSheet): Divergence {
  const others = answersOf(right);
  let compared = 0;
  const differences: Difference[] = [];
  for (const [key, { path, values }] of answersOf(left)) {
    const other = others.get(key);
    if (other === undefined) continue;
    compared += 1;
    const points = pointsFor(values, other.values);
    if (points !== 0) differences.push({ path, left: values, right: other.values, points });
  }
  const score = compared === 0 ? null : differences.reduce<number>((sum, { points }) => sum + points, 0);
  return { score, compared, differences };
}
