import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { EventDto } from '../../src/client/index.ts';
import { openCuttingLine } from './cuttingLine.ts';
import type { Cut } from './cuttingLine.ts';
import { openReader, READER_KINDS } from './readers.ts';
import type { ReaderKind } from './readers.ts';
import { writing } from './scribe.ts';
import type { TestApp, TestPlayer } from './testApp.ts';

/** One reader's way through a session: where it begins, when, and at which bytes its connections break. */
interface ReaderPlan {
  readonly kind: ReaderKind;
  /** How much of the log so far it has seen already, in hundredths. */
  readonly seenPercent: number;
  /** It begins after so many turns. */
  readonly joinsAfter: number;
  readonly cuts: readonly Cut[];
}

interface SessionPlan {
  /** Lines that each turn writes. */
  readonly turns: readonly number[];
  readonly readers: readonly ReaderPlan[];
}

/** What was tried so far. */
export interface CutAndResumeTally {
  /** Readers that followed a session to its end. */
  sequences: number;
  /** Connections that were broken. */
  cuts: number;
  /** Events that arrived. */
  events: number;
}

export const READERS_PER_SESSION = 4;

const cutPlan: fc.Arbitrary<Cut> = fc.record({
  direction: fc.constantFrom('toClient', 'toClient', 'toClient', 'toServer'),
  // The first hundreds of bytes are the handshakes; most frames are longer.
  afterBytes: fc.oneof(fc.nat({ max: 600 }), fc.nat({ max: 6_000 }), fc.nat({ max: 40_000 })),
  how: fc.constantFrom('reset', 'end'),
});

const readerPlan: fc.Arbitrary<ReaderPlan> = fc.record({
  kind: fc.constantFrom(...READER_KINDS),
  seenPercent: fc.oneof(fc.constant(0), fc.nat({ max: 100 })),
  joinsAfter: fc.nat({ max: 6 }),
  cuts: fc.array(cutPlan, { minLength: 1, maxLength: 6 }),
});

const sessionPlan: fc.Arbitrary<SessionPlan> = fc.record({
  // Now and then more than a frame may hold, and more than a reader's queue.
  turns: fc.array(fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 1, max: 20 }) }, fc.constant(300)), {
    minLength: 1,
    maxLength: 8,
  }),
  readers: fc.array(readerPlan, { minLength: READERS_PER_SESSION, maxLength: READERS_PER_SESSION }),
});

async function transcriptOf({ client }: TestPlayer, sessionId: string): Promise<readonly EventDto[]> {
  const events: EventDto[] = [];
  for (;;) {
    const afterSeq = events.at(-1)?.seq ?? 0;
    const page = await client.sessions.transcript.query({ sessionId, afterSeq });
    events.push(...page.events);
    if (!page.hasMore) return events;
  }
}

/** A session that is written while readers come, lose their connections and come back. */
async function playSession(app: TestApp, writer: TestPlayer, plan: SessionPlan): Promise<CutAndResumeTally> {
  const { play } = writer.client.trpc;
  const { sessionId } = await play.create.mutate({ game: 'scribe', commandId: crypto.randomUUID() });
  let { lastSeq } = await play.open.mutate({ sessionId });
  await using cleanUp = new AsyncDisposableStack();
  const readers: (ReaderPlan & { readonly after: number; readonly reader: ReturnType<typeof openReader> })[] =
    [];
  const lines: { readonly cuts: number }[] = [];

  async function join(reader: ReaderPlan): Promise<void> {
    const line = cleanUp.use(await openCuttingLine(app.url, reader.cuts));
    const after = Math.floor((lastSeq * reader.seenPercent) / 100);
    const options = { url: line.url, accessKey: writer.accessKey, sessionId, after };
    readers.push({ ...reader, after, reader: cleanUp.use(openReader(reader.kind, options)) });
    lines.push(line);
  }

  for (const [turn, count] of plan.turns.entries()) {
    await Promise.all(plan.readers.filter(({ joinsAfter }) => joinsAfter === turn).map(join));
    const reply = await play.act.mutate({ sessionId, commandId: `turn-${turn}`, ...writing(count) });
    ({ lastSeq } = reply);
  }
  await Promise.all(plan.readers.filter(({ joinsAfter }) => joinsAfter >= plan.turns.length).map(join));
  await Promise.all(readers.map(({ reader }) => reader.arrived(lastSeq)));
  const log = await transcriptOf(writer, sessionId);
  for (const { reader, after, kind } of readers) {
    assert.deepEqual(
      reader.events,
      log.slice(after),
      `What a reader (${kind}) got after ${after} is the log.`,
    );
  }
  return {
    sequences: readers.length,
    cuts: lines.reduce((sum, { cuts }) => sum + cuts, 0),
    events: readers.reduce((sum, { reader }) => sum + reader.events.length, 0),
  };
}

/** Whoever's connection breaks, wherever and however often, gets the log from where it began: all of it, once, in order. */
export function resumesExactly(
  app: TestApp,
  writer: TestPlayer,
  tally: CutAndResumeTally,
): fc.IAsyncPropertyWithHooks<[SessionPlan]> {
  return fc.asyncProperty(sessionPlan, async (plan) => {
    const done = await playSession(app, writer, plan);
    tally.sequences += done.sequences;
    tally.cuts += done.cuts;
    tally.events += done.events;
  });
}
