/** Within which a number should be, such as `>=50,<75`. */
export interface Bounds {
  /** As it is written in the label. */
  readonly text: string;
  holds(value: number): boolean;
  /** How far a value is from the nearest one that it should be; 0 within the bounds. */
  distance(value: number): number;
}

interface Limit {
  readonly value: number;
  readonly isIncluded: boolean;
}

const PART = /^(?<sign>[<>]=?|==?)?\s*(?<number>\d{1,3}(\.\d{1,2})?)$/;

const higher = (a: Limit | null, b: Limit): Limit => (a === null || b.value > a.value ? b : a);
const lower = (a: Limit | null, b: Limit): Limit => (a === null || b.value < a.value ? b : a);

/** Reads one number, or comparisons with commas between; `null` for anything else. */
export function readBounds(label: number | string): Bounds | null {
  const text = String(label).trim();
  let least: Limit | null = null;
  let most: Limit | null = null;
  for (const part of text.split(',')) {
    const { sign = '=', number } = PART.exec(part.trim())?.groups ?? {};
    if (number === undefined) return null;
    const limit = { value: Number(number), isIncluded: sign.includes('=') };
    if (!sign.startsWith('<')) least = higher(least, limit);
    if (!sign.startsWith('>')) most = lower(most, limit);
  }
  return boundsOf(text, least, most);
}

function boundsOf(text: string, least: Limit | null, most: Limit | null): Bounds {
  const isBelow = (value: number): boolean =>
    least !== null && (least.isIncluded ? value < least.value : value <= least.value);
  const isAbove = (value: number): boolean =>
    most !== null && (most.isIncluded ? value > most.value : value >= most.value);
  return {
    text,
    holds: (value) => !isBelow(value) && !isAbove(value),
    distance: (value) => {
      if (least !== null && isBelow(value)) return least.value - value;
      return most !== null && isAbove(value) ? value - most.value : 0;
    },
  };
}
