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

/** How many of the events that a reader received are not in the log as it received them. */
export async function differences(line: Line, reader: SessionReader): Promise<number> {
  const { sessionId, seen, lastSeq } = reader;
  if (seen.length !== lastSeq)
    throw new Error(`Session ${sessionId}: a reader did not keep what it received.`);
  const log = await readLog(line, sessionId, lastSeq);
  return seen.filter(({ seq, eventId, content }) => {
    const event = log[seq - 1];
    return event?.seq !== seq || event.eventId !== eventId || event.content !== content;
  }).length;
}

/** Compares all that a reader received with the log. Throws on a difference. */
export async function audit(line: Line, reader: SessionReader): Promise<void> {
  const count = await differences(line, reader);
  if (count > 0)
    throw new Error(`Session ${reader.sessionId}: ${count} events are not in the log as they were received.`);
}
