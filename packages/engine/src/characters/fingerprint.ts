import type { JsonValue } from '../json.ts';
import type { CharacterSheet } from './character.schema.ts';

/** What decides how a character is played: evaluations of it count for as long as none of this changes. */
export interface FingerprintSubject {
  readonly sheet: CharacterSheet;
  /** Names the model that plays it, e.g. `openrouter:…`. */
  readonly model: string;
  readonly promptVersion: string;
}

const escaped = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;

const asciiText = (text: string): string => JSON.stringify(text).replaceAll(/[\u007F-\uFFFF]/g, escaped);

const isList = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value);

function asciiJson(value: JsonValue): string {
  if (typeof value === 'string') return asciiText(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (isList(value)) return `[${value.map(asciiJson).join(', ')}]`;
  const fields = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : Number(a > b)));
  return `{${fields.map(([key, field]) => `${asciiText(key)}: ${asciiJson(field)}`).join(', ')}}`;
}

/** A sheet as plain JSON: a field that is left out is not there, and not `undefined`. */
function plain(value: unknown): JsonValue {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number') return value;
  if (typeof value !== 'object' || value === null) return null;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, field]) => (field === undefined ? [] : [[key, plain(field)]])),
  );
}

/**
 * The text whose SHA-256, in hexadecimal, is a character's fingerprint: JSON with sorted keys, only ASCII, and a blank
 * after every comma and colon. It is what `json.dumps(subject, sort_keys=True)` gives in Python, so that whoever has the
 * sheet can check a fingerprint without us.
 */
export function fingerprintText({ sheet, model, promptVersion }: FingerprintSubject): string {
  return asciiJson({ character: plain(sheet), model, promptVersion });
}
