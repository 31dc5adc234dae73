import { stripVTControlCharacters } from 'node:util';

/** What moves the cursor, hides text or turns its direction; none of it has a place in one line of output. */
const UNSAFE = /[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;

/**
 * Text from files, databases and errors as one line that a terminal shows as it is: escape sequences go, other
 * control characters become a space, so that no data can forge a second line.
 */
export function printable(text: string): string {
  return stripVTControlCharacters(text).replaceAll(UNSAFE, ' ').trimEnd();
}

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** JSON on one line that is as harmless to print and loses nothing: unsafe characters inside strings are escaped. */
export function printableJsonLine(value: unknown): string {
  return harmless(JSON.stringify(value));
}

/** The same on as many lines as it takes to be read. */
export function printableJson(value: unknown): string {
  return JSON.stringify(value, null, 2).split('\n').map(harmless).join('\n');
}

const harmless = (json: string): string => json.replaceAll(UNSAFE, (run) => [...run].map(escaped).join(''));
