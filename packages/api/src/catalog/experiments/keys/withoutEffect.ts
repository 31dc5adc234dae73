import { doubt } from '../configProblem.ts';
import type { ConfigProblem } from '../configProblem.ts';
import type { Traced } from './traced.ts';

/** A word about something that older engines understood, or let pass, and that says nothing here. */
export function withoutEffect({ path }: Traced): ConfigProblem {
  const words = { reason: 'experiment/key-without-effect', message: 'has no effect here' };
  return doubt(path, { ...words, fix: 'Remove it.' });
}
