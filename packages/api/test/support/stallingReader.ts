import { get } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { WebSocket } from 'ws';
import type { ReaderOptions } from './readers.ts';

/** How a reader is connected: a bare WebSocket, or server-sent events over a bare HTTP connection. */
export const STALLING_KINDS = ['ws', 'sse'] as const;
export type StallingKind = (typeof STALLING_KINDS)[number];

/** A reader that can stop reading: what comes then stays in its connection, and after that at the server. */
export interface StallingReader extends Disposable {
  /** The seqs of the events that it has read. */
  readonly seqs: readonly number[];
  /** Everything but events that it has read, as it came. */
  readonly words: readonly string[];
  stall(): void;
  goOn(): void;
  /** Resolves when it fits; it is looked at whenever something was read. Rejects when the connection ends before. */
  until(fits: (reader: StallingReader) => boolean): Promise<void>;
}

interface Connection {
  readonly pause: () => void;
  readonly resume: () => void;
  readonly destroy: () => void;
}

interface Ears {
  readonly hear: (message: string) => void;
  readonly end: () => void;
}

const inputOf = ({ sessionId, after }: ReaderOptions) => ({
  json: { sessionId, lastEventId: String(after) },
});

function connectWs(options: ReaderOptions, { hear, end }: Ears): Connection {
  const socket = new WebSocket(`${options.url.replace('http', 'ws')}/trpc?connectionParams=1`);
  socket.once('open', () => {
    socket.send(JSON.stringify({ method: 'connectionParams', data: { accessKey: options.accessKey } }));
    const params = { path: 'play.events', input: inputOf(options) };
    socket.send(JSON.stringify({ id: 1, jsonrpc: '2.0', method: 'subscription', params }));
  });
  socket.on('message', (data: Buffer) => {
    const text = data.toString('utf8');
    if (text === 'PING') socket.send('PONG');
    else hear(text);
  });
  socket.on('error', () => undefined); // `close` follows
  socket.once('close', end);
  return {
    pause: () => socket.pause(),
    resume: () => socket.resume(),
    destroy: () => socket.terminate(),
  };
}

function connectSse(options: ReaderOptions, { hear, end }: Ears): Connection {
  const input = encodeURIComponent(JSON.stringify(inputOf(options)));
  const headers = { accept: 'text/event-stream', authorization: `Bearer ${options.accessKey}` };
  let response: IncomingMessage | null = null;
  const request = get(`${options.url}/trpc/play.events?input=${input}`, { headers }, (answer) => {
    response = answer.setEncoding('utf8');
    let rest = '';
    answer.on('data', (text: string) => {
      const messages = (rest + text).split('\n\n');
      rest = messages.pop() ?? '';
      for (const message of messages) hear(message);
    });
    answer.on('error', () => undefined); // `close` follows
    answer.once('close', end);
  });
  request.on('error', end);
  return {
    pause: () => response?.pause(),
    resume: () => response?.resume(),
    destroy: () => request.destroy(),
  };
}

const CONNECT = { ws: connectWs, sse: connectSse } as const;

/** Follows a session. Whoever calls disposes of it. */
export function openStallingReader(kind: StallingKind, options: ReaderOptions): StallingReader {
  const seqs: number[] = [];
  const words: string[] = [];
  let hasEnded = false;
  let stirred = Promise.withResolvers<void>();

  function stir(): void {
    stirred.resolve();
    stirred = Promise.withResolvers();
  }

  const connection = CONNECT[kind](options, {
    hear: (message) => {
      // In an event its number comes before its words, and no words of these tests look like one.
      const found = [...message.matchAll(/"seq":(\d+)/g)].map(([, seq]) => Number(seq));
      seqs.push(...found);
      if (found.length === 0) words.push(message);
      stir();
    },
    end: () => {
      hasEnded = true;
      stir();
    },
  });

  const reader: StallingReader = {
    seqs,
    words,
    stall: connection.pause,
    goOn: connection.resume,
    until: async (fits) => {
      while (!fits(reader)) {
        if (hasEnded) throw new Error(`The connection ended after ${seqs.length} events.`);
        await stirred.promise;
      }
    },
    [Symbol.dispose]: connection.destroy,
  };
  return reader;
}
