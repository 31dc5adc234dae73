/** From 0 to 1. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Of the normal distribution, for 95 %. */
const Z = 1.959_963_985;

/** Where the true share lies with a confidence of 95 % when `right` of `asked` were right (Wilson); all of it for none. */
export function wilsonInterval(right: number, asked: number): Interval {
  if (asked === 0) return { low: 0, high: 1 };
  const share = right / asked;
  const spread = Z * Z;
  const centre = share + spread / (2 * asked);
  const half = Z * Math.sqrt((share * (1 - share)) / asked + spread / (4 * asked * asked));
  const whole = 1 + spread / asked;
  return { low: Math.max(0, (centre - half) / whole), high: Math.min(1, (centre + half) / whole) };
}
