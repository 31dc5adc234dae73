import { isLifecycle } from '@dcs/engine';
import type { SessionEvent } from '@dcs/engine';

/** What roll-backs took out of a game. Seats that changed hands meanwhile, and time that passed, stay as they are. */
export function createTakenBack() {
  const stretches: { readonly after: number; readonly before: number }[] = [];
  return {
    learn: ({ kind, seq, data }: SessionEvent): void => {
      const toSeq = kind === 'rolled_back' ? data?.['toSeq'] : undefined;
      if (typeof toSeq === 'number') stretches.push({ after: toSeq, before: seq });
    },
    has: (event: SessionEvent): boolean =>
      !isLifecycle(event) && stretches.some(({ after, before }) => event.seq > after && event.seq < before),
  };
}
