import type { JsonValue } from '@dcs/engine';
import type { TableFacts, WrittenRow } from './column.ts';

/* CSV as RFC 4180 has it, in UTF-8: cells between commas, rows end with CR LF, quotes where they are needed. */

const END = '\r\n';
/** What spreadsheets take for the beginning of a formula. */
const FORMULA = /^[=+\-@\t\r\n]/;
const NEEDS_QUOTES = /[",\r\n]/;

/** A text that no spreadsheet takes for a formula. UTF-8 has no halves of surrogate pairs. */
function harmless(text: string): string {
  return (FORMULA.test(text) ? `'${text}` : text).toWellFormed();
}

function cellText(value: JsonValue): string {
  if (value === null) return '';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return harmless(typeof value === 'string' ? value : JSON.stringify(value));
}

function cell(value: JsonValue): string {
  const text = cellText(value);
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const line = (values: readonly JsonValue[]): string => `${values.map(cell).join(',')}${END}`;

export const csvHeader = ({ columns }: TableFacts): string => line(columns.map(({ name }) => name));

/** The row with its line end; a cell that the row does not have is empty. */
export const csvRow = ({ columns }: TableFacts, row: WrittenRow): string =>
  line(columns.map(({ name }) => row[name] ?? null));
