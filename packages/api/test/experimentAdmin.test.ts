import { builtInGames, experimentSchema } from '@dcs/engine';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import type { AlertCountsDto } from '../src/alertDto.ts';
import type { DcsClient } from '../src/client/index.ts';
import { unpackExport } from '../src/export/archive.ts';
import { temporaryFolder } from '../src/export/testFolder.ts';
import { verifyExport } from '../src/export/verify/verifyExport.ts';
import { sampleCall } from '../src/store/contract/modelCalls.ts';
import { openMemoryStorage } from '../src/storage.ts';
import type { Storage } from '../src/storage.ts';
import { mongoStorage } from './support/mongoStorage.ts';
import { refusalOf, testApp } from './support/testApp.ts';
import { until } from './support/until.ts';
import type { TestApp } from './support/testApp.ts';
import { putInForce } from './support/putInForce.ts';

const ADMIN_KEY = `dcs-ak-${'a'.repeat(43)}`;

const pilot = (file: Readonly<Record<string, unknown>> = {}) =>
  experimentSchema.parse({ name: 'pilot', games: [{ name: 'explore' }], ...file });
const of = { name: 'pilot' };

const open = async (storage: Storage, file = pilot()): Promise<TestApp> =>
  testApp({ storage, env: { PII_KEY: 'ab'.repeat(32), ADMIN_KEY }, moreExperiments: [file] });

function adminOf(app: TestApp): DcsClient {
  const client = app.client();
  client.signIn(ADMIN_KEY);
  return client;
}

describe.each([
  ['in memory', async () => openMemoryStorage()],
  ['over MongoDB', () => mongoStorage(inject('databaseUrl'))],
])('watching experiments %s', (_where, storage) => {
  it('shows who is where, what is played and how full the games are', async () => {
    await using app = await open(await storage());
    const admin = adminOf(app);
    const { client } = await app.player();
    await client.experiments.join.mutate(of);
    const { sessionId } = await client.experiments.startSession.mutate(of);
    await client.play.open.mutate({ sessionId });
    const dashboard = await admin.admin.experiment.query(of);
    expect(dashboard).toMatchObject({ participants: 1, playing: 1, run: 'running', fileChanged: false });
    expect(dashboard.stages.playing).toBe(1);
    expect(dashboard.sessionsInFlight).toMatchObject([{ sessionId, participantNumber: 1, turns: 1 }]);
    expect(dashboard.games).toMatchObject([{ game: 'explore', holding: 1, inProgress: 1 }]);
    expect(dashboard.characters).toHaveLength(1);
    const row = (await admin.admin.experiments.query()).experiments.find(({ name }) => name === 'pilot');
    expect(row).toMatchObject({ participants: 1, playing: 1 });
    const first = await admin.admin.experiments.query({ limit: 1 });
    const second = await admin.admin.experiments.query({ limit: 1, cursor: first.nextCursor ?? '' });
    const [before, after] = [first, second].map(({ experiments }) => experiments.map(({ name }) => name));
    expect([before, after]).toEqual([[first.nextCursor], [expect.any(String)]]);
    expect(after).not.toEqual(before);
  });

  it('notices alerts by itself: on the list, in the overview, in the metrics and for those who follow them', async () => {
    await using app = await open(await storage());
    const admin = adminOf(app);
    const { client } = await app.player();
    await client.experiments.join.mutate(of);
    const told: (readonly AlertCountsDto[])[] = [];
    const following = admin.trpc.admin.alerts.subscribe(undefined, {
      onData: (counts) => void told.push(counts),
    });
    await until(() => told.length > 0);
    expect(told[0]?.some(({ name }) => name === 'pilot')).toBe(false);
    await admin.admin.pauseExperiment.mutate({ ...of, reason: 'Lunch.' });
    const alert = { name: 'pilot', title: 'pilot', errors: 0, warnings: 1 };
    await until(() => told.some((counts) => counts.some(({ name }) => name === 'pilot')));
    expect(told.at(-1)).toContainEqual(alert);
    expect((await admin.admin.experiments.query()).alerts).toContainEqual(alert);
    expect((await admin.admin.overview.query()).alerts).toContainEqual(alert);
    const { body } = await app.http('/metrics');
    expect(String(body)).toContain('dcs_experiment_alerts{experiment="pilot",kind="paused"} 1');
    following.unsubscribe();
    expect(app.faults).toEqual([]);
  });

  it('is for administrators alone', async () => {
    await using app = await open(await storage());
    const { client } = await app.player();
    const attempts = [
      () => client.admin.experiments.query(),
      () => client.admin.experiment.query(of),
      () => client.admin.participants.query(of),
      () => client.admin.experimentRevisions.query(of),
      () => client.admin.pauseExperiment.mutate(of),
      () => client.admin.resumeExperiment.mutate(of),
      () => client.admin.reviseExperiment.mutate({ ...of, revision: 'a'.repeat(64) }),
      () => client.experiments.preflight.query(of),
      () => client.experiments.preflight.query({ ...of, dollarsPerCall: 0.01 }),
      () => client.admin.export.query(of),
    ];
    for (const attempt of attempts) {
      expect(await refusalOf(attempt())).toMatchObject({ reason: 'auth/forbidden' });
    }
  });

  it('pages through participants, finds one by number or code, and filters by stage', async () => {
    await using app = await open(await storage());
    const admin = adminOf(app);
    for (let index = 0; index < 3; index += 1) {
      const { client } = await app.player();
      await client.experiments.join.mutate(of);
      if (index === 1) await client.experiments.withdraw.mutate(of);
    }
    const first = await admin.admin.participants.query({ ...of, limit: 2 });
    expect(first).toMatchObject({ total: 3, participants: [{ number: 1 }, { number: 2 }] });
    const rest = await admin.admin.participants.query({ ...of, limit: 2, cursor: first.nextCursor ?? '' });
    expect(rest).toMatchObject({ participants: [{ number: 3 }], nextCursor: null });
    const code = rest.participants[0]?.completionCode ?? '';
    const found = await admin.admin.participants.query({ ...of, search: code });
    expect(found.participants.map(({ number }) => number)).toEqual([3]);
    const theirId = rest.participants[0]?.participantId ?? '';
    for (const [begins, numbers] of [
      [theirId.slice(0, 8), [3]],
      ['2', [2]],
      [theirId.slice(0, 3), []],
    ] as const) {
      const some = await admin.admin.participants.query({ ...of, search: begins });
      expect(some.participants.map(({ number }) => number)).toEqual(numbers);
    }
    const left = await admin.admin.participants.query({ ...of, stage: 'withdrawn' });
    expect(left.participants.map(({ number }) => number)).toEqual([2]);
  });

  it('pauses and resumes, and says in the audit log who did', async () => {
    await using app = await open(await storage());
    const admin = adminOf(app);
    const { client } = await app.player();
    await client.experiments.join.mutate(of);
    await admin.admin.pauseExperiment.mutate({ ...of, reason: 'The model is ill.' });
    expect(await refusalOf(client.experiments.startSession.mutate(of))).toMatchObject({
      reason: 'experiment/paused',
      retryable: true,
    });
    expect((await admin.admin.experiment.query(of)).alerts.map(({ kind }) => kind)).toContain('paused');
    await admin.admin.resumeExperiment.mutate(of);
    await client.experiments.startSession.mutate(of);
    const { playerId } = await admin.players.me.query();
    const entries = await app.storage.stores.audit.list({ limit: 10 });
    const steps = entries.filter(({ targetId }) => targetId === 'pilot');
    expect(steps.map(({ action, actorId }) => [action, actorId])).toEqual([
      ['experiment/resumed', playerId],
      ['experiment/paused', playerId],
    ]);
  });

  it('goes by the configuration it started with until somebody puts the changed file in force', async () => {
    const kept = { ...(await storage()), close: async () => undefined };
    {
      await using app = await open(kept);
      const { client } = await app.player();
      await client.experiments.join.mutate(of);
    }
    const changed = pilot({ assignment: { maxPerParticipant: 7 } });
    await using app = await open(kept, changed);
    const admin = adminOf(app);
    const { client } = await app.player();
    await client.experiments.join.mutate(of);
    expect((await client.experiments.setup.query(of)).participant?.most).toBe(3);
    expect(await admin.admin.experiment.query(of)).toMatchObject({ fileChanged: true });
    const { file } = await admin.admin.experimentRevisions.query(of);
    expect(file?.changes).toMatchObject([{ path: 'assignment.maxPerParticipant', before: '3', after: '7' }]);
    const stale = { ...of, revision: 'f'.repeat(64) };
    expect(await refusalOf(admin.admin.reviseExperiment.mutate(stale))).toMatchObject({
      reason: 'experiment/file-changed',
    });
    await putInForce(admin, of.name);
    expect((await client.experiments.setup.query(of)).participant?.most).toBe(7);
    expect((await admin.admin.experimentRevisions.query(of)).history).toHaveLength(2);
  });

  it('tells at once of whatever is new', async () => {
    await using app = await open(await storage());
    const admin = adminOf(app);
    const seen: number[] = [];
    const watching = admin.admin.activity.subscribe(of, { onData: ({ lastSeq }) => void seen.push(lastSeq) });
    await expect.poll(() => seen).toEqual([0]);
    const { client } = await app.player();
    await client.experiments.join.mutate(of);
    await expect.poll(() => seen.at(-1)).toBe(3);
    watching.unsubscribe();
  });

  it('gives all data away as an archive that verifies, to administrators alone, and says so in the audit log', async () => {
    await using app = await open(await storage());
    const admin = adminOf(app);
    const player = await app.player('Grace Hopper');
    await player.client.experiments.join.mutate(of);
    const { sessionId } = await player.client.experiments.startSession.mutate(of);
    await player.client.play.open.mutate({ sessionId });
    const { path: place } = await admin.admin.export.query({ ...of, personal: true });
    const get = (where: string, key: string | null) =>
      fetch(`${app.url}${where}`, key === null ? {} : { headers: { authorization: `Bearer ${key}` } });
    for (const key of [null, player.accessKey]) {
      const refused = await get(place, key);
      expect([401, 403]).toContain(refused.status);
      expect(await refused.json()).toMatchObject({ reason: expect.stringMatching(/^auth\//) });
    }
    expect((await get('/exports/nowhere', ADMIN_KEY)).status).toBe(404);
    await using folder = await temporaryFolder();
    const archive = path.join(folder.path, 'export.tar.gz');
    for (const [where, isPersonal] of [
      [place, true],
      ['/exports/Pilot', false],
    ] as const) {
      const response = await get(where, ADMIN_KEY);
      expect(response.headers.get('content-disposition')).toMatch(/pilot-[\d-]+\.tar\.gz/);
      await writeFile(archive, new Uint8Array(await response.arrayBuffer()));
      const unpacked = path.join(folder.path, String(isPersonal));
      await unpackExport(archive, unpacked);
      expect((await verifyExport(unpacked, builtInGames)).findings).toEqual([]);
      const participants = await readFile(path.join(unpacked, 'participants.jsonl'), 'utf8');
      expect(participants.includes('Grace Hopper')).toBe(isPersonal);
    }
    const entries = await app.storage.stores.audit.list({ limit: 10 });
    expect(entries.filter(({ action }) => action === 'experiment/exported')).toHaveLength(2);
  });

  it('rehearses an experiment with people who do not exist, and leaves no trace of them', async () => {
    await using app = await open(await storage());
    const admin = adminOf(app);
    const report = await admin.experiments.preflight.query({ ...of, participants: 20, seed: 'one' });
    expect(report).toMatchObject({ experiment: 'pilot', people: { came: 20 } });
    expect(await admin.experiments.preflight.query({ ...of, participants: 20, seed: 'one' })).toMatchObject({
      people: report.people,
      balances: report.balances,
    });
    expect((await admin.admin.experiment.query(of)).participants).toBe(0);
  });

  it('counts in a rehearsal what models cost, at the price that is asked about, else as calls have cost', async () => {
    const kept = await storage();
    await using app = await open(kept, pilot({ caps: { experiment: { dollars: 1 } } }));
    const rehearse = async (price: { readonly dollarsPerCall?: number } = {}) =>
      adminOf(app).experiments.preflight.query({ ...of, ...price, participants: 5 });
    const { effort, verdict } = await rehearse({ dollarsPerCall: 0.5 });
    expect(effort.calls).toBeGreaterThan(100);
    expect(effort.dollars).toBeCloseTo(effort.calls / 2);
    expect(verdict.readiness).toBe('not ready');
    expect(verdict.reasons[0]).toMatch(/^Models cost about \d+\.\d\d dollars, and the cap is 1 dollars/);
    await kept.stores.modelCalls.add([sampleCall({ at: Date.now(), costUsd: 0.25 })]);
    expect((await rehearse()).effort.dollars).toBeCloseTo(effort.calls / 4);
    for (const dollarsPerCall of [-1, 1001]) {
      expect(await refusalOf(rehearse({ dollarsPerCall }))).toMatchObject({ reason: 'request/invalid' });
    }
  });

  it('rehearses an experiment that has not opened yet as it will go from the day on which it opens', async () => {
    await using app = await open(await storage(), pilot({ opens: '2999-01-01T09:00:00Z' }));
    const report = await adminOf(app).experiments.preflight.query({ ...of, participants: 5 });
    expect(report).toMatchObject({ people: { came: 5, joined: 5, refused: 0 } });
    expect(report.effort.hoursInAll).toBeLessThan(24 * 30);
  });
});
