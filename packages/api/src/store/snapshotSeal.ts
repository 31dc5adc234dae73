import { UnusableSnapshot } from '@dcs/engine';
import type { Snapshot } from '@dcs/engine';
import { createHash } from 'node:crypto';

/** A snapshot as text, with what proves that the text is still the same. */
export interface SealedSnapshot {
  readonly json: string;
  /** SHA-256 of the text, in hexadecimal. */
  readonly hash: string;
}

const hashOf = (json: string): string => createHash('sha256').update(json).digest('hex');

export function sealSnapshot(snapshot: Snapshot): SealedSnapshot {
  const json = JSON.stringify(snapshot);
  return { json, hash: hashOf(json) };
}

/** What was sealed. Throws UnusableSnapshot when the text is another. */
export function unsealSnapshot({ json, hash }: SealedSnapshot): unknown {
  if (hashOf(json) !== hash) {
    throw new UnusableSnapshot('snapshot/damaged', 'It is no longer what was kept.');
  }
  return JSON.parse(json);
}
