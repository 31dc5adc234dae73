import type { ExperimentConfig } from '@dcs/engine';
import { createHash } from 'node:crypto';

const ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
/** In characters. */
export const CODE_LENGTH = 10;

/**
 * The code that a participant gets at the end: the same one whenever it is asked for, so that it stands in the data too.
 * It follows from an id that nobody can guess, and tells nothing of it. 50 bits, without letters that look alike.
 */
export function completionCode(experiment: string, participantId: string): string {
  const hash = createHash('sha256').update(`dcs completion\0${experiment}\0${participantId}`).digest();
  return [...hash.subarray(0, CODE_LENGTH)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('');
}

/** What a participant gets at the end, by a configuration; `null` where nobody gets a code. */
export function codeFor(
  { name, completion }: Pick<ExperimentConfig, 'name' | 'completion'>,
  participantId: string,
): string | null {
  switch (completion.code) {
    case 'none':
      return null;
    case 'shared':
      return completion.sharedCode ?? null;
    case 'individual':
      return completionCode(name, participantId);
    default: {
      const unreachable: never = completion.code;
      return unreachable;
    }
  }
}
