import type { ModelRequest } from '@dcs/engine';
import type { Timers } from '../services/timers.ts';
import type { ModelCall, ModelCallStore } from '../store/ports.ts';
import { StoreUnavailable } from '../store/storeErrors.ts';
import type { CallResult, ModelEndpoint } from './modelEndpoint.ts';
import { hashOfPrompt } from './promptHash.ts';

export interface CallRecorderPorts {
  readonly store: Pick<ModelCallStore, 'add'>;
  readonly timers: Timers;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly newId: () => string;
  /** Records could not be written; `lost` of them will not be tried again. */
  readonly onFault: (fault: unknown, lost: number) => void;
}

/** Records of calls, written behind: no turn waits for them. */
export interface CallRecorder {
  /** Takes down a call that has just ended. */
  record(request: ModelRequest, result: CallResult, endpoint: ModelEndpoint): void;
  /** Writes what is taken down. Never rejects; what could not be written is kept for the next time. */
  flush(): Promise<void>;
  /** Writes what is taken down, for the last time. */
  stop(): Promise<void>;
}

const WRITE_AFTER_MS = 1_000;
const MOST_AT_ONCE = 200;
/** While the database is away; an hour of a busy server. */
const MOST_WAITING = 50_000;

export function createCallRecorder(ports: CallRecorderPorts): CallRecorder {
  const { store, timers, onFault } = ports;
  let waiting: ModelCall[] = [];
  let timer: { cancel(): void } | null = null;
  let writing: Promise<void> | null = null;
  let isStopped = false;

  function callOf(
    request: ModelRequest,
    { ending, use, ...times }: CallResult,
    endpoint: ModelEndpoint,
  ): ModelCall {
    return {
      callId: ports.newId(),
      at: ports.now() - Math.round(times.totalMs),
      role: request.role,
      task: request.task,
      provider: endpoint.provider,
      model: endpoint.modelId,
      promptVersion: request.promptVersion,
      promptHash: hashOfPrompt(request.prompt),
      parameters: endpoint.parameters,
      ...use,
      firstByteMs: times.firstByteMs === null ? null : Math.round(times.firstByteMs),
      totalMs: Math.round(times.totalMs),
      outcome: ending.ok ? 'ok' : ending.failure.reason,
      occasion: request.occasion,
    };
  }

  function writeLater(): void {
    if (!isStopped) timer ??= timers.after(WRITE_AFTER_MS, () => void flush());
  }

  /** Writes all that waits, batch by batch, until the database is away. */
  async function writeAll(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting.slice(0, MOST_AT_ONCE);
      try {
        await store.add(batch);
      } catch (fault) {
        const mayPass = fault instanceof StoreUnavailable;
        onFault(fault, mayPass ? 0 : batch.length);
        if (mayPass) return writeLater();
      }
      waiting = waiting.slice(batch.length);
    }
  }

  function flush(): Promise<void> {
    timer?.cancel();
    timer = null;
    // What comes while a batch is on its way is written by the same round.
    writing ??= writeAll().finally(() => {
      writing = null;
    });
    return writing;
  }

  return {
    record: (request, result, endpoint) => {
      if (waiting.length >= MOST_WAITING) {
        return onFault(new Error('Too many records of calls wait to be written.'), 1);
      }
      waiting.push(callOf(request, result, endpoint));
      writeLater();
    },
    flush,
    stop: async () => {
      isStopped = true;
      await flush();
      if (waiting.length > 0)
        onFault(new Error('The server ends before they could be written.'), waiting.length);
    },
  };
}
