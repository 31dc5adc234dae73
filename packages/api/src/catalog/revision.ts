import { createHash } from 'node:crypto';
import type { CharacterSheet } from '@dcs/engine';
import { canonicalJson } from './canonicalJson.ts';

/** Names a sheet by its content: SHA-256, in hexadecimal, of its canonical JSON. Any edit gives another revision. */
export function characterRevision(sheet: CharacterSheet): string {
  return createHash('sha256').update(canonicalJson(sheet)).digest('hex');
}
