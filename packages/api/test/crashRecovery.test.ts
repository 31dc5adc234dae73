import { describe, expect, it } from 'vitest';
import { createLocalAttendance } from '../src/cluster/attendance.ts';
import { ClusterUnavailable } from '../src/cluster/clusterError.ts';
import { createCrashRecovery } from '../src/cluster/crashRecovery.ts';
import { createLogger } from '../src/logger.ts';
import { StoreUnavailable } from '../src/store/storeErrors.ts';
import { careTable } from './support/careTable.ts';
import type { CareTable } from './support/careTable.ts';
import { manualTimers, settled } from './support/manualTimers.ts';

/** As pino numbers them. */
const [INFO, WARN, ERROR] = [30, 40, 50];

interface Line {
  readonly level: number;
  readonly msg: string;
  readonly [field: string]: unknown;
}

/** A process that has just been started over what another one has left running. */
function startAgain(table: CareTable) {
  const { manager } = table.start();
  const timers = manualTimers();
  const lines: Line[] = [];
  const logger = createLogger('info', { write: (line: string) => void lines.push(JSON.parse(line)) });
  const measured: string[] = [];
  const letGo = (sessionId: string): Promise<void> => Promise.resolve(manager.forget(sessionId));
  const recovery = createCrashRecovery({
    manager: { ...manager, letGo },
    attendance: createLocalAttendance(),
    sessions: table.stores.sessions,
    timers,
    logger,
    meter: { recovered: (outcome) => void measured.push(outcome) },
  });
  return { recovery, timers, lines, measured };
}

/** Sessions that are being played when their process dies. */
async function leftRunning(count: number): Promise<{ table: CareTable; ids: readonly string[] }> {
  const table = careTable();
  const node = table.start();
  const ids: string[] = [];
  for (let index = 0; index < count; index += 1) ids.push(await table.deal(node, `create ${index}`));
  await node.manager.present('nobody');
  await settled();
  return { table, ids };
}

/** Lets the logs of some sessions answer with a fault until it is mended. */
function breakLogs({ stores }: CareTable, { of, fault }: { of: readonly string[]; fault: () => Error }) {
  const { log } = stores;
  const read = log.read.bind(log);
  let asked = 0;
  log.read = (sessionId, ...request) => {
    if (!of.includes(sessionId)) return read(sessionId, ...request);
    asked += 1;
    return Promise.reject(fault());
  };
  return {
    mend: () => {
      log.read = read;
    },
    get asked() {
      return asked;
    },
  };
}

const statusOf = async ({ stores }: CareTable, sessionId: string) =>
  (await stores.sessions.get(sessionId))?.summary.status;

describe('recovery at the start', () => {
  it('says how many sessions were left running, how many stand still now, and which could not be seen to', async () => {
    const { table, ids } = await leftRunning(3);
    const [, broken = ''] = ids;
    breakLogs(table, { of: [broken], fault: () => new Error('A page of it is unreadable.') });
    const { recovery, lines, measured } = startAgain(table);
    expect(await recovery.afterStart()).toMatchObject({ recovered: 2, failed: 1, total: 3, paused: 2 });
    expect(lines.map(({ level }) => level)).toEqual([WARN, INFO]);
    expect(lines[0]).toMatchObject({
      sessionId: broken,
      err: { message: 'A page of it is unreadable.' },
    });
    expect(lines[1]).toMatchObject({ recovered: 2, failed: 1, total: 3 });
    expect(measured.toSorted()).toEqual(['failed', 'paused', 'paused']);
    await settled();
    for (const id of ids) expect(await statusOf(table, id)).toBe(id === broken ? 'active' : 'paused');
  });

  it('of a second process takes nothing back from the first, which plays on', async () => {
    const table = careTable();
    const first = table.start();
    const sessionId = await table.deal(first);
    for (const commandId of ['1', '2', '3']) await table.play(first, sessionId, commandId);
    const before = await table.log(sessionId);
    await startAgain(table).recovery.afterStart();
    expect((await table.log(sessionId)).slice(0, before.length)).toEqual(before);
    expect(await first.manager.present(sessionId)).toMatchObject({ turns: 3 });
    expect(await table.play(first, sessionId, '4')).toBe(true);
    expect(await first.manager.present(sessionId)).toMatchObject({ turns: 4, status: 'active' });
  });

  it('has nothing to say when nothing was left running', async () => {
    const table = careTable();
    const node = table.start();
    await table.finish(node, await table.deal(node));
    await node.manager.shutDown();
    const { recovery, lines } = startAgain(table);
    expect(await recovery.afterStart()).toMatchObject({ recovered: 0, failed: 0, total: 0 });
    expect(lines).toEqual([]);
  });

  it('names the first five failures and counts the others', async () => {
    const { table, ids } = await leftRunning(8);
    breakLogs(table, { of: ids, fault: () => new Error('Unreadable.') });
    const { recovery, lines } = startAgain(table);
    expect(await recovery.afterStart()).toMatchObject({ recovered: 0, failed: 8, total: 8 });
    const warnings = lines.filter(({ level }) => level === WARN).map(({ msg }) => msg);
    expect(warnings).toHaveLength(6);
    expect(warnings[5]).toBe('3 more sessions could not be recovered yet.');
  });

  it('goes through any number of sessions, page by page and a few at once', async () => {
    const { table, ids } = await leftRunning(230);
    const { sessions } = table.stores;
    const list = sessions.listUnfinished.bind(sessions);
    const pages: number[] = [];
    sessions.listUnfinished = async (page) => {
      const found = await list(page);
      pages.push(found.length);
      return found;
    };
    const get = sessions.get.bind(sessions);
    let [now, most] = [0, 0];
    sessions.get = async (sessionId) => {
      now += 1;
      most = Math.max(most, now);
      await settled();
      now -= 1;
      return get(sessionId);
    };
    const { recovery } = startAgain(table);
    expect(await recovery.afterStart()).toMatchObject({ recovered: 230, failed: 0, total: 230 });
    expect(pages).toEqual([100, 100, 30]);
    expect(most).toBeLessThanOrEqual(16);
    expect(ids).toHaveLength(230);
  });

  it.each([
    ['the database is', 'StoreUnavailable', () => new StoreUnavailable('gone')],
    ['the other servers are', 'ClusterUnavailable', () => new ClusterUnavailable()],
  ])(
    'stops at once with one error when %s away, and goes on where it was later',
    async (_who, type, fault) => {
      const { table, ids } = await leftRunning(40);
      const broken = breakLogs(table, { of: ids.slice(5), fault });
      const { recovery, timers, lines } = startAgain(table);
      const done = recovery.afterStart();
      await expect.poll(() => timers.pending).toBe(1);
      expect(broken.asked).toBeLessThanOrEqual(16);
      expect(lines).toMatchObject([{ level: ERROR, err: { type } }]);
      timers.advance(5_000);
      await expect.poll(() => timers.pending).toBe(1);
      broken.mend();
      timers.advance(5_000);
      expect(await done).toMatchObject({ recovered: 40, failed: 0, total: 40 });
      expect(lines.map(({ level }) => level)).toEqual([ERROR, INFO]);
    },
  );

  it('waits no longer for a database that is away when the server stops', async () => {
    const { table, ids } = await leftRunning(3);
    breakLogs(table, { of: ids, fault: () => new StoreUnavailable('gone') });
    const { recovery, timers } = startAgain(table);
    const done = recovery.afterStart();
    await expect.poll(() => timers.pending).toBe(1);
    await recovery.stop();
    expect(await done).toMatchObject({ recovered: 0, failed: 0, total: 0 });
    expect(timers.pending).toBe(0);
  });
});
