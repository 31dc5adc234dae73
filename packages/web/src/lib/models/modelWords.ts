import type { BreakerDto, CapDto, RoleUseDto } from '@dcs/api';
import { countInWords, dollarsInWords } from '#lib/figures.ts';

/* What the page of models says, in the words of the documents. */

export const ROLE_WORDS: Readonly<Record<RoleUseDto['role'], string>> = {
  opener: 'Opener',
  updater: 'Updater',
  playerJudge: 'Player judge',
  simulatorJudge: 'Simulator judge',
  scorer: 'Scorer',
  player: 'Model player',
};

export const ROLE_TASKS: Readonly<Record<RoleUseDto['role'], string>> = {
  opener: 'opens scenes',
  updater: 'answers players',
  playerJudge: 'judges what players do',
  simulatorJudge: 'judges what characters do',
  scorer: 'scores',
  player: 'plays in the place of a person',
};

export const BREAKER_WORDS: Readonly<Record<BreakerDto['state'], string>> = {
  closed: 'asked as usual',
  halfOpen: 'on trial after failures',
  open: 'left alone after failures',
};

export const SCOPE_WORDS: Readonly<Record<CapDto['scope'], string>> = {
  turn: 'One turn',
  session: 'One session',
  player: 'One player within 24 hours',
  experiment: 'One experiment',
};

const FAILURES: Readonly<Record<string, string>> = {
  'model/unavailable': 'Could not be reached, or broke off',
  'model/timeout': 'Took too long',
  'model/refused': 'Gave no usable answer',
  'model/cancelled': 'No longer wanted',
  'limit/model-tokens': 'Ended by a cap on tokens',
  'limit/model-cost': 'Ended by a cap on cost',
  'limit/model-time': 'Ended by a cap on time',
};

/** Unknown reasons are shown as they are. */
export const failureInWords = (reason: string): string =>
  Object.hasOwn(FAILURES, reason) ? (FAILURES[reason] ?? reason) : reason;

/** What a cap limits, with its unit. */
export function amountInWords(amount: number, measure: CapDto['measure']): string {
  switch (measure) {
    case 'tokens':
      return `${countInWords(amount)} tokens`;
    case 'dollars':
      return dollarsInWords(amount);
    case 'seconds':
      return `${countInWords(amount)} s`;
    default: {
      const unreachable: never = measure;
      return unreachable;
    }
  }
}
