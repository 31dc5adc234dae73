import { createHash } from 'node:crypto';
import type { CharacterSheet, ExperimentConfig } from '@dcs/engine';
import { canonicalJson } from './canonicalJson.ts';

const sha256 = (value: unknown): string => createHash('sha256').update(canonicalJson(value)).digest('hex');

/** Names a sheet by its content: SHA-256, in hexadecimal, of its canonical JSON. Any edit gives another revision. */
export function characterRevision(sheet: CharacterSheet): string {
  return sha256(sheet);
}

/** Names a configuration in the same way. How its file was written, and in which order, makes no difference. */
export function experimentRevision(config: ExperimentConfig): string {
  return sha256(config);
}
