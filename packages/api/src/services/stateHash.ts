import { createHash } from 'node:crypto';
import type { SessionHeader, SessionState } from '@dcs/engine';
import { canonicalJson } from '../catalog/canonicalJson.ts';

/**
 * Names a state by its content: SHA-256, in hexadecimal, of its canonical JSON. The session's seed, which nobody but the
 * server knows, is part of it: a player must not find another's cards by hashing every hand there could be.
 */
export function stateHash({ seed }: Pick<SessionHeader, 'seed'>, state: SessionState): string {
  return createHash('sha256').update(canonicalJson({ seed, state })).digest('hex');
}
