import { jsonFault } from './jsonFault.ts';
import type { JsonFault } from './jsonFault.ts';
import { isFields } from './sheetPath.ts';
import type { Fields } from './sheetPath.ts';

const NO_GROUP: JsonFault = {
  offset: 0,
  line: 1,
  column: 1,
  message: 'a sheet is a group of fields, in braces',
};

/** The sheet that a text holds, or the place at which it cannot be read. */
export type ReadSource =
  { readonly ok: true; readonly sheet: Fields } | { readonly ok: false; readonly fault: JsonFault };

export function readSource(text: string): ReadSource {
  const fault = jsonFault(text);
  if (fault !== null) return { ok: false, fault };
  const value: unknown = JSON.parse(text);
  return isFields(value) ? { ok: true, sheet: value } : { ok: false, fault: NO_GROUP };
}

/** `Line 3, column 7: a colon is missing`. */
export function faultWords({ line, column, message }: JsonFault): string {
  return `Line ${line}, column ${column}: ${message}`;
}
