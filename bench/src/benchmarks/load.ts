import { createSnapshots } from '@dcs/engine';
import type { SnapshotPolicy, Snapshots } from '@dcs/engine';
import type { Benchmark, BenchmarkContext } from '../benchmark.ts';
import type { Figure } from '../report/figure.ts';
import type { Measured } from '../report/measures.ts';
import { summariseLatencies } from '../report/statistics.ts';
import { temporaryFolder } from '../server/temporaryFolder.ts';
import { managerOn, playLong } from './longSessions.ts';
import { openStore } from './openStore.ts';
import type { OpenedStore } from './openStore.ts';
import { measureInRounds } from './rounds.ts';
import type { Situation } from './rounds.ts';

/** Looks for snapshots of sessions of any length, and takes none for loading them. */
const ONLY_USED: SnapshotPolicy = { name: 'turnBoundary', events: Number.MAX_SAFE_INTEGER, ms: 0 };
/** Takes one of whatever is loaded. */
const TAKEN_AT_ONCE: SnapshotPolicy = { name: 'turnBoundary', events: 1, ms: 0 };

interface World {
  readonly store: OpenedStore;
  /** Sessions by the length of their logs. */
  readonly sessions: ReadonlyMap<number, readonly string[]>;
}

function snapshotsIn({ stores }: OpenedStore, policy: SnapshotPolicy): Snapshots {
  return createSnapshots({
    stores: [stores.snapshots],
    policy,
    log: stores.log,
    clock: { now: () => Date.now() },
    pace: { next: () => Promise.resolve() },
    faults: {
      report: (cause) => {
        throw new Error('A snapshot met a fault.', { cause });
      },
    },
    meter: { snapshot: () => undefined },
  });
}

/** Loads each session once, as after a restart, one after the other. */
async function measureLoads(
  { store, sessions }: World,
  { events, policy }: { readonly events: number; readonly policy: SnapshotPolicy | null },
): Promise<Measured> {
  const manager = policy === null ? managerOn(store) : managerOn(store, snapshotsIn(store, policy));
  const loadsMs: number[] = [];
  for (const sessionId of sessions.get(events) ?? []) {
    const startedAt = performance.now();
    const present = await manager.present(sessionId);
    loadsMs.push(performance.now() - startedAt);
    if (present === null || present.lastSeq < events) throw new Error(`${sessionId} was not loaded whole.`);
  }
  const { p50Ms, p90Ms, maxMs } = summariseLatencies(loadsMs);
  return { p50Ms, p90Ms, maxMs };
}

async function takeSnapshots({ store, sessions }: World): Promise<void> {
  for (const ids of sessions.values()) {
    const snapshots = snapshotsIn(store, TAKEN_AT_ONCE);
    const manager = managerOn(store, snapshots);
    for (const sessionId of ids) await manager.present(sessionId);
    await snapshots.flush();
    for (const sessionId of ids) {
      if (!(await snapshots.has(sessionId))) throw new Error(`There is no snapshot of ${sessionId}.`);
    }
  }
}

function ways({ options }: BenchmarkContext): readonly Situation<World>[] {
  return options.list('events').flatMap((events) =>
    (['log alone', 'snapshot'] as const).map((way) => ({
      rows: [{ label: `${events} events, ${way}`, facts: { events, sessions: options.number('sessions') } }],
      measure: async (world: World) => [
        await measureLoads(world, { events, policy: way === 'snapshot' ? ONLY_USED : null }),
      ],
    })),
  );
}

async function run(context: BenchmarkContext): Promise<readonly Figure[]> {
  const { options, progress } = context;
  await using folder = await temporaryFolder();
  await using store = await openStore(folder.path);
  const sessions = new Map<number, readonly string[]>();
  for (const events of options.list('events')) {
    progress(`${options.number('sessions')} sessions of ${events} events are played`);
    sessions.set(events, await playLong(store, { sessions: options.number('sessions'), events }));
  }
  const world = { store, sessions };
  await takeSnapshots(world);
  return await measureInRounds(context, ways(context), world);
}

/** Sessions that nobody has in memory, read from the store. */
export const load: Benchmark = {
  name: 'load',
  about:
    'how long it takes to load a session that nobody has in memory, from its log alone and from a snapshot',
  flags: {
    events: { about: 'lengths of their logs', fallback: '50,500,5000', several: true },
    sessions: { about: 'sessions of each length', fallback: '20' },
    rounds: { about: 'how often each way is measured', fallback: '5' },
  },
  profiles: false,
  run,
};
