import type { EventBus, Persisted, SessionEvent, Signal } from '@dcs/engine';

/** What the bus carries: durable events, or what is true for a moment. */
export type BusMessage =
  | { readonly type: 'events'; readonly events: readonly Persisted<SessionEvent>[] }
  | { readonly type: 'signal'; readonly signal: Signal };

/** Called at once and in order; must not throw and must not wait. */
export type BusListener = (message: BusMessage) => void;

export interface LocalBus extends EventBus {
  /** Follows one session until the result is called. */
  subscribe(sessionId: string, listener: BusListener): () => void;
  /** Follows all sessions. */
  tap(listener: (sessionId: string, message: BusMessage) => void): () => void;
  /** Listeners of single sessions, for metrics and leak tests. */
  readonly listeners: number;
}

/** Fan-out within one process. A listener that throws costs nobody else a message. */
export function createLocalBus(onFault: (fault: unknown, sessionId: string) => void): LocalBus {
  const bySession = new Map<string, Set<BusListener>>();
  const taps = new Set<(sessionId: string, message: BusMessage) => void>();
  let listeners = 0;

  function deliver(sessionId: string, message: BusMessage): void {
    for (const listener of bySession.get(sessionId) ?? []) guarded(sessionId, () => listener(message));
    for (const tap of taps) guarded(sessionId, () => tap(sessionId, message));
  }

  function guarded(sessionId: string, call: () => void): void {
    try {
      call();
    } catch (fault) {
      onFault(fault, sessionId);
    }
  }

  return {
    publish: (sessionId, events) => deliver(sessionId, { type: 'events', events }),
    signal: (sessionId, signal) => deliver(sessionId, { type: 'signal', signal }),
    subscribe: (sessionId, listener) => {
      const group = bySession.get(sessionId) ?? new Set();
      bySession.set(sessionId, group);
      group.add(listener);
      listeners += 1;
      return () => {
        if (!group.delete(listener)) return;
        listeners -= 1;
        if (group.size === 0 && bySession.get(sessionId) === group) bySession.delete(sessionId);
      };
    },
    tap: (listener) => {
      taps.add(listener);
      return () => taps.delete(listener);
    },
    get listeners() {
      return listeners;
    },
  };
}
