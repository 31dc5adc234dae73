import type { SnapshotStore } from '../ports.ts';
import { createSessionManager } from '../session/createSessionManager.ts';
import type { SessionManager } from '../session/sessionManager.ts';
import { createSnapshots } from '../session/snapshots.ts';
import type { Snapshots } from '../session/snapshots.ts';
import type { SnapshotPolicy } from '../session/snapshotPolicy.ts';
import type { TestWorld } from './testWorld.ts';

/** A snapshot store whose content a test may look at, spoil or take away. */
export interface SpoilableStore extends SnapshotStore {
  /** JSON by session. */
  readonly kept: Map<string, string>;
  /** How often something was looked for. */
  reads: number;
  /** Makes every call reject. */
  isDown: boolean;
}

export function spoilableStore(name: string): SpoilableStore {
  const kept = new Map<string, string>();
  const seqOf = (sessionId: string): number => Number(JSON.parse(kept.get(sessionId) ?? '{"seq":0}').seq);
  function answer<T>(value: () => T): Promise<T> {
    return store.isDown ? Promise.reject(new Error(`${name} is down.`)) : Promise.resolve(value());
  }
  const store: SpoilableStore = {
    name,
    kept,
    reads: 0,
    isDown: false,
    get: (sessionId) => {
      store.reads += 1;
      return answer(() => JSON.parse(kept.get(sessionId) ?? 'null'));
    },
    put: (snapshot) =>
      answer(() => {
        if (seqOf(snapshot.sessionId) <= snapshot.seq) kept.set(snapshot.sessionId, JSON.stringify(snapshot));
      }),
    has: (sessionId) => answer(() => kept.has(sessionId)),
    remove: (sessionId) => answer(() => kept.delete(sessionId)),
  };
  return store;
}

/** A world in which snapshots are taken and used. */
export interface SnapshotTable {
  readonly quick: SpoilableStore;
  readonly slow: SpoilableStore;
  readonly snapshots: Snapshots;
  /** What the meter counted, e.g. `loaded quick`. */
  readonly counted: string[];
  /** A manager as after a restart; with snapshots. */
  restart(): SessionManager;
}

/** Lets snapshots be taken of the sessions of a test world, by default at the end of every turn. */
export function withSnapshots(world: TestWorld, policy: Partial<SnapshotPolicy> = {}): SnapshotTable {
  const quick = spoilableStore('quick');
  const slow = spoilableStore('slow');
  const counted: string[] = [];
  const snapshots = createSnapshots({
    ...world.ports,
    stores: [quick, slow],
    policy: { name: 'turnBoundary', events: 1, ms: 0, ...policy },
    meter: { snapshot: (outcome, store) => void counted.push(`${outcome} ${store}`) },
  });
  return {
    quick,
    slow,
    snapshots,
    counted,
    restart: () => createSessionManager({ ...world.ports, snapshots }),
  };
}
