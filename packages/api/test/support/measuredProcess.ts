import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { z } from 'zod';

/** What a server holds at a moment. */
export interface Measurement {
  readonly heapBytes: number;
  /** Memory outside the heap, such as what waits to be sent. */
  readonly bufferBytes: number;
  /** Streams that are followed. */
  readonly readers: number;
  readonly sockets: number;
  readonly timers: { readonly once: number; readonly repeating: number };
}

/** A server in memory in a process of its own, so that only what it holds is measured. */
export interface MeasuredProcess extends AsyncDisposable {
  readonly url: string;
  /** Collects garbage first. */
  readonly measure: () => Promise<Measurement>;
  /** As `measure`, but garbage counts as well, and it takes no time. */
  readonly glance: () => Promise<Measurement>;
  /** Lets everything that waits for its time happen now, then measures. */
  readonly settle: () => Promise<Measurement>;
}

/** What the program of a measured server is asked for. */
export type Order = 'measure' | 'glance' | 'settle';

const addressSchema = z.object({ url: z.string() });
const measurementSchema = z.object({
  heapBytes: z.number(),
  bufferBytes: z.number(),
  readers: z.number(),
  sockets: z.number(),
  timers: z.object({ once: z.number(), repeating: z.number() }),
});

export async function startMeasuredProcess(): Promise<MeasuredProcess> {
  const child = fork(path.join(import.meta.dirname, 'measuredServer.ts'), { execArgv: ['--expose-gc'] });
  const ended = once(child, 'exit');

  async function answer(): Promise<unknown> {
    const [message] = await Promise.race([
      once(child, 'message'),
      ended.then(([code]) => {
        throw new Error(`The measured server ended with code ${String(code)}.`);
      }),
    ]);
    return message;
  }

  async function ask(order: Order): Promise<Measurement> {
    const coming = answer();
    child.send(order);
    return measurementSchema.parse(await coming);
  }

  const { url } = addressSchema.parse(await answer());
  return {
    url,
    measure: () => ask('measure'),
    glance: () => ask('glance'),
    settle: () => ask('settle'),
    [Symbol.asyncDispose]: async () => {
      child.disconnect();
      await ended;
    },
  };
}
