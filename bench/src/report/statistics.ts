/** A share of values lies at or below the result; 0.5 is the median. Sorts by itself. Throws on an empty list. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return quantileOfSorted(sorted, share);
}

/** As `quantile`, for values that are in order already: the nearest value, never one that was not measured. */
export function quantileOfSorted(sorted: readonly number[], share: number): number {
  const rank = Math.max(0, Math.ceil(share * sorted.length) - 1);
  const value = sorted[Math.min(rank, sorted.length - 1)];
  if (value === undefined) throw new Error('Nothing was measured.');
  return value;
}

/** The middle of what several rounds gave; between the two middle ones when their number is even. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return (quantileOfSorted(sorted, 0.5) + quantileOfSorted(sorted.toReversed(), 0.5)) / 2;
}

/** The least and the greatest value. */
export function spread(values: readonly number[]): readonly [least: number, greatest: number] {
  return [quantile(values, 0), quantile(values, 1)];
}

/** Latencies of one round, as players feel them. All in milliseconds. */
export interface LatencySummary {
  readonly p50Ms: number;
  readonly p90Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

export function summariseLatencies(latenciesMs: readonly number[]): LatencySummary {
  const sorted = latenciesMs.toSorted((a, b) => a - b);
  return {
    p50Ms: quantileOfSorted(sorted, 0.5),
    p90Ms: quantileOfSorted(sorted, 0.9),
    p99Ms: quantileOfSorted(sorted, 0.99),
    maxMs: quantileOfSorted(sorted, 1),
  };
}
