import { ApiError } from '../errors.ts';

/** The seq that a reader has seen last, from the id of its last frame; 0 for a reader that starts afresh. */
export function readCursor(lastEventId: string | null): number {
  if (lastEventId === null || lastEventId === '') return 0;
  if (!/^\d{1,15}$/.test(lastEventId)) {
    throw new ApiError(
      'stream/invalid-cursor',
      'Subscribe with the id of the last frame you got, or without one.',
    );
  }
  return Number(lastEventId);
}

/**
 * Nobody can have seen what is not in the log, because only durable events are shown. To go on silently would hide
 * that the reader's events are not ours, so it is told to start afresh.
 */
export function assertNotAhead(cursor: number, lastSeq: number): void {
  if (cursor <= lastSeq) return;
  const message =
    'You ask for what comes after events that this session does not have. Subscribe without a last id.';
  throw new ApiError('stream/cursor-ahead', message);
}
