import { isOfGame, readFeedback } from '@dcs/engine';
import type { SessionEvent } from '@dcs/engine';

/** The place of what stands or falls with an event: its own, or that of the reply that it is about; `null` for neither. */
function placeOf(event: SessionEvent): number | null {
  if (event.kind === 'feedback') return readFeedback(event).replySeq;
  return isOfGame(event) ? event.seq : null;
}

/**
 * What roll-backs took out of a game, with what was thought of it. Seats that changed hands meanwhile, and time that
 * passed, stay as they are.
 */
export function createTakenBack() {
  const stretches: { readonly after: number; readonly before: number }[] = [];
  return {
    learn: ({ kind, seq, data }: SessionEvent): void => {
      const toSeq = kind === 'rolled_back' ? data?.['toSeq'] : undefined;
      if (typeof toSeq === 'number') stretches.push({ after: toSeq, before: seq });
    },
    has: (event: SessionEvent): boolean => {
      const place = placeOf(event);
      return place !== null && stretches.some(({ after, before }) => place > after && place < before);
    },
  };
}
