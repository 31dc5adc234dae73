import { MEASURES } from './measures.ts';
import type { Measure, Measured } from './measures.ts';
import { median, spread } from './statistics.ts';

/** One row of a report: a situation, and what each round of it gave. */
export interface Figure {
  readonly label: string;
  /** What the situation is, e.g. how many `players`. */
  readonly facts: Readonly<Record<string, number | string>>;
  readonly rounds: readonly Measured[];
}

/** A row as programs read it: facts, the median of each measure, and how far its rounds lie apart. */
export type FigureJson = { readonly label: string; readonly rounds: number } & Readonly<
  Record<string, number | string | Readonly<Record<string, readonly [number, number]>>>
>;

/** The measures that a figure has, in the order of `MEASURES`. */
export function measuresOf(figures: readonly Figure[]): readonly Measure[] {
  const used = new Set(figures.flatMap(({ rounds }) => rounds.flatMap((round) => Object.keys(round))));
  return (Object.keys(MEASURES) as Measure[]).filter((measure) => used.has(measure));
}

/** What the rounds gave for one measure; empty when it was not measured. */
export function valuesOf({ rounds }: Figure, measure: Measure): readonly number[] {
  return rounds.flatMap((round) => round[measure] ?? []);
}

function rounded(value: number, measure: Measure): number {
  return Number(value.toFixed(MEASURES[measure].decimals));
}

export function figureJson(figure: Figure): FigureJson {
  const measures = measuresOf([figure]);
  const medians = measures.map((name) => [name, rounded(median(valuesOf(figure, name)), name)] as const);
  const spreads = measures.map((name) => {
    const [least, greatest] = spread(valuesOf(figure, name));
    return [name, [rounded(least, name), rounded(greatest, name)]] as const;
  });
  return {
    label: figure.label,
    ...figure.facts,
    ...Object.fromEntries(medians),
    rounds: figure.rounds.length,
    spread: Object.fromEntries(spreads),
  };
}
