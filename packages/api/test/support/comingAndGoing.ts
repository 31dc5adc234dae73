import assert from 'node:assert/strict';
import { randomStream } from '@dcs/engine';
import type { RandomStream } from '@dcs/engine';
import { WebSocket } from 'ws';
import { createClient } from '../../src/client/index.ts';
import type { MeasuredProcess, Measurement } from './measuredProcess.ts';
import { writing } from './scribe.ts';
import { someone } from './testApp.ts';
import { until } from './until.ts';

/** Where readers come to. */
interface Place {
  readonly url: string;
  readonly accessKey: string;
  readonly sessionId: string;
}

/** Somebody who comes, begins to follow the session, and goes. */
type Visit = (place: Place, random: RandomStream) => Promise<void>;

const subscription = (sessionId: string) =>
  JSON.stringify({
    id: 1,
    jsonrpc: '2.0',
    method: 'subscription',
    params: { path: 'play.events', input: { json: { sessionId } } },
  });

/** Our client: goes before, at or after the first frame, by closing or by stopping to follow first. */
const visitWithClient: Visit = async ({ url, accessKey, sessionId }, random) => {
  const client = createClient({ url, accessKey });
  const [waits, stops] = [random.integer(0, 3) > 0, random.integer(0, 1) === 1];
  try {
    await new Promise<void>((resolve, reject) => {
      const following = client.trpc.play.events.subscribe(
        { sessionId },
        {
          onData: () => {
            if (stops) following.unsubscribe();
            resolve();
          },
          onError: reject,
        },
      );
      if (!waits) setImmediate(resolve);
    });
  } finally {
    client.close();
  }
};

/** A bare socket that breaks after any of the steps of its sign-in and subscription. */
const visitWithSocket: Visit = async ({ url, accessKey, sessionId }, random) => {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/trpc?connectionParams=1`);
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  socket.on('error', () => undefined); // it is broken off
  const lastStep = random.integer(0, 4);
  const steps: readonly (() => void)[] = [
    () => socket.send(JSON.stringify({ method: 'connectionParams', data: { accessKey } })),
    () => socket.send(subscription(sessionId)),
    () => socket.send(JSON.stringify({ id: 1, jsonrpc: '2.0', method: 'subscription.stop' })),
  ];
  const opened = new Promise<void>((resolve) => socket.once('open', () => resolve()));
  if (lastStep > 0) await opened;
  for (const step of steps.slice(0, lastStep)) {
    step();
    if (lastStep > 1 && step === steps[1]) await new Promise((resolve) => socket.once('message', resolve));
  }
  if (random.integer(0, 1) === 1) socket.terminate();
  else socket.close();
  await closed;
};

/** Server-sent events, given up before, at or after the first words. */
const visitWithSse: Visit = async ({ url, accessKey, sessionId }, random) => {
  const controller = new AbortController();
  const input = encodeURIComponent(JSON.stringify({ json: { sessionId } }));
  const asking = fetch(`${url}/trpc/play.events?input=${input}`, {
    headers: { authorization: `Bearer ${accessKey}`, accept: 'text/event-stream' },
    signal: controller.signal,
  });
  try {
    if (random.integer(0, 3) === 0) setImmediate(() => controller.abort());
    const response = await asking;
    assert.equal(response.status, 200);
    const reader = response.body?.getReader();
    if (random.integer(0, 1) === 1) await reader?.read();
  } catch (error) {
    if (!controller.signal.aborted) throw error;
  } finally {
    controller.abort();
  }
};

const VISITS = [visitWithClient, visitWithSocket, visitWithSse] as const;
const VISITORS_AT_ONCE = 8;

export interface ComingAndGoing {
  readonly visits: number;
  readonly seed: string;
  readonly report: (line: string) => void;
}

/** What was held before anyone came, while they came and went, and after all had gone. */
export interface Holdings {
  readonly before: Measurement;
  readonly after: Measurement;
  /** Heap in bytes after each twentieth of the visits. */
  readonly heap: readonly number[];
}

const STAGES = 20;

async function visitStage(place: Place, visits: number, random: RandomStream): Promise<void> {
  let left = visits;
  const visitors = Array.from({ length: VISITORS_AT_ONCE }, async () => {
    while ((left -= 1) >= 0) await (random.pick(VISITS) ?? visitWithClient)(place, random);
  });
  await Promise.all(visitors);
}

/** Lets `visits` readers come and go, a few at a time, and tells what the server held. */
export async function comeAndGo(
  server: MeasuredProcess,
  { visits, seed, report }: ComingAndGoing,
): Promise<Holdings> {
  const random = randomStream(`visits/${seed}`);
  const before = await server.settle();
  const host = createClient({ url: server.url });
  const { accessKey } = await host.players.register.mutate(someone());
  host.signIn(accessKey);
  const { sessionId } = await host.trpc.play.create.mutate({ game: 'scribe' });
  await host.trpc.play.open.mutate({ sessionId });
  await host.trpc.play.act.mutate({ sessionId, commandId: 'write', ...writing(20) });
  const place = { url: server.url, accessKey, sessionId };
  const heap: number[] = [];
  for (let stage = 1; stage <= STAGES; stage += 1) {
    await visitStage(place, Math.ceil(visits / STAGES), random);
    await until(async () => (await server.glance()).readers === 0); // what was broken off is noticed a little later
    const { heapBytes } = await server.measure();
    heap.push(heapBytes);
    report(`${Math.ceil(visits / STAGES) * stage} came and went, ${(heapBytes / 1e6).toFixed(2)} MB of heap`);
  }
  host.close();
  // Sockets that HTTP keeps for another request are closed after some seconds.
  await until(async () => (await server.glance()).sockets === 0);
  return { before, after: await server.settle(), heap };
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/** By what share the heap grew from the second quarter of the visits, when everything is warm, to the last. */
export function growthOf({ heap }: Holdings): number {
  const quarter = heap.length / 4;
  return median(heap.slice(-quarter)) / median(heap.slice(quarter, 2 * quarter)) - 1;
}
