import type { AccessKeyStore } from '../store/ports.ts';
import type { Timers } from './timers.ts';

export interface KeyUsesPorts {
  readonly accessKeys: Pick<AccessKeyStore, 'recordUse'>;
  readonly timers: Timers;
  /** A use could not be written; it will be tried again. */
  readonly onFault: (fault: unknown) => void;
}

/** When keys were used, written behind: no call waits for it, and a crash forgets the last few seconds of it. */
export interface KeyUses {
  note(keyId: string, at: number): void;
  /** Writes what is noted. Never rejects; what could not be written is kept for the next time. */
  flush(): Promise<void>;
  /** Writes what is noted, for the last time. */
  stop(): Promise<void>;
}

const WRITE_AFTER_MS = 5_000;
/** So that a crowd that comes at once takes no more of the database than this. */
const SIDE_BY_SIDE = 4;

export function createKeyUses({ accessKeys, timers, onFault }: KeyUsesPorts): KeyUses {
  let noted = new Map<string, number>();
  let timer: { cancel(): void } | null = null;
  let isStopped = false;

  function note(keyId: string, at: number): void {
    noted.set(keyId, Math.max(at, noted.get(keyId) ?? at));
    if (!isStopped) timer ??= timers.after(WRITE_AFTER_MS, () => void flush());
  }

  async function write(queue: [string, number][]): Promise<void> {
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      const [keyId, at] = next;
      try {
        await accessKeys.recordUse(keyId, at);
      } catch (fault) {
        onFault(fault);
        // The others would fare no better: the database is away.
        for (const [later, laterAt] of [next, ...queue.splice(0)]) note(later, laterAt);
      }
    }
  }

  async function flush(): Promise<void> {
    timer?.cancel();
    timer = null;
    const queue = [...noted];
    noted = new Map();
    await Promise.all(Array.from({ length: SIDE_BY_SIDE }, () => write(queue)));
  }

  return {
    note,
    flush,
    stop: async () => {
      isStopped = true;
      await flush();
    },
  };
}
