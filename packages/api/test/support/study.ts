import assert from 'node:assert/strict';
import { builtInGames, createExperimentFold, experimentSchema, randomStream } from '@dcs/engine';
import type { ExperimentState, RandomStream } from '@dcs/engine';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createClient, DcsError } from '../../src/client/index.ts';
import type { DcsClient } from '../../src/client/index.ts';
import { exportExperiment } from '../../src/export/exportExperiment.ts';
import { folderTarget } from '../../src/export/target.ts';
import { verifyExport } from '../../src/export/verify/verifyExport.ts';
import type { Storage } from '../../src/storage.ts';
import { insist } from './insist.ts';
import { restartingApp } from './restartingApp.ts';
import type { RestartingApp } from './restartingApp.ts';
import { someone } from './testApp.ts';

/*
 * A whole study, played by bots through the API: some leave on the way, some click everything twice, some use two devices,
 * and the server is killed under them.
 */

export interface StudyOptions {
  readonly storage: Storage;
  /** How many participants each game takes; twice as many come first, and as many again when places have lapsed. */
  readonly quota: number;
  readonly seed: number;
  readonly report: (line: string) => void;
}

export interface StudyResult {
  readonly participants: number;
  readonly sessions: number;
  readonly events: number;
}

const NAME = 'whole-study';
const of = { name: NAME };
const GAMES = ['explore', 'teamwork', 'foresight'];
const HOLD_MINUTES = 60;
const AT_ONCE = 12;

function studyFor(quota: number) {
  return experimentSchema.parse({
    name: NAME,
    games: GAMES.map((name) => ({ name })),
    assignment: {
      strategy: 'least-played-combination-next',
      maxPerParticipant: 1,
      holdMinutes: HOLD_MINUTES,
    },
    quotas: { perGame: quota },
    forms: [
      {
        name: 'consent',
        trigger: { event: 'before-all-assignments' },
        questions: [{ key: 'agreed', prompt: 'Do you agree?', type: 'bool', required: true, mustBe: true }],
      },
      {
        name: 'after_play',
        trigger: { event: 'after-assignment' },
        questions: [{ key: 'how', prompt: 'How was it?', type: 'string', required: true }],
      },
    ],
  });
}

const ANSWERS = { consent: { agreed: true }, after_play: { how: '=HYPERLINK("x")' } };

/** Where somebody leaves for good; `null` goes to the end. */
type LeavesAt = 'consent' | 'beginning' | 'play' | 'after' | null;

interface Habits {
  readonly leavesAt: LeavesAt;
  readonly clicks: 1 | 2;
  readonly devices: 1 | 2;
}

function habitsFrom(random: RandomStream): Habits {
  const leaves: readonly LeavesAt[] = [
    'consent',
    'beginning',
    'play',
    'after',
    null,
    null,
    null,
    null,
    null,
    null,
  ];
  return {
    leavesAt: random.pick(leaves) ?? null,
    clicks: random.integer(0, 2) === 0 ? 2 : 1,
    devices: random.integer(0, 2) === 0 ? 2 : 1,
  };
}

/** Registering is not repeatable, but whoever has no key has nothing to lose: if the answer was lost, they do it again. */
async function register(client: DcsClient): Promise<string> {
  for (;;) {
    try {
      return (await insist(() => client.players.register.mutate(someone()))).accessKey;
    } catch (error) {
      if (!(error instanceof DcsError) || error.reason !== 'connection/interrupted') throw error;
    }
  }
}

/** Somebody with one or two devices who clicks once or twice. */
interface Bot extends Disposable {
  /** What the first click answers, on one of the devices. */
  click<Reply>(call: (client: DcsClient) => Promise<Reply>): Promise<Reply>;
}

async function arrive(url: string, { clicks, devices }: Habits): Promise<Bot> {
  const clients = Array.from({ length: devices }, () =>
    createClient({ url, backoff: { minMs: 1, maxMs: 20 } }),
  );
  const [first] = clients;
  assert(first !== undefined);
  const accessKey = await register(first);
  for (const client of clients) client.signIn(accessKey);
  let turn = 0;
  return {
    click: async (call) => {
      const sent = Array.from({ length: clicks }, () => {
        turn += 1;
        const client = clients[turn % devices] ?? first;
        return insist(() => call(client));
      });
      const [reply] = await Promise.all(sent);
      assert(reply !== undefined);
      return reply;
    },
    [Symbol.dispose]: () => {
      for (const client of clients) client.close();
    },
  };
}

async function play(bot: Bot, sessionId: string, leavesAt: LeavesAt): Promise<boolean> {
  await bot.click((client) => client.play.open.mutate({ sessionId }));
  const act = (name: string, text: string) =>
    bot.click((client) => client.play.act.mutate({ sessionId, commandId: name, text }));
  await act('wave', 'I wave.');
  if (leavesAt === 'play') return false;
  for (let step = 0; step < 8; step += 1) {
    const reply = await act(`step-${step}`, step === 0 ? '/finish' : '50');
    if (reply.exited) return true;
  }
  return false;
}

/** Goes as far as there is a way, or until they leave. Whether they were thanked. */
async function takePart(url: string, habits: Habits): Promise<boolean> {
  using bot = await arrive(url, habits);
  const { leavesAt } = habits;
  for (let step = 0; step < 12; step += 1) {
    const setup = await bot.click((client) => client.experiments.setup.query(of));
    const [group] = setup.pendingFormGroups;
    const { mode } = setup.nextAssignment;
    if (group !== undefined) {
      const asked = group.event === 'before-all-assignments' ? 'consent' : 'after';
      if (leavesAt === asked) return false;
      const responses = Object.fromEntries(
        Object.entries(ANSWERS).filter(([name]) => group.forms.some((form) => form.name === name)),
      );
      const { groupId } = group;
      await bot.click((client) => client.experiments.submitForm.mutate({ ...of, groupId, responses }));
    } else if (mode === 'locked' || mode === 'ready') {
      if (leavesAt === 'beginning') return false;
      const { sessionId } = await bot.click((client) => client.experiments.startSession.mutate(of));
      if (!(await play(bot, sessionId, leavesAt))) return false;
    } else {
      return setup.completion !== null;
    }
  }
  throw new Error('A participant never came to an end.');
}

interface Wave {
  readonly running: RestartingApp;
  readonly people: readonly Habits[];
  /** The server is killed when so many have gone. */
  readonly killsAfter: readonly number[];
}

/** Some of them at the same time. How many were thanked. */
async function wave({ running, people, killsAfter }: Wave): Promise<number> {
  const waiting = [...people];
  const kills = [...killsAfter];
  let [gone, thanked] = [0, 0];
  let restart: Promise<void> = Promise.resolve();
  const worker = async (): Promise<void> => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (await takePart(running.url, next)) thanked += 1;
      gone += 1;
      if (gone !== kills[0]) continue;
      kills.shift();
      restart = restart.then(() => running.restart('crash'));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  await restart;
  return thanked;
}

async function stateOf({
  stores,
}: Storage): Promise<{ readonly state: ExperimentState; readonly events: number }> {
  const fold = createExperimentFold();
  for (;;) {
    const page = await stores.experimentLog.read(NAME, fold.state.lastSeq, 500);
    for (const event of page) fold.apply(event);
    if (page.length === 0) return { state: fold.state, events: fold.state.lastSeq };
  }
}

/** Distinct participants by game, of assignments that hold a place or were completed. */
function placesIn(
  { assignments }: ExperimentState,
  which: 'held' | 'completed',
): ReadonlyMap<string, number> {
  const holders = new Map(GAMES.map((game) => [game, new Set<string>()]));
  for (const { game, holdsPlace, status, participantId } of assignments.values()) {
    if (which === 'held' ? holdsPlace : status === 'completed') holders.get(game)?.add(participantId);
  }
  return new Map([...holders].map(([game, { size }]) => [game, size]));
}

async function assertExportHolds(storage: Storage, { state, events }: Awaited<ReturnType<typeof stateOf>>) {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'dcs-study-'));
  try {
    await using target = await folderTarget(path.join(folder, 'export'));
    const ports = { stores: storage.stores, games: builtInGames, clock: { now: () => Date.now() } };
    const request = { experiment: NAME, personalData: null };
    const manifest = await exportExperiment({ ...ports, engineVersion: '0.0.0' }, request, target);
    const rowsOf = (table: string): number => manifest.tables.find(({ name }) => name === table)?.rows ?? -1;
    assert.equal(manifest.asOf.experimentSeq, events);
    assert.equal(rowsOf('participants'), state.participants.size);
    assert.equal(rowsOf('assignments'), state.assignments.size);
    const verified = await verifyExport(path.join(folder, 'export'), builtInGames);
    assert.deepEqual(verified.findings, []);
    assert.equal(verified.folded, verified.sessions);
    return verified.sessions;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Holds when every game has exactly as many participants as it takes, nothing is left in the middle, and an export of it
 * is whole and agrees with the log. Rejects at the first thing that does not hold.
 */
export async function runStudy({ storage, quota, seed, report }: StudyOptions): Promise<StudyResult> {
  const study = studyFor(quota);
  const places = quota * GAMES.length;
  const random = randomStream(`study/${seed}`);
  let passed = 0;
  const clock = { now: () => Date.now() + passed };
  await using running = await restartingApp(storage, {
    env: { PII_KEY: 'ab'.repeat(32), ARRIVALS_PER_MINUTE: '100000' },
    moreExperiments: [study],
    clock,
  });
  const crowd = (size: number): readonly Habits[] => Array.from({ length: size }, () => habitsFrom(random));
  const first = crowd(2 * places);
  const third = Math.floor(first.length / 3);
  const thanked = await wave({ running, people: first, killsAfter: [third, 2 * third] });
  report(`${first.length} came, ${thanked} were thanked, the server was killed twice`);
  const early = (await stateOf(storage)).state;
  for (const [game, held] of placesIn(early, 'held')) {
    assert(held <= quota, `${game} has ${held} places taken of ${quota}.`);
  }
  // Those who left keep their places for an hour; then others may have them.
  const isFilled = async (): Promise<boolean> =>
    [...placesIn((await stateOf(storage)).state, 'completed').values()].every((done) => done === quota);
  for (let round = 0; round < 8 && !(await isFilled()); round += 1) {
    passed += 2 * HOLD_MINUTES * 60_000;
    await running.restart('stop');
    const more = crowd(places);
    const also = await wave({ running, people: more, killsAfter: [] });
    report(`${more.length} came when places had lapsed, ${also} were thanked`);
  }
  // So that those who left last are seen to as well.
  passed += 2 * HOLD_MINUTES * 60_000;
  await running.restart('stop');
  await running.app.server.app.services.experiments.list(null, { limit: 1 });
  const final = await stateOf(storage);
  const { state } = final;
  for (const [game, completed] of placesIn(state, 'completed')) assert.equal(completed, quota, game);
  for (const [game, held] of placesIn(state, 'held')) assert.equal(held, quota, game);
  const stuck = [...state.assignments.values()].filter(({ status }) => status === 'in_progress');
  assert.deepEqual(stuck, []);
  const doubled = [...state.participants.values()].filter(({ assignmentIds }) => assignmentIds.length > 1);
  assert.deepEqual(doubled, []);
  const sessions = await assertExportHolds(storage, final);
  return { participants: state.participants.size, sessions, events: final.events };
}
