import { LRUCache } from 'lru-cache';
import type { ModelCallFigures, ModelCallStore, ModelCallSum } from '../../store/ports.ts';
import { totalOf } from '../modelUse.ts';
import { RECENT_MS } from './experimentAlerts.ts';

/** What the calls to models of an experiment come to. */
export interface CallFigures {
  readonly sums: readonly ModelCallSum[];
  readonly figures: ModelCallFigures;
  /** Of those that began in the last quarter of an hour; none where no call has ever failed. */
  readonly recent: readonly ModelCallSum[];
}

export interface CallFiguresPorts {
  readonly calls: Pick<ModelCallStore, 'sums' | 'figures'>;
  readonly clock: { now(): number };
}

const MOST_EXPERIMENTS = 100;
/** Of the time that passes, no more than a tenth is spent on reading: it takes the longer, the more was played. */
const REST = 9;
const LEAST_MS = 50;
const MOST_MS = 30_000;

/** Reads them once for all pages that watch an experiment, and again when that is worth it. */
export function createCallFigures({
  calls,
  clock,
}: CallFiguresPorts): (experimentId: string) => Promise<CallFigures> {
  async function read(experimentId: string): Promise<CallFigures> {
    const [sums, figures] = await Promise.all([
      calls.sums({ experimentId }),
      calls.figures({ experimentId }),
    ]);
    // Where nothing has ever failed, nothing is failing now.
    const hasFailures = totalOf(sums).failures > 0;
    const recent = hasFailures ? await calls.sums({ experimentId, since: clock.now() - RECENT_MS }) : [];
    return { sums, figures, recent };
  }

  const known = new LRUCache<string, CallFigures>({
    max: MOST_EXPERIMENTS,
    ttl: LEAST_MS,
    fetchMethod: async (experimentId, _stale, { options }) => {
      const begun = performance.now();
      const found = await read(experimentId);
      options.ttl = Math.min(MOST_MS, Math.max(LEAST_MS, REST * (performance.now() - begun)));
      return found;
    },
  });
  return (experimentId) => known.forceFetch(experimentId);
}
