import { createBackoff } from './backoff.ts';
import type { BackoffOptions } from './backoff.ts';
import { createHeartbeat } from './heartbeat.ts';

export type ConnectionState = 'connecting' | 'open' | 'reconnecting' | 'closed';

/** What a page shows and a test pulls. */
export interface Connection {
  readonly state: ConnectionState;
  /** Calls back at once with the present state, then with every change. Returns the way to stop. */
  subscribe(listener: (state: ConnectionState) => void): () => void;
  /** Cuts the line as a bad network would; the connection comes back by itself. */
  drop(): void;
}

/** The part of a WebSocket that is used; browsers and Node 24 have it. */
export interface SocketLike {
  send(text: string): void;
  close(): void;
  addEventListener(type: 'open' | 'error', listener: () => void): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(type: 'close', listener: (event: { readonly code: number }) => void): void;
}

export interface LineOptions {
  /** Opens a socket to the server. */
  readonly openSocket: () => SocketLike;
  /** To be sent before anything else on every new socket; `null` for nothing. */
  readonly greeting: () => string | null;
  readonly backoff: BackoffOptions;
  /** Silence after which the line is tested. */
  readonly heartbeatMs: number;
  readonly onOpen: () => void;
  readonly onMessage: (text: string) => void;
  /** The line broke; it is opened again unless `how` says why not. */
  readonly onDown: (how: LineDown) => void;
}

/**
 * How a line went down: for good because it was closed or its key revoked; by a message that was too large; or `null`,
 * as lines do.
 */
export type LineDown = 'closed' | 'key-revoked' | 'too-large' | null;

/** A line that is kept up. */
export interface Line extends Connection {
  /** Whether the text went out; it is not kept. */
  send(text: string): boolean;
  /** Breaks the line and opens it anew at once, for instance with another greeting; even after a revoked key. */
  renew(): void;
  /** For good. */
  readonly close: () => void;
}

const KEY_REVOKED = 4403;
const MESSAGE_TOO_BIG = 1009;

function howClosed(code: number): LineDown {
  if (code === KEY_REVOKED) return 'key-revoked';
  return code === MESSAGE_TOO_BIG ? 'too-large' : null;
}

export function createLine(options: LineOptions): Line {
  const listeners = new Set<(state: ConnectionState) => void>();
  const backoff = createBackoff(options.backoff);
  const heartbeat = createHeartbeat({
    silenceMs: options.heartbeatMs,
    ask: () => socket?.send('PING'),
    giveUp: () => broken(null),
  });
  let state: ConnectionState = 'connecting';
  let socket: SocketLike | null = null;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let closedForGood = false;

  function become(next: ConnectionState): void {
    if (next === state) return;
    state = next;
    for (const listener of listeners) listener(next);
  }

  function open(): void {
    clearTimeout(retry);
    const opened = options.openSocket();
    socket = opened;
    // What a socket still says after it was let go is not heard.
    const isCurrent = (): boolean => socket === opened;
    opened.addEventListener('open', () => {
      if (isCurrent()) greet(opened);
    });
    opened.addEventListener('message', ({ data }) => {
      if (isCurrent()) hear(opened, data);
    });
    opened.addEventListener('close', ({ code }) => {
      if (isCurrent()) broken(howClosed(code));
    });
    // A close event follows; without a listener some sockets throw.
    opened.addEventListener('error', () => undefined);
  }

  function greet(opened: SocketLike): void {
    const greeting = options.greeting();
    if (greeting !== null) opened.send(greeting);
    heartbeat.start();
    become('open');
    options.onOpen();
  }

  function hear(opened: SocketLike, data: unknown): void {
    backoff.reset();
    heartbeat.heard();
    if (data === 'PING') opened.send('PONG');
    else if (typeof data === 'string' && data !== 'PONG') options.onMessage(data);
  }

  function abandon(): void {
    heartbeat.stop();
    clearTimeout(retry);
    const old = socket;
    socket = null;
    old?.close();
  }

  function broken(how: LineDown): void {
    if (how === 'closed') closedForGood = true;
    else if (state === 'closed') return;
    abandon();
    const isFinal = how === 'closed' || how === 'key-revoked';
    become(isFinal ? 'closed' : 'reconnecting');
    options.onDown(how);
    if (!isFinal) retry = setTimeout(open, backoff.next());
  }

  function renew(): void {
    if (closedForGood) return;
    abandon();
    become('reconnecting');
    options.onDown(null);
    open();
  }

  open();
  return {
    get state() {
      return state;
    },
    subscribe: (listener) => {
      listeners.add(listener);
      listener(state);
      return () => listeners.delete(listener);
    },
    send: (text) => {
      if (state !== 'open' || socket === null) return false;
      socket.send(text);
      return true;
    },
    drop: () => broken(null),
    renew,
    close: () => broken('closed'),
  };
}
