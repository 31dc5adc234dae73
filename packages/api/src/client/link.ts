import type { TRPCLink } from '@trpc/client';
import { observable } from '@trpc/server/observable';
import type { AppRouter } from '../routers/app.ts';
import { createBackoff } from './backoff.ts';
import type { Backoff, BackoffOptions } from './backoff.ts';
import type { LineDown } from './connection.ts';
import { DcsError } from './dcsError.ts';
import { decodeMessage, encodeRequest, encodeStop } from './wire.ts';
import type { ClientRequest, ServerMessage } from './wire.ts';

/** What the link needs of a line. */
export interface Sender {
  send(text: string): boolean;
  renew(): void;
}

/** Calls that wait for an answer, over however many sockets it takes. */
export interface Calls {
  readonly link: TRPCLink<AppRouter>;
  /** A socket is open: sends what waits, and again what may be sent again. */
  readonly opened: () => void;
  readonly received: (text: string) => void;
  /**
   * The socket is gone. What was sent and may not be repeated fails, and so does what was too large; the rest waits,
   * unless there is no more.
   */
  readonly down: (how: LineDown) => void;
}

/** The server cuts the line of whoever sends more. */
const MOST_BYTES = 64 * 1024;
/** Within which time everybody has left a server that asks for it. */
const LEAVE_WITHIN_MS = 2_000;
/** Attempts at a subscription that the server refuses for the moment. */
const MOST_ATTEMPTS = 12;

interface Observer {
  next(envelope: { result: { type: 'started' } | { type: 'data'; data: unknown } }): void;
  error(error: DcsError): void;
  complete(): void;
}

interface Call {
  readonly request: ClientRequest;
  readonly observer: Observer;
  readonly backoff: Backoff;
  wasSent: boolean;
  lastEventId: string | undefined;
  retry: ReturnType<typeof setTimeout> | undefined;
}

/**
 * Queries change nothing; commands carry the id that makes them repeatable; opening a session, and whatever participants
 * do in experiments, is repeatable by itself.
 */
function isRepeatable({ type, path, input }: ClientRequest): boolean {
  if (type !== 'mutation' || path === 'play.open' || path.startsWith('experiments.')) return true;
  return (
    typeof input === 'object' && input !== null && 'commandId' in input && typeof input.commandId === 'string'
  );
}

/**
 * A terminating link of our own: tRPC's waits for a timer before each message, and gives up what was in flight when a
 * socket breaks.
 */
export function createCalls(sender: () => Sender, backoff: BackoffOptions): Calls {
  const calls = new Map<number, Call>();
  let nextId = 1;
  let over: 'closed' | 'key-revoked' | null = null;
  let renewWhenIdle = false;
  let leaving: ReturnType<typeof setTimeout> | undefined;

  function transmit(call: Call): void {
    clearTimeout(call.retry);
    const sent = sender().send(encodeRequest({ ...call.request, lastEventId: call.lastEventId }));
    call.wasSent ||= sent;
  }

  function settle(id: number): void {
    const call = calls.get(id);
    clearTimeout(call?.retry);
    calls.delete(id);
    renewIfIdle();
  }

  /** A server that is about to stop is left at a moment of chance, so that not everybody goes at once. */
  function leaveSoon(): void {
    const { maxMs, random = Math.random } = backoff;
    clearTimeout(leaving);
    leaving = setTimeout(
      () => {
        renewWhenIdle = true;
        renewIfIdle();
      },
      random() * Math.min(LEAVE_WITHIN_MS, maxMs),
    );
  }

  function stay(): void {
    clearTimeout(leaving);
    renewWhenIdle = false;
  }

  /** Not before every answer is here. */
  function renewIfIdle(): void {
    const waits = [...calls.values()].some(({ request }) => request.type !== 'subscription');
    if (!renewWhenIdle || waits) return;
    renewWhenIdle = false;
    sender().renew();
  }

  function start(request: ClientRequest, observer: Observer): void {
    if (over !== null) return observer.error(finalError(over));
    if (new TextEncoder().encode(encodeRequest(request)).length > MOST_BYTES) {
      return observer.error(tooLarge());
    }
    const call: Call = {
      request,
      observer,
      backoff: createBackoff(backoff),
      wasSent: false,
      lastEventId: undefined,
      retry: undefined,
    };
    calls.set(request.id, call);
    transmit(call);
  }

  function stop(request: ClientRequest): void {
    if (!calls.has(request.id)) return;
    settle(request.id);
    if (request.type === 'subscription') sender().send(encodeStop(request.id));
  }

  function failLargest(): void {
    const size = ({ request }: Call): number => encodeRequest(request).length;
    const sent = [...calls.values()].filter(({ wasSent }) => wasSent);
    const [largest] = sent.toSorted((a, b) => size(b) - size(a));
    if (largest === undefined) return;
    settle(largest.request.id);
    largest.observer.error(tooLarge());
  }

  function fail(call: Call, error: DcsError): void {
    const again =
      call.request.type === 'subscription' && error.retryable && call.backoff.attempts < MOST_ATTEMPTS;
    if (again) {
      call.retry = setTimeout(() => transmit(call), (error.retryAfterMs ?? 0) + call.backoff.next());
      return;
    }
    settle(call.request.id);
    call.observer.error(error);
  }

  function answer(call: Call, message: Exclude<ServerMessage, { type: 'reconnect' }>): void {
    const { observer, request } = call;
    switch (message.type) {
      case 'started':
        return observer.next({ result: { type: 'started' } });
      case 'data':
        call.backoff.reset();
        call.lastEventId = message.eventId ?? call.lastEventId;
        if (request.type !== 'subscription') settle(request.id);
        observer.next({ result: { type: 'data', data: message.data } });
        if (request.type !== 'subscription') observer.complete();
        return;
      case 'stopped':
        settle(request.id);
        return observer.complete();
      case 'error':
        return fail(call, DcsError.fromServer(message.error));
      default: {
        const unreachable: never = message;
        return unreachable;
      }
    }
  }

  return {
    link:
      () =>
      ({ op }) =>
        observable((observer) => {
          const request: ClientRequest = {
            id: nextId++,
            type: op.type,
            path: op.path,
            input: op.input,
            lastEventId: undefined,
          };
          start(request, observer);
          return () => stop(request);
        }),
    opened: () => {
      stay();
      for (const call of calls.values()) transmit(call);
    },
    received: (text) => {
      const message = decodeMessage(text);
      if (message === null) return;
      if (message.type === 'reconnect') {
        leaveSoon();
        return;
      }
      const call = calls.get(message.id);
      if (call !== undefined) answer(call, message);
    },
    down: (how) => {
      const final = how === 'closed' || how === 'key-revoked' ? how : null;
      over = final;
      stay();
      // The server does not say which it was. Sent again, it would break every line to come.
      if (how === 'too-large') failLargest();
      for (const call of calls.values()) {
        clearTimeout(call.retry);
        if (final === null && (!call.wasSent || isRepeatable(call.request))) continue;
        settle(call.request.id);
        if (final === 'closed' && call.request.type === 'subscription') call.observer.complete();
        else call.observer.error(final === null ? interrupted() : finalError(final));
      }
    },
  };
}

function tooLarge(): DcsError {
  return DcsError.onTheWay(
    'request/too-large',
    'This is too much for one request. Send less at once: a server takes 64 kB unless it says otherwise.',
  );
}

function interrupted(): DcsError {
  const message =
    'The connection broke before the answer came, so it is unknown whether this took effect. Look, then decide.';
  return DcsError.onTheWay('connection/interrupted', message);
}

function finalError(over: 'closed' | 'key-revoked'): DcsError {
  return over === 'closed'
    ? DcsError.onTheWay('connection/closed', 'This client was closed. Create another to go on.')
    : DcsError.onTheWay('auth/key-revoked', 'Your access key was revoked. Sign in with your new key.');
}
