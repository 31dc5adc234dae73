import type { GameEntry, LanguageModel } from '@dcs/engine';
import { WebSocket } from 'ws';
import { createClient } from '../../src/client/index.ts';
import type { ClientOptions, DcsClient } from '../../src/client/index.ts';
import { readEnv } from '../../src/env.ts';
import { createLogger } from '../../src/logger.ts';
import { startServer } from '../../src/server.ts';
import type { RunningServer, ServerOptions } from '../../src/server.ts';
import { openMemoryStorage } from '../../src/storage.ts';
import type { Storage } from '../../src/storage.ts';
import type { ConnectionLimits } from '../../src/stream/connection.ts';

export interface TestAppOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly storage?: Storage;
  readonly moreGames?: readonly GameEntry[];
  readonly moreExperiments?: ServerOptions['moreExperiments'];
  readonly model?: LanguageModel;
  readonly clock?: ServerOptions['clock'];
  readonly projectDir?: string;
  readonly limits?: Partial<ConnectionLimits>;
}

/** A real server on a free port, with clients that are closed with it. */
export interface TestApp extends AsyncDisposable {
  readonly server: RunningServer;
  readonly storage: Storage;
  readonly url: string;
  /** Lines that the server logged as errors. */
  readonly faults: readonly string[];
  /** A client without a key, or with the given one. */
  client(options?: Partial<ClientOptions>): DcsClient;
  /** Registers somebody and gives a client that is signed in as them. */
  player(name?: string): Promise<TestPlayer>;
  /** A socket as any program could open it; `path` is what follows the address. */
  socket(path?: string, headers?: Readonly<Record<string, string>>): RawSocket;
  /** Calls a procedure over HTTP as any program could. */
  http(path: string, request?: HttpRequest): Promise<{ readonly status: number; readonly body: unknown }>;
}

export interface TestPlayer {
  readonly playerId: string;
  readonly accessKey: string;
  readonly client: DcsClient;
}

export interface HttpRequest {
  readonly method?: 'GET' | 'POST';
  readonly key?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly input?: unknown;
  readonly rawBody?: string;
}

export const someone = (name = 'Ada Lovelace') => ({
  fullName: name,
  email: 'ada@example.org',
  phoneNumber: '+44 20 7946 0000',
  consentToFollowup: true,
  consentSignature: name,
});

/** Text as a network would deliver it, with waiting for what is to come. */
export interface RawSocket {
  readonly socket: WebSocket;
  readonly opened: Promise<void>;
  /** Resolves with the close code; 1006 when the upgrade was refused. */
  readonly closed: Promise<number>;
  /** What the close frame said; empty before it came. */
  readonly closeReason: string;
  /** The HTTP status of a refused upgrade. */
  readonly refused: Promise<number>;
  send(message: unknown): void;
  /** The next message that fits. */
  next(fits?: (message: Record<string, unknown>) => boolean): Promise<Record<string, unknown>>;
}

function openRaw(url: string, headers: Readonly<Record<string, string>>): RawSocket {
  const socket = new WebSocket(url, { headers });
  const received: Record<string, unknown>[] = [];
  let waiting: (() => void)[] = [];
  socket.on('message', (data: Buffer) => {
    const text = data.toString('utf8');
    if (text === 'PING') return socket.send('PONG');
    received.push(text === 'PONG' ? { pong: true } : JSON.parse(text));
    for (const wake of waiting.splice(0)) wake();
  });
  const opened = new Promise<void>((resolve) => socket.once('open', () => resolve()));
  let closeReason = '';
  const closed = new Promise<number>((resolve) =>
    socket.once('close', (code, reason) => {
      closeReason = reason.toString('utf8');
      resolve(code);
    }),
  );
  const refused = new Promise<number>((resolve) =>
    socket.once('unexpected-response', (request, response) => {
      resolve(response.statusCode ?? 0);
      request.destroy();
    }),
  );
  socket.on('error', () => undefined);
  return {
    socket,
    opened,
    closed,
    get closeReason() {
      return closeReason;
    },
    refused,
    send: (message) => socket.send(typeof message === 'string' ? message : JSON.stringify(message)),
    next: async (fits = () => true) => {
      for (;;) {
        const index = received.findIndex(fits);
        const [found] = index === -1 ? [] : received.splice(index, 1);
        if (found !== undefined) return found;
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
    },
  };
}

async function callHttp(url: string, path: string, request: HttpRequest) {
  const { method = 'GET', key, headers = {}, input, rawBody } = request;
  const query =
    method === 'GET' && input !== undefined
      ? `?input=${encodeURIComponent(JSON.stringify({ json: input }))}`
      : '';
  const body = method === 'POST' ? (rawBody ?? JSON.stringify({ json: input })) : undefined;
  const response = await fetch(`${url}${path}${query}`, {
    method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
      ...headers,
    },
    ...(body === undefined ? {} : { body }),
  });
  const text = await response.text();
  return {
    status: response.status,
    body: text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : text,
  };
}

/** Starts a server in memory unless another storage is given; replies are written at once. */
export async function testApp(options: TestAppOptions = {}): Promise<TestApp> {
  const faults: string[] = [];
  const logger = createLogger('error', { write: (line: string) => void faults.push(line) });
  const storage = options.storage ?? openMemoryStorage();
  const { moreGames, moreExperiments, model, clock, projectDir, limits } = options;
  const serverOptions: ServerOptions = {
    env: readEnv({ PORT: '0', SCRIPTED_PACE_MS: '0', ...options.env }),
    logger,
    storage,
    headless: true,
    processMetrics: false,
    ...(moreGames === undefined ? {} : { moreGames }),
    ...(moreExperiments === undefined ? {} : { moreExperiments }),
    ...(model === undefined ? {} : { model }),
    ...(clock === undefined ? {} : { clock }),
    ...(projectDir === undefined ? {} : { projectDir }),
    ...(limits === undefined ? {} : { limits }),
  };
  const server = await startServer(serverOptions);
  const url = `http://127.0.0.1:${server.port}`;
  const clients: DcsClient[] = [];
  const sockets: RawSocket[] = [];

  function client(given: Partial<ClientOptions> = {}): DcsClient {
    const made = createClient({ url, backoff: { minMs: 1, maxMs: 20 }, ...given });
    clients.push(made);
    return made;
  }

  return {
    server,
    storage,
    url,
    faults,
    client,
    player: async (name) => {
      const made = client();
      const { playerId, accessKey } = await made.players.register.mutate(someone(name));
      made.signIn(accessKey);
      return { playerId, accessKey, client: made };
    },
    socket: (path = '/trpc', headers = {}) => {
      const raw = openRaw(`ws://127.0.0.1:${server.port}${path}`, headers);
      sockets.push(raw);
      return raw;
    },
    http: (path, request = {}) => callHttp(url, path, request),
    [Symbol.asyncDispose]: async () => {
      for (const made of clients) made.close();
      for (const { socket } of sockets) socket.terminate();
      await server.stop();
    },
  };
}

/** The refusal that a call ends in, or a failure of the test. */
export async function refusalOf(call: Promise<unknown>): Promise<unknown> {
  const outcome = await call.then(
    () => null,
    (error: unknown) => error,
  );
  if (outcome === null) throw new Error('The call was not refused.');
  return outcome;
}
