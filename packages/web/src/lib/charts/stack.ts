import type { Chart } from '#lib/charts/chart.ts';

/** The part of a stack that belongs to one series. */
export interface Layer {
  /** Of the series. */
  readonly index: number;
  readonly value: number;
  readonly from: number;
  readonly to: number;
}

/** The figures of one key on top of each other, without what is 0 or unknown. */
export function stackAt({ series }: Pick<Chart, 'series'>, key: number): readonly Layer[] {
  let top = 0;
  return series.flatMap(({ values }, index) => {
    const value = values[key] ?? 0;
    if (value <= 0) return [];
    const from = top;
    top += value;
    return [{ index, value, from, to: top }];
  });
}
