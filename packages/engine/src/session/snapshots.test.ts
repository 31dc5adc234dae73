import { beforeEach, describe, expect, it } from 'vitest';
import { startDuel } from '../testing/duel.ts';
import type { Duel } from '../testing/duel.ts';
import { withSnapshots } from '../testing/snapshotTable.ts';
import type { SnapshotTable, SpoilableStore } from '../testing/snapshotTable.ts';
import type { SnapshotPolicy } from './snapshotPolicy.ts';

interface Table extends SnapshotTable {
  readonly duel: Duel;
}

/** A duel of which snapshots are taken. */
async function table(policy: Partial<SnapshotPolicy> = {}): Promise<Table> {
  const duel = await startDuel();
  const snapshots = withSnapshots(duel.world, policy);
  duel.manager = snapshots.restart();
  await duel.manager.resume(duel.sessionId);
  return Object.assign(snapshots, { duel });
}

const seqIn = (store: SpoilableStore, { sessionId }: Duel): number =>
  JSON.parse(store.kept.get(sessionId) ?? '{"seq":0}').seq;

/** Everything that a player could notice: replies to what was sent before, what is seen, and that play goes on. */
async function present({ manager, sessionId }: Duel) {
  const now = await manager.present(sessionId);
  return { ...now, view: now?.view({ seat: 'home', seesAll: false }) };
}

/** The number of events that were read from the log while `job` ran. */
async function eventsRead({ world }: Duel, job: () => Promise<unknown>): Promise<number> {
  const { log } = world.ports;
  const read = log.read.bind(log);
  let count = 0;
  log.read = async (...request) => {
    const events = await read(...request);
    count += events.length;
    return events;
  };
  try {
    await job();
    return count;
  } finally {
    log.read = read;
  }
}

describe('loading a session', () => {
  let at: Table;
  let duel: Duel;

  beforeEach(async () => {
    at = await table();
    ({ duel } = at);
    await duel.play('home', '1');
    await duel.play('away', '2');
    await at.snapshots.flush();
  });

  async function reload(): Promise<number> {
    duel.manager = at.restart();
    return eventsRead(duel, () => duel.manager.present(duel.sessionId));
  }

  it('reads only what a snapshot does not have, and the last event that it has', async () => {
    const before = await present(duel);
    const readsBefore = at.slow.reads;
    expect(seqIn(at.quick, duel)).toBe(duel.log().length);
    expect(await reload()).toBe(1);
    // Nobody has woken it yet.
    expect(await present(duel)).toEqual({ ...before, status: 'paused' });
    expect(at.counted).toContain('loaded quick');
    expect(at.slow.reads).toBe(readsBefore);
  });

  it('answers every repeated command as it did before, and plays on', async () => {
    const command = duel.command('home', '3');
    const reply = await duel.manager.act(command);
    await at.snapshots.flush();
    await reload();
    expect(await duel.manager.act(command)).toEqual(reply);
    expect(await duel.play('away', '4')).toMatchObject({ ok: true, turns: 4 });
    expect(duel.log().map(({ seq }) => seq)).toEqual(duel.log().map((_, index) => index + 1));
  });

  it('goes on from the events that came after the snapshot', async () => {
    at.quick.isDown = true;
    at.slow.isDown = true;
    await duel.play('home', '3');
    const before = await present(duel);
    await at.snapshots.flush();
    at.quick.isDown = false;
    expect(await reload()).toBe(1 + 2);
    expect(await present(duel)).toEqual({ ...before, status: 'paused' });
  });

  it('takes the slower store when the quicker has nothing, and fills the quicker', async () => {
    at.quick.kept.clear();
    expect(await reload()).toBe(1);
    expect(at.counted).toContain('loaded slow');
    await at.snapshots.flush();
    expect(at.quick.kept.get(duel.sessionId)).toBe(at.slow.kept.get(duel.sessionId));
  });

  it('leaves the newer one in the quicker store, however old the other is', async () => {
    at.slow.isDown = true;
    await duel.play('home', '3');
    await at.snapshots.flush();
    at.slow.isDown = false;
    expect(seqIn(at.slow, duel)).toBeLessThan(duel.log().length);
    expect(await reload()).toBe(1);
    await at.snapshots.flush();
    expect(seqIn(at.quick, duel)).toBe(duel.log().length);
    expect(await present(duel)).toMatchObject({ turns: 3 });
  });

  it('folds the log when nothing is kept', async () => {
    at.quick.kept.clear();
    at.slow.kept.clear();
    expect(await reload()).toBe(duel.log().length);
    expect(duel.world.faults).toEqual([]);
  });

  it.each([
    ['is no snapshot', () => '"nonsense"', 'snapshot/damaged'],
    ['lacks a part', (kept) => JSON.stringify({ ...JSON.parse(kept), core: undefined }), 'snapshot/damaged'],
    ['has a game state of another form', (kept) => kept.replace('"hands"', '"fists"'), 'snapshot/damaged'],
    ['is of another session', (kept) => kept.replace('"id-2"', '"id-9"'), 'snapshot/damaged'],
    [
      'was folded by another version',
      (kept) => kept.replace('card-duel@1', 'card-duel@0'),
      'snapshot/outdated',
    ],
    [
      'was made by a later program',
      (kept) => kept.replace('"schemaVersion":1', '"schemaVersion":99'),
      'snapshot/outdated',
    ],
    ['is ahead of the log', ahead, 'snapshot/not-of-log'],
    ['is of another past', (kept) => kept.replace(/"lastAt":\d+/, '"lastAt":5'), 'snapshot/not-of-log'],
  ] satisfies [string, (kept: string) => string, string][])(
    'uses the next store when a snapshot %s, says so and throws it away',
    async (_what, spoil, reason) => {
      const good = at.quick.kept.get(duel.sessionId) ?? '';
      const spoilt = spoil(good);
      expect(spoilt).not.toBe(good);
      const before = await present(duel);
      at.quick.kept.set(duel.sessionId, spoilt);
      await reload();
      expect(at.counted).toContain(`${reason} quick`);
      expect(duel.world.faults).toHaveLength(reason === 'snapshot/outdated' ? 0 : 1);
      expect(at.counted).toContain('loaded slow');
      await at.snapshots.flush();
      expect(at.quick.kept.get(duel.sessionId)).toBe(good);
      expect((await present(duel)).view).toEqual(before.view);

      at.quick.kept.set(duel.sessionId, spoilt);
      at.slow.kept.set(duel.sessionId, spoilt);
      await reload();
      expect((await present(duel)).view).toEqual(before.view);
      expect(await duel.play('home', '3')).toMatchObject({ ok: true, turns: 3 });
    },
  );

  it('folds the log when every store is down, and says so', async () => {
    at.quick.isDown = true;
    at.slow.isDown = true;
    expect(await reload()).toBe(duel.log().length);
    expect(duel.world.faults.slice(0, 2).map(String)).toEqual([
      'Error: quick is down.',
      'Error: slow is down.',
    ]);
    expect(await duel.play('home', '3')).toMatchObject({ ok: true, turns: 3 });
  });

  it('folds the whole log when a roll-back came after the snapshot', async () => {
    const old = at.quick.kept.get(duel.sessionId) ?? '';
    const toSeq = duel.log().length;
    await duel.play('home', '3');
    await duel.manager.rollBack({ sessionId: duel.sessionId, playerId: 'ben', commandId: 'back', toSeq });
    const before = await present(duel);
    await at.snapshots.flush();
    at.quick.kept.set(duel.sessionId, old);
    expect(await reload()).toBeGreaterThan(duel.log().length);
    expect((await present(duel)).view).toEqual(before.view);
  });

  it('never makes an ended session active again', async () => {
    const old = at.quick.kept.get(duel.sessionId) ?? '';
    await duel.manager.close({ sessionId: duel.sessionId, playerId: 'ann', commandId: 'bye' });
    await at.snapshots.flush();
    at.quick.kept.set(duel.sessionId, old);
    at.slow.kept.set(duel.sessionId, old);
    await reload();
    expect(await present(duel)).toMatchObject({ status: 'closed', exitReason: 'user_close_button' });
    expect(await duel.play('home', '3')).toMatchObject({ ok: false, reason: 'session/closed' });
  });

  it('does not look for a snapshot of a session that is too short to have one', async () => {
    const short = await table({ name: 'interval', events: 1_000 });
    await short.duel.manager.present(short.duel.sessionId);
    expect(short.quick.reads + short.slow.reads).toBe(0);
  });
});

/** The same state, said to be one event further. */
function ahead(kept: string): string {
  const snapshot = JSON.parse(kept);
  const seq = snapshot.seq + 1;
  return JSON.stringify({ ...snapshot, seq, core: { ...snapshot.core, lastSeq: seq } });
}

describe('taking snapshots', () => {
  it('after every write is done in the quickest store alone; the others follow at the end of a turn', async () => {
    const at = await table({ name: 'everyEvent' });
    const { duel } = at;
    await duel.play('home', '1');
    await at.snapshots.flush();
    expect(seqIn(at.quick, duel)).toBe(duel.log().length);
    expect(seqIn(at.slow, duel)).toBe(duel.log().length);
    await duel.manager.pause(duel.sessionId);
    await at.snapshots.flush();
    expect(seqIn(at.quick, duel)).toBe(duel.log().length);
    expect(seqIn(at.slow, duel)).toBe(duel.log().length - 1);
  });

  it('at turn boundaries is done when a turn ends or hands change', async () => {
    const at = await table({ name: 'turnBoundary' });
    const { duel } = at;
    await at.snapshots.flush();
    const boundaries = async (job: () => Promise<unknown>) => {
      await job();
      await at.snapshots.flush();
      return seqIn(at.slow, duel) === duel.log().length;
    };
    const { sessionId } = duel;
    const ben = { sessionId, playerId: 'ben' };
    expect(await boundaries(() => duel.manager.pause(sessionId))).toBe(false);
    expect(await boundaries(() => duel.play('home', '1'))).toBe(true);
    expect(await boundaries(() => duel.manager.releaseSeat({ ...ben, commandId: 'up' }))).toBe(true);
  });

  it('at intervals is done when enough has happened and enough time has passed', async () => {
    const at = await table({ name: 'interval', events: 4, ms: 60_000 });
    const { duel } = at;
    await duel.play('home', '1');
    await at.snapshots.flush();
    const first = seqIn(at.slow, duel);
    expect(first).toBeGreaterThan(0);
    await duel.play('away', '2');
    await duel.play('home', '3');
    await at.snapshots.flush();
    expect(seqIn(at.slow, duel)).toBe(first);
    duel.world.now += 60_000;
    await duel.play('away', '4');
    await at.snapshots.flush();
    expect(seqIn(at.slow, duel)).toBeGreaterThan(duel.log().length - 2);
  });

  it('at intervals is done at once when the players go', async () => {
    const at = await table({ name: 'interval', events: 4, ms: 60_000 });
    const { duel } = at;
    await duel.play('home', '1');
    await duel.play('away', '2');
    await duel.play('home', '3');
    await at.restart().present(duel.sessionId);
    await duel.manager.passivate(Number.POSITIVE_INFINITY);
    await at.snapshots.flush();
    expect(seqIn(at.slow, duel)).toBe(duel.log().length);
  });

  it('happens after loading a long log, so that it is folded once', async () => {
    const at = await table({ name: 'interval', events: 4, ms: 0 });
    const { duel } = at;
    await at.snapshots.flush();
    at.quick.kept.clear();
    at.slow.kept.clear();
    duel.manager = at.restart();
    await duel.manager.present(duel.sessionId);
    await at.snapshots.flush();
    expect(seqIn(at.slow, duel)).toBe(duel.log().length);
  });

  it.each(['everyEvent', 'turnBoundary', 'interval'] as const)(
    'by the policy %s writes nothing for loading any number of sessions that were quick to fold',
    async (name) => {
      const at = await table({ name, events: 50 });
      const { duel } = at;
      await duel.play('home', '1');
      await at.snapshots.flush();
      const written = at.counted.filter((line) => line.startsWith('saved')).length;
      for (let restart = 0; restart < 3; restart += 1) {
        await at.restart().present(duel.sessionId);
        await at.restart().folded(duel.sessionId);
        await at.snapshots.flush();
      }
      expect(at.counted.filter((line) => line.startsWith('saved'))).toHaveLength(written);
    },
  );

  it('stops when a session is over, for nobody will play it on', async () => {
    const at = await table({ name: 'everyEvent' });
    const { duel } = at;
    await at.snapshots.flush();
    const before = seqIn(at.quick, duel);
    const played = duel.play('home', '1');
    await duel.manager.close({ sessionId: duel.sessionId, playerId: 'ann', commandId: 'end' });
    await played;
    await at.snapshots.flush();
    expect(seqIn(at.quick, duel)).toBeLessThan(duel.log().length);
    expect(seqIn(at.quick, duel)).toBeGreaterThanOrEqual(before);
    duel.manager = at.restart();
    await duel.manager.present(duel.sessionId);
    await at.snapshots.flush();
    expect(seqIn(at.quick, duel)).toBeLessThan(duel.log().length);
  });

  it('is behind the turn: a store that hangs holds up nobody', async () => {
    const at = await table();
    const { duel } = at;
    at.quick.put = () => new Promise(() => undefined);
    expect(await duel.play('home', '1')).toMatchObject({ ok: true });
    expect(await duel.play('away', '2')).toMatchObject({ ok: true });
  });

  it('fails without harm, and is tried again when more has happened', async () => {
    const at = await table();
    const { duel } = at;
    at.quick.isDown = true;
    expect(await duel.play('home', '1')).toMatchObject({ ok: true });
    await at.snapshots.flush();
    expect(duel.world.faults.map(String)).toContain('Error: quick is down.');
    expect(seqIn(at.slow, duel)).toBe(duel.log().length);
    at.quick.isDown = false;
    await duel.play('away', '2');
    await at.snapshots.flush();
    expect(seqIn(at.quick, duel)).toBe(duel.log().length);
  });

  it('keeps the memory that waiting takes within bounds', async () => {
    const at = await table();
    let release = (): void => undefined;
    at.quick.put = () => new Promise((resolve) => void (release = resolve));
    const { world, sessionId } = at.duel;
    const manager = at.restart();
    for (let index = 0; index < 1_010; index += 1) {
      const request = { game: 'card-duel', ownerId: 'ann', commandId: `c${index}`, source: 'test' };
      const created = await manager.create(request);
      if (created.ok) await manager.takeSeat({ ...seatOf(created.record.header), commandId: 'sit' });
    }
    expect(at.counted.filter((line) => line === 'dropped quick').length).toBeGreaterThan(0);
    expect(world.events.get(sessionId)?.length).toBeGreaterThan(0);
    release();
  });

  it('can be undone: what is kept is thrown away wherever it is', async () => {
    const at = await table();
    const { duel, snapshots } = at;
    await duel.play('home', '1');
    await snapshots.flush();
    expect(await snapshots.has(duel.sessionId)).toBe(true);
    at.quick.kept.clear();
    expect(await snapshots.has(duel.sessionId)).toBe(true);
    expect(await snapshots.remove(duel.sessionId)).toBe(true);
    expect(await snapshots.has(duel.sessionId)).toBe(false);
    expect(await snapshots.remove(duel.sessionId)).toBe(false);
  });
});

const seatOf = ({ sessionId }: { readonly sessionId: string }) => ({
  sessionId,
  playerId: 'ben',
  seat: 'away',
});
