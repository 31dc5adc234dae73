import { createHash } from 'node:crypto';
import type { CharacterSheet, ExperimentConfig, JsonObject, PinnedDependencies } from '@dcs/engine';
import { canonicalJson } from './canonicalJson.ts';

const sha256 = (value: unknown): string => createHash('sha256').update(canonicalJson(value)).digest('hex');

/** Names a sheet by its content: SHA-256, in hexadecimal, of its canonical JSON. Any edit gives another revision. */
export function characterRevision(sheet: CharacterSheet): string {
  return sha256(sheet);
}

/**
 * Names a configuration and what it goes by in the same way: of `{"config": …, "dependencies": …}`. How its files were
 * written, and in which order, makes no difference. `null` for what was kept before dependencies were: of the configuration.
 */
export function experimentRevision(
  config: ExperimentConfig | JsonObject,
  dependencies: PinnedDependencies | JsonObject | null,
): string {
  return sha256(dependencies === null ? config : { config, dependencies });
}
