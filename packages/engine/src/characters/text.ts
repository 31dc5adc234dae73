import { z } from 'zod';

/** Tab and newline are text; the other control characters only ever hide something from a reader. */
export function isFreeOfControlCharacters(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if ((code < 32 && code !== 9 && code !== 10) || code === 127) return false;
  }
  return true;
}

function plainText(maximum: number): z.ZodString {
  return z
    .string()
    .max(maximum)
    .refine(isFreeOfControlCharacters, { error: 'contains a control character; remove it' });
}

/** Text that may be empty, of at most `maximum` UTF-16 units and without control characters. */
export function optionalText(maximum: number): z.ZodString {
  return plainText(maximum);
}

/** Text that says something: at least one character that is not white space. */
export function text(maximum: number): z.ZodString {
  return plainText(maximum).refine((value) => value.trim() !== '', {
    error: 'is empty; write something here',
  });
}

/** A list of `text(maximum)` with a bounded number of entries. */
export function textList(bounds: { min: number; max: number; textMax: number }): z.ZodArray<z.ZodString> {
  return z.array(text(bounds.textMax)).min(bounds.min).max(bounds.max);
}
