/** UTF-16 units of all that is sent for one form, names of questions included. */
export const MOST_ANSWERS = 200_000;

/** What is sent for one question takes so much of a form. Looks no deeper than answers are. */
export function sizeOf(value: unknown): number {
  if (!Array.isArray(value)) return lengthOf(value);
  return value.reduce<number>((sum, entry) => sum + lengthOf(entry), value.length);
}

const lengthOf = (value: unknown): number => (typeof value === 'string' ? value.length : 1);
