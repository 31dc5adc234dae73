import type { SessionLog } from '../ports.ts';
import type { SessionEvent } from './event.ts';

const LOG_PAGE = 500;

/** What the log of a session says after `afterSeq`, in order. */
export async function readLogAfter(
  log: Pick<SessionLog, 'read'>,
  sessionId: string,
  afterSeq: number,
): Promise<readonly SessionEvent[]> {
  const events: SessionEvent[] = [];
  for (;;) {
    const page = await log.read(sessionId, events.at(-1)?.seq ?? afterSeq, LOG_PAGE);
    events.push(...page);
    if (page.length < LOG_PAGE) return events;
  }
}
