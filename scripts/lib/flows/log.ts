import type { SessionEvent } from '@dcs/engine';

/** The place just after the turn with this number. */
export function endOfTurn(log: readonly SessionEvent[], turn: number): number {
  const last = log.findLast((event) => event.turn === turn && event.receipt?.accepted === true);
  if (last === undefined) throw new Error(`Turn ${turn} was not played.`);
  return last.seq;
}

export const isReply = (event: SessionEvent): boolean => event.source === 'npc';
export const isScore = (event: SessionEvent): boolean => event.data?.['score'] !== undefined;
export const isDie = (event: SessionEvent): boolean => event.data?.['die'] !== undefined;
