/* Bounds for distributions: fine where a promise is made, coarse where only the order of magnitude matters. */

/** Milliseconds, shown as seconds. From half a millisecond of our own work to a model that thinks for a minute. */
export const DURATION = {
  bounds: [0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 30_000, 60_000],
  perUnit: 1_000,
} as const;

/** How many things were done at once. */
export const SIZE = { bounds: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000] } as const;
