import type { Persisted, SessionEvent, SessionLog, Signal } from '@dcs/engine';
import type { LocalBus } from '../bus/localBus.ts';
import type { Timers } from '../services/timers.ts';
import { createDraftPacer } from './draftPacer.ts';
import type { RedisLink } from './redisLink.ts';
import type { RedisNames } from './redisNames.ts';
import { readHint } from './sessionHint.ts';
import type { SessionHint } from './sessionHint.ts';

export interface SharedBusPorts {
  readonly local: LocalBus;
  readonly link: RedisLink;
  readonly names: RedisNames;
  /** Told to the others, so that a node leaves out what it said itself. */
  readonly origin: string;
  readonly log: Pick<SessionLog, 'read'>;
  readonly timers: Timers;
  readonly onFault: (fault: unknown, sessionId: string) => void;
}

/** How well this node knows what other nodes do in the sessions that somebody follows here. */
export interface Hearing {
  /** Whether everything that another node records in the session is delivered here soon, without being asked for. */
  hears(sessionId: string): boolean;
  /** Resolves when what happens from now on will be heard, or when it cannot be. */
  tuned(sessionId: string): Promise<void>;
  /** Readers of the session have been brought as far as this: what comes after it is to be delivered. */
  reached(sessionId: string, lastSeq: number): void;
}

/** A bus that also carries what other nodes do. */
export interface SharedBus {
  readonly bus: LocalBus;
  readonly hearing: Hearing;
  /** Called with what another node has recorded, before anyone else hears of it. */
  onRecorded(listener: RecordedListener): void;
  stop(): void;
}

export type RecordedListener = (sessionId: string, events: readonly Persisted<SessionEvent>[]) => void;

/** For one process alone: what happens, happens here. */
export function aloneOnBus(bus: LocalBus): SharedBus {
  const hearing: Hearing = {
    hears: () => false,
    tuned: () => Promise.resolve(),
    reached: () => undefined,
  };
  return { bus, hearing, onRecorded: () => undefined, stop: () => undefined };
}

/** A session that somebody follows here. */
interface Following {
  readonly sessionId: string;
  readers: number;
  isTuned: boolean;
  tuning: Promise<void>;
  /** The seq up to which events were delivered here; `null` until it is known where to begin. */
  cursor: number | null;
  /** Hints in the order in which they came. */
  todo: SessionHint[];
  isWorking: boolean;
}

/** Hints that wait while the log is read; beyond it only the latest `recorded` counts. */
const MOST_HINTS = 100;
const PAGE = 200;
/** How often the logs of followed sessions are looked at while nothing can be heard. */
const DEAF_POLL_MS = 1_000;
const RETRY_MS = 500;
/** Sessions whose news could not be sent; beyond it their readers find out by themselves. */
const MOST_UNSENT = 10_000;

/** Fan-out across nodes: Redis says that there is something to see, the log says what. */
export function createSharedBus(ports: SharedBusPorts): SharedBus {
  const { local, link, names, origin, log, timers, onFault } = ports;
  const followings = new Map<string, Following>();
  const onRecorded = new Set<RecordedListener>();
  const unsent = new Map<string, SessionHint>();
  const drafts = createDraftPacer(timers);

  function say(sessionId: string, hint: SessionHint): void {
    link.publish(names.session(sessionId), JSON.stringify(hint)).catch(() => {
      // The broken link has been reported. Readers elsewhere must learn of events when it is whole again.
      if (hint.type === 'recorded' && unsent.size < MOST_UNSENT) unsent.set(sessionId, hint);
    });
  }

  function hear(following: Following, text: string): void {
    if (followings.get(following.sessionId) !== following) return;
    const hint = readHint(text);
    if (hint === null) onFault(new Error('What was said in a session is not a hint.'), following.sessionId);
    else if (hint.from !== origin) enqueue(following, hint);
  }

  function enqueue(following: Following, hint: SessionHint): void {
    if (following.todo.length >= MOST_HINTS) {
      following.todo = following.todo.filter(({ type }) => type === 'recorded').slice(-1);
    }
    following.todo.push(hint);
    if (following.isWorking) return;
    work(following).catch((fault: unknown) => {
      onFault(fault, following.sessionId);
      // The log could not be read: what was to be found there still is.
      timers.after(RETRY_MS, () => look(following));
    });
  }

  async function work(following: Following): Promise<void> {
    following.isWorking = true;
    try {
      for (let hint = following.todo.shift(); hint !== undefined; hint = following.todo.shift()) {
        if (hint.type === 'signal') local.signal(following.sessionId, hint.signal);
        else await deliverUpTo(following, hint);
      }
    } finally {
      following.isWorking = false;
    }
  }

  async function deliverUpTo(
    following: Following,
    { firstSeq, lastSeq }: Extract<SessionHint, { type: 'recorded' }>,
  ): Promise<void> {
    const { sessionId } = following;
    following.cursor ??= firstSeq - 1;
    while (following.cursor < lastSeq && following.readers > 0) {
      const page = await log.read(sessionId, following.cursor, PAGE);
      // This node may have gone on by itself while the page was on its way.
      const fresh = page.filter(({ seq }) => seq > (following.cursor ?? 0));
      if (fresh.length > 0) deliver(following, fresh);
      if (page.length < PAGE) return;
    }
  }

  function deliver(following: Following, events: readonly Persisted<SessionEvent>[]): void {
    following.cursor = events.at(-1)?.seq ?? following.cursor;
    for (const listener of onRecorded) listener(following.sessionId, events);
    local.publish(following.sessionId, events);
  }

  /** Whatever there is after the cursor. Where that is unknown, nobody has been brought up to date yet. */
  function look(following: Following): void {
    const { cursor, sessionId } = following;
    if (cursor === null || followings.get(sessionId) !== following) return;
    enqueue(following, {
      type: 'recorded',
      from: '',
      firstSeq: cursor + 1,
      lastSeq: Number.MAX_SAFE_INTEGER,
    });
  }

  async function tune(following: Following): Promise<void> {
    try {
      await link.subscribe(names.session(following.sessionId), (text) => hear(following, text));
      following.isTuned = true;
    } catch {
      // The link keeps the wish and fulfils it when it is whole again; until then the log is looked at.
    }
  }

  function follow(sessionId: string): Following {
    const following: Following = {
      sessionId,
      readers: 0,
      isTuned: false,
      tuning: Promise.resolve(),
      cursor: null,
      todo: [],
      isWorking: false,
    };
    followings.set(sessionId, following);
    following.tuning = tune(following);
    return following;
  }

  function leave(following: Following): void {
    following.readers -= 1;
    if (following.readers > 0) return;
    followings.delete(following.sessionId);
    link.unsubscribe(names.session(following.sessionId));
  }

  link.onRestored(() => {
    for (const [sessionId, hint] of unsent) {
      unsent.delete(sessionId);
      say(sessionId, hint);
    }
    for (const following of followings.values()) {
      following.isTuned = true;
      look(following);
    }
  });
  const deafPoll = timers.every(DEAF_POLL_MS, () => {
    if (link.isWhole()) return;
    // One after the other for each session: who is still being looked at is not looked at again.
    for (const following of followings.values()) if (!following.isWorking) look(following);
  });

  function tell(sessionId: string, signal: Signal): void {
    const send = (): void => say(sessionId, { type: 'signal', from: origin, signal });
    if (signal.type === 'draft') return drafts.offer(sessionId, send);
    drafts.drop(sessionId);
    send();
  }

  const bus: LocalBus = {
    publish: (sessionId, events) => {
      local.publish(sessionId, events);
      const [first, last] = [events[0], events.at(-1)];
      if (first === undefined || last === undefined) return;
      const following = followings.get(sessionId);
      if (following !== undefined) following.cursor = Math.max(following.cursor ?? 0, last.seq);
      drafts.drop(sessionId);
      say(sessionId, { type: 'recorded', from: origin, firstSeq: first.seq, lastSeq: last.seq });
    },
    signal: (sessionId, signal) => {
      local.signal(sessionId, signal);
      tell(sessionId, signal);
    },
    subscribe: (sessionId, listener) => {
      const following = followings.get(sessionId) ?? follow(sessionId);
      following.readers += 1;
      const detach = local.subscribe(sessionId, listener);
      let isAttached = true;
      return () => {
        if (!isAttached) return;
        isAttached = false;
        detach();
        leave(following);
      };
    },
    tap: (listener) => local.tap(listener),
    get listeners() {
      return local.listeners;
    },
  };
  const hearing: Hearing = {
    hears: (sessionId) => {
      const following = followings.get(sessionId);
      return following !== undefined && following.isTuned && following.cursor !== null && link.isWhole();
    },
    tuned: async (sessionId) => followings.get(sessionId)?.tuning,
    reached: (sessionId, lastSeq) => {
      const following = followings.get(sessionId);
      if (following !== undefined) following.cursor ??= lastSeq;
    },
  };
  return {
    bus,
    hearing,
    onRecorded: (listener) => void onRecorded.add(listener),
    stop: () => deafPoll.cancel(),
  };
}
