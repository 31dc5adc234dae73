import { describe, expect, it } from 'vitest';
import { createClient } from '../src/client/index.ts';
import type { DcsClient } from '../src/client/index.ts';
import { BUFFER_LIMITS } from '../src/stream/connection.ts';
import { startMeasuredProcess } from './support/measuredProcess.ts';
import type { Measurement } from './support/measuredProcess.ts';
import { openReader } from './support/readers.ts';
import { scribeEntry, writing } from './support/scribe.ts';
import { openStallingReader, STALLING_KINDS } from './support/stallingReader.ts';
import { someone, testApp } from './support/testApp.ts';
import type { TestApp } from './support/testApp.ts';

/*
 * Readers that stop reading while much is written: more than their connections hold by themselves, on either side.
 */

const TURNS = 12;
const LINES = 200;
/** What is written in all, about 14 MB. */
const LENGTH = 6_000;

interface Page {
  readonly client: DcsClient;
  readonly options: { readonly url: string; readonly accessKey: string; readonly sessionId: string };
  /** Writes all of it while somebody else reads along, and gives the last number. */
  readonly writeMuch: () => Promise<number>;
}

async function openPage(url: string, client: DcsClient): Promise<Page> {
  const { accessKey } = await client.players.register.mutate(someone());
  client.signIn(accessKey);
  const { sessionId } = await client.play.create.mutate({ game: 'scribe' });
  await client.play.open.mutate({ sessionId });
  const options = { url, accessKey, sessionId };
  return {
    client,
    options,
    writeMuch: async () => {
      using alongside = openReader('ours', { ...options, after: 0 });
      let lastSeq = 0;
      for (let turn = 0; turn < TURNS; turn += 1) {
        const command = { sessionId, commandId: `turn-${turn}`, ...writing(LINES, LENGTH) };
        ({ lastSeq } = await client.play.act.mutate(command));
        // Whoever keeps up gets each turn before the next is written, whatever others do.
        await alongside.arrived(lastSeq);
      }
      expect(alongside.events).toHaveLength(lastSeq);
      return lastSeq;
    },
  };
}

const upTo = (last: number): readonly number[] => Array.from({ length: last }, (_none, index) => index + 1);

async function metric(app: TestApp, name: string): Promise<number> {
  const { body } = await app.http('/metrics');
  const line = String(body)
    .split('\n')
    .find((text) => text.startsWith(`${name} `));
  return Number(line?.split(' ').at(-1) ?? 0);
}

describe.each(STALLING_KINDS)('a reader that stops reading, over %s', (kind) => {
  it('gets everything once and in order when it reads again, and holds up nobody', async () => {
    await using app = await testApp({ limits: { patienceMs: 600_000 }, moreGames: [scribeEntry] });
    const { options, writeMuch } = await openPage(app.url, app.client());
    using reader = openStallingReader(kind, { ...options, after: 0 });
    await reader.until(({ seqs }) => seqs.length > 0);
    reader.stall();
    const lastSeq = await writeMuch();
    expect(reader.seqs.length).toBeLessThan(lastSeq);
    reader.goOn();
    // What waited for it was forgotten, not kept: it goes on from the log.
    await expect.poll(() => metric(app, 'dcs_resyncs_total')).toBeGreaterThan(0);
    await reader.until(({ seqs }) => seqs.at(-1) === lastSeq);
    expect(reader.seqs).toEqual(upTo(lastSeq));
    expect(app.faults).toEqual([]);
  });
});

describe('a reader that has not read for too long', () => {
  it('is given up, is told that it may come back, and misses nothing when it does', async () => {
    await using app = await testApp({ limits: { patienceMs: 20 }, moreGames: [scribeEntry] });
    const { options, writeMuch } = await openPage(app.url, app.client());
    using reader = openStallingReader('ws', { ...options, after: 0 });
    await reader.until(({ seqs }) => seqs.length > 0);
    reader.stall();
    const lastSeq = await writeMuch();
    await expect.poll(() => metric(app, 'dcs_dropped_readers_total')).toBe(1);
    reader.goOn();
    await reader.until(({ words }) => words.some((word) => word.includes('stream/too-slow')));
    const refusal = reader.words.find((word) => word.includes('stream/too-slow')) ?? '';
    expect(JSON.parse(refusal)).toMatchObject({
      id: 1,
      error: { json: { data: { reason: 'stream/too-slow', retryable: true } } },
    });
    const after = reader.seqs.at(-1) ?? 0;
    expect(after).toBeLessThan(lastSeq);
    using again = openReader('ours', { ...options, after });
    await again.arrived(lastSeq);
    expect([...reader.seqs, ...again.events.map(({ seq }) => seq)]).toEqual(upTo(lastSeq));
  });
});

describe('a stream over HTTP that takes nothing any more', () => {
  it('is cut, and its reader misses nothing when it comes back', async () => {
    await using app = await testApp({ limits: { stalledStreamMs: 300 }, moreGames: [scribeEntry] });
    const { options, writeMuch } = await openPage(app.url, app.client());
    using reader = openStallingReader('sse', { ...options, after: 0 });
    await reader.until(({ seqs }) => seqs.length > 0);
    reader.stall();
    const lastSeq = await writeMuch();
    await expect.poll(() => metric(app, 'dcs_cut_connections_total{reason="stream/too-slow"}')).toBe(1);
    await expect.poll(() => metric(app, 'dcs_readers')).toBe(0);
    const after = reader.seqs.at(-1) ?? 0;
    expect(after).toBeLessThan(lastSeq);
    using again = openReader('ours', { ...options, after });
    await again.arrived(lastSeq);
    expect([...reader.seqs, ...again.events.map(({ seq }) => seq)]).toEqual(upTo(lastSeq));
  });
});

describe('a socket that asks for much and reads none of it', () => {
  it('is cut, and nobody else is', async () => {
    await using app = await testApp({ moreGames: [scribeEntry] });
    const { client, options, writeMuch } = await openPage(app.url, app.client());
    await writeMuch();
    const socket = app.socket('/trpc?connectionParams=1');
    await socket.opened;
    socket.send({ method: 'connectionParams', data: { accessKey: options.accessKey } });
    socket.socket.pause();
    const input = { json: { sessionId: options.sessionId, limit: LINES } };
    for (let id = 1; id <= 20; id += 1)
      socket.send({ id, jsonrpc: '2.0', method: 'query', params: { path: 'sessions.transcript', input } });
    await expect
      .poll(() => metric(app, 'dcs_cut_connections_total{reason="stream/too-slow"}'), { timeout: 10_000 })
      .toBe(1);
    socket.socket.resume();
    expect(await socket.closed).toBe(1006);
    expect(await client.players.me.query()).toMatchObject({ role: 'player' });
    expect(app.faults).toEqual([]);
  });
});

/** What a server holds, whether on the heap or in buffers on their way. */
const held = ({ heapBytes, bufferBytes }: Measurement): number => heapBytes + bufferBytes;

describe('many readers that stop reading', () => {
  const READERS = 8;
  /** What waits in its connection, its queue, and a turn that is being delivered. Each of them misses 14 MB. */
  const MOST_PER_READER = BUFFER_LIMITS.mostBytes + 2_000_000;

  it('cost a server bounded memory each, however much they miss', async () => {
    await using server = await startMeasuredProcess();
    using cleanUp = new DisposableStack();

    /** By how much it holds more once much has been written, of which as many readers as are asked for read little. */
    async function growth(stalled: number): Promise<number> {
      const client = cleanUp.adopt(createClient({ url: server.url }), (made) => made.close());
      const { options, writeMuch } = await openPage(server.url, client);
      const before = held(await server.measure());
      const readers = Array.from({ length: stalled }, (_none, index) =>
        cleanUp.use(openStallingReader(index % 2 === 0 ? 'ws' : 'sse', { ...options, after: 0 })),
      );
      await Promise.all(readers.map((reader) => reader.until(({ seqs }) => seqs.length > 0)));
      for (const reader of readers) reader.stall();
      await writeMuch();
      return held(await server.measure()) - before;
    }

    const written = await growth(0);
    const withReaders = await growth(READERS);
    expect((withReaders - written) / READERS).toBeLessThan(MOST_PER_READER);
  });
});
