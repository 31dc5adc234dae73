import type { CommandOutcome } from '@dcs/engine';
import { randomUUID } from 'node:crypto';
import type { Timers } from '../services/timers.ts';
import { ClusterUnavailable } from './clusterError.ts';
import type { Membership } from './membership.ts';
import type { RedisLink } from './redisLink.ts';
import type { RedisNames } from './redisNames.ts';
import { callMessageSchema } from './sessionCall.ts';
import type { CallMessage, SessionCall } from './sessionCall.ts';

export type Answer =
  | { readonly type: 'answer'; readonly outcome: CommandOutcome | null }
  /** It does not drive that session. */
  | { readonly type: 'declined' }
  /** It was not heard of for too long. Whether the call was done is unknown; it may be repeated. */
  | { readonly type: 'silent' };

/** Does a call, or says `declined` when this node does not drive the session. Never rejects. */
export type CallHandler = (call: SessionCall) => Promise<CommandOutcome | null | 'declined'>;

/** Asking other nodes to do something with a session that they drive. */
export interface NodeCalls {
  /** Rejects with ClusterUnavailable when nobody can be asked. */
  ask(nodeId: string, call: SessionCall): Promise<Answer>;
  serve(handler: CallHandler): void;
}

/** For one process alone: there is nobody to ask. */
export const noCalls: NodeCalls = {
  ask: () => Promise.reject(new ClusterUnavailable()),
  serve: () => undefined,
};

export interface NodeCallsPorts {
  readonly link: RedisLink;
  readonly names: RedisNames;
  readonly membership: Membership;
  readonly timers: Timers;
  /** Milliseconds that never jump. */
  readonly monotonic: () => number;
  /** How long a node may let nothing be heard of itself. */
  readonly silenceMs: number;
  readonly onFault: (fault: unknown) => void;
}

/** A call or an answer that is longer was not made by us. */
const MOST_CHARACTERS = 512 * 1024;
/** Answers that are kept for those who did not hear them. */
const KEPT_ANSWERS = 1_000;

interface Asked {
  heardAt: number;
  readonly settle: (answer: Answer) => void;
}

/**
 * A call is heard at once and may be answered much later: a model's slowness is not a node's death. Until it is answered
 * it is asked again and again under the same id, which the asked node does only once; that finds out whether it lives,
 * and mends lost messages. If the id has been forgotten the call is done again, which changes nothing: commands have one
 * effect and one reply however often they are sent.
 */
export function createNodeCalls(ports: NodeCallsPorts): NodeCalls {
  const { link, names, membership, timers, monotonic, silenceMs, onFault } = ports;
  const asked = new Map<string, Asked>();
  const served = new Map<string, Promise<CallMessage>>();
  const repeatMs = Math.max(1, Math.floor(silenceMs / 4));
  let handler: CallHandler | null = null;

  membership.onJoining(async (nodeId) => {
    // The channel of an id that was given up stays open: what is asked there is declined sooner than it is missed.
    await link.subscribe(names.calls(nodeId), hear);
  });

  function hear(text: string): void {
    if (text.length > MOST_CHARACTERS) return onFault(new Error('A message between servers is too long.'));
    const parsed = callMessageSchema.safeParse(parseJson(text));
    if (!parsed.success)
      return onFault(new Error('A message between servers is not one.', { cause: parsed.error }));
    const message = parsed.data;
    if (message.type === 'call') {
      serve(message).catch(onFault);
      return;
    }
    const waiting = asked.get(message.id);
    if (waiting === undefined) return;
    if (message.type === 'heard') waiting.heardAt = monotonic();
    else waiting.settle(message);
  }

  async function serve(message: Extract<CallMessage, { type: 'call' }>): Promise<void> {
    const { id, from, call } = message;
    const reply = (answer: CallMessage): Promise<unknown> =>
      link.publish(names.calls(from), JSON.stringify(answer)).catch(() => undefined); // it will be asked for again
    const known = served.get(id);
    const answer = known ?? answerTo(id, call);
    if (known === undefined) keep(id, answer);
    await reply({ type: 'heard', id });
    await reply(await answer);
  }

  async function answerTo(id: string, call: SessionCall): Promise<CallMessage> {
    const outcome = handler === null ? 'declined' : await handler(call);
    return outcome === 'declined' ? { type: 'declined', id } : { type: 'answer', id, outcome };
  }

  function keep(id: string, answer: Promise<CallMessage>): void {
    const oldest = served.keys().next();
    if (served.size >= KEPT_ANSWERS && oldest.done !== true) served.delete(oldest.value);
    served.set(id, answer);
  }

  return {
    ask: async (nodeId, call) => {
      const id = randomUUID();
      const { promise, resolve } = Promise.withResolvers<Answer>();
      const waiting: Asked = { heardAt: monotonic(), settle: resolve };
      asked.set(id, waiting);
      const message: CallMessage = { type: 'call', id, from: membership.nodeId, call };
      const text = JSON.stringify(message);
      const repeat = timers.every(repeatMs, () => {
        if (monotonic() - waiting.heardAt > silenceMs) resolve({ type: 'silent' });
        else link.publish(names.calls(nodeId), text).catch(notSent);
      });
      // As long as it is this node that cannot speak, the other's silence means nothing.
      const notSent = (): void => {
        if (membership.isCurrent()) waiting.heardAt = monotonic();
      };
      try {
        await link.publish(names.calls(nodeId), text);
        return await promise;
      } finally {
        repeat.cancel();
        asked.delete(id);
      }
    },
    serve: (given) => {
      handler = given;
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // not a message
  }
}
