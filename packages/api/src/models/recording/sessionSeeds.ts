import type { Ids } from '@dcs/engine';
import { createHash } from 'node:crypto';

/**
 * Seeds for the sessions of a run, in the order in which they are created: the same again for the same seed of the run, and
 * not to be guessed without it.
 */
export function createSessionSeeds(runSeed: string): Ids {
  let created = 0;
  return {
    next: () => {
      created += 1;
      return createHash('sha256')
        .update(JSON.stringify([runSeed, created]))
        .digest('hex');
    },
  };
}
