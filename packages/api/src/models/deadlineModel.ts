import { ModelFailure } from '@dcs/engine';
import type { LanguageModel, ModelOccasion, ModelRequest } from '@dcs/engine';
import { LRUCache } from 'lru-cache';
import type { Timers } from '../services/timers.ts';
import { CallFailure } from './callFailure.ts';
import { createStopper } from './stopper.ts';

export interface DeadlineOptions {
  /** For all that is asked for one turn. */
  readonly turnMs: number;
  /** Milliseconds from any origin; never steps back. */
  readonly now: () => number;
  readonly timers: Timers;
}

/** Turns at the same time, with room to spare; one that is forgotten only gets its time anew. */
const MOST_TURNS = 50_000;

const turnOf = ({ sessionId, afterSeq }: ModelOccasion): string => `${sessionId}/${afterSeq}`;

const late = (turnMs: number): CallFailure =>
  new CallFailure('model/timeout', `There was no answer within the ${turnMs} ms of the turn.`);

/** Ends whatever is asked for a turn, waiting and repetitions included, when the turn's time is over. */
export function createDeadlineModel(
  model: LanguageModel,
  { turnMs, now, timers }: DeadlineOptions,
): LanguageModel {
  // By size: room for a number of entries would be set aside before there are any.
  const endings = new LRUCache<string, number>({ maxSize: MOST_TURNS, sizeCalculation: () => 1 });

  /** The time of a turn begins when a model is first asked for it. Who takes it has as much to make up its mind, each time it is asked. */
  function endOf({ role, occasion }: ModelRequest): number {
    if (occasion === null || role === 'player') return now() + turnMs;
    const turn = turnOf(occasion);
    const end = endings.get(turn) ?? now() + turnMs;
    endings.set(turn, end);
    return end;
  }

  return {
    id: model.id,
    generate: async (request, onText) => {
      const left = endOf(request) - now();
      if (left <= 0) throw late(turnMs);
      using stopper = createStopper(request.cancellation);
      const timer = timers.after(left, () => stopper.stop(late(turnMs)));
      try {
        return await model.generate({ ...request, cancellation: stopper.signal }, onText);
      } catch (failure) {
        const wasStopped = failure instanceof ModelFailure && failure.reason === 'model/cancelled';
        throw wasStopped && stopper.failure !== null ? stopper.failure : failure;
      } finally {
        timer.cancel();
      }
    },
  };
}
