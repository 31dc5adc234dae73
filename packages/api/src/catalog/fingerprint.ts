import { createHash } from 'node:crypto';
import { fingerprintText } from '@dcs/engine';
import type { FingerprintSubject } from '@dcs/engine';

/** Names all that decides how a character is played, by its content: SHA-256, in hexadecimal. */
export function characterFingerprint(subject: FingerprintSubject): string {
  return createHash('sha256').update(fingerprintText(subject)).digest('hex');
}
