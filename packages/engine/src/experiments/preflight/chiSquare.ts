/** The part of a standard normal distribution above `z`, to about seven digits (Abramowitz and Stegun, 26.2.17). */
function normalAbove(z: number): number {
  if (z < 0) return 1 - normalAbove(-z);
  const t = 1 / (1 + 0.231_641_9 * z);
  const series =
    t *
    (0.319_381_53 + t * (-0.356_563_782 + t * (1.781_477_937 + t * (-1.821_255_978 + t * 1.330_274_429))));
  return (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * series;
}

/** How probable so great a chi-square, or a greater one, is by chance alone (Wilson and Hilferty's approximation). */
export function chanceOf(chiSquare: number, degrees: number): number {
  if (degrees < 1) return 1;
  const spread = 2 / (9 * degrees);
  return normalAbove((Math.cbrt(chiSquare / degrees) - (1 - spread)) / Math.sqrt(spread));
}
