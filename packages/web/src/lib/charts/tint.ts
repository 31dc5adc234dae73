/** How many tints a matrix has, apart from none: few enough to be told apart. */
export const TINTS = 5;

/** Which tint a figure has, from 0 for none to `TINTS` for the highest. Anything above 0 is seen. */
export function tintOf(value: number | null, highest: number): number {
  if (value === null || value <= 0 || highest <= 0) return 0;
  return Math.min(TINTS, Math.max(1, Math.ceil((TINTS * value) / highest)));
}
