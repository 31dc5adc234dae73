import type { SessionLog } from '../ports.ts';
import { startFold } from './state.ts';
import type { Fold, Step } from './state.ts';

const LOG_PAGE = 500;

/**
 * Goes through a session from its first event as its log tells it, a page of the log in memory at a time. There is no
 * shorter way to a place in the middle: folding tens of thousands of events takes less than a second.
 */
export async function* readSteps(
  log: Pick<SessionLog, 'read'>,
  sessionId: string,
  fold: Fold,
): AsyncGenerator<Step, void> {
  const underWay = startFold(fold);
  let lastSeq = 0;
  for (;;) {
    const page = await log.read(sessionId, lastSeq, LOG_PAGE);
    for (const event of page) yield { event, state: underWay.take(event) };
    if (page.length < LOG_PAGE) return;
    lastSeq = page.at(-1)?.seq ?? lastSeq;
  }
}
