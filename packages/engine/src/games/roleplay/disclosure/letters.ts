/**
 * Letters and digits alone, in lower case and without accents: spaces, marks and looks cannot hide that two texts say the same.
 * The letters of a text are those of its parts, one after the other, so that a text can be read while it is written.
 */
export const lettersOf = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');

/** The letters of several texts in one, in which no run goes from one text into the next. */
export const lettersOfAll = (texts: readonly string[]): string => texts.map(lettersOf).join('|');

/** Runs of so many letters, each beginning `stride` letters after the last. */
export function runsOf(letters: string, length: number, stride: number): readonly string[] {
  const count = Math.max(0, Math.floor((letters.length - length) / stride) + 1);
  return Array.from({ length: count }, (_, index) => letters.slice(index * stride, index * stride + length));
}

/** All texts in a value of JSON. */
export function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
