import type { Line } from './line.ts';
import type { SessionReader } from './sessionReader.ts';
import { transcriptSchema } from './shapes.ts';
import type { SeenEvent } from './shapes.ts';

const MOST_PER_PAGE = 200;

/** The log up to and with `lastSeq`, as the API tells it. */
async function readLog(line: Line, sessionId: string, lastSeq: number): Promise<readonly SeenEvent[]> {
  const events: SeenEvent[] = [];
  for (;;) {
    const afterSeq = events.length;
    const input = { sessionId, afterSeq, limit: MOST_PER_PAGE };
    const page = transcriptSchema.parse(await line.query('sessions.transcript', input));
    events.push(...page.events);
    if (events.length >= lastSeq || !page.hasMore) return events.slice(0, lastSeq);
  }
}

/** Compares all that a reader received with the log. Throws on the first difference. */
export async function audit(line: Line, reader: SessionReader): Promise<void> {
  const { sessionId, seen, lastSeq } = reader;
  const log = await readLog(line, sessionId, lastSeq);
  for (const [index, { seq, eventId, content }] of seen.entries()) {
    const event = log[index];
    if (event?.seq === seq && event.eventId === eventId && event.content === content) continue;
    throw new Error(`Session ${sessionId}: event ${seq} is not in the log as it was received.`);
  }
  if (seen.length !== lastSeq)
    throw new Error(`Session ${sessionId}: a reader did not keep what it received.`);
}
