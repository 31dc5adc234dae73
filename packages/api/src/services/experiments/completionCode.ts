import type { ExperimentConfig } from '@dcs/engine';
import { createHash } from 'node:crypto';

const ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
/** In characters. */
const CODE_LENGTH = 10;

/**
 * The code that a participant gets at the end: the same one whenever it is asked for, so that it stands in the data too.
 * It follows from an id that nobody can guess, and tells nothing of it. 50 bits, without letters that look alike.
 */
function individualCode(experiment: string, participantId: string): string {
  const hash = createHash('sha256').update(`dcs completion\0${experiment}\0${participantId}`).digest();
  return [...hash.subarray(0, CODE_LENGTH)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('');
}

type Thanks = Pick<ExperimentConfig, 'name' | 'completion'>;

/** What a participant gets at the end, by a configuration; `null` where nobody gets a code. */
export function codeFor({ name, completion }: Thanks, participantId: string): string | null {
  switch (completion.code) {
    case 'none':
      return null;
    case 'shared':
      return completion.sharedCode ?? null;
    case 'individual':
      return individualCode(name, participantId);
    default: {
      const unreachable: never = completion.code;
      return unreachable;
    }
  }
}

/** Whether somebody who shows `code`, in lower case, may be this participant. */
export function isCodeFor(code: string, config: Thanks, participantId: string): boolean {
  // A code of one's own is a hash for each participant: none is made for what cannot be one.
  if (config.completion.code === 'individual' && code.length !== CODE_LENGTH) return false;
  return codeFor(config, participantId)?.toLowerCase() === code;
}
