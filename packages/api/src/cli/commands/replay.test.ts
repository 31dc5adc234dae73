import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {
  builtInGames,
  foldOf,
  recordingSchema,
  recordSession,
  stepsOf,
  summarise,
  takeSnapshot,
} from '@dcs/engine';
import type { Recording, SessionEvent, SessionState, SessionSummary } from '@dcs/engine';
import { cardDuel } from '@dcs/engine/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stateHash } from '../../services/stateHash.ts';
import { createTestWorld } from '../testWorld.ts';
import type { TestWorld } from '../testWorld.ts';
import { version } from '../version.ts';

const RECORDINGS = path.resolve(import.meta.dirname, '../../../../engine/recordings');
const NAMES = readdirSync(RECORDINGS).map((file) => path.basename(file, '.json'));
const GAMES = [...builtInGames, cardDuel];

let folder = '';
let world: TestWorld;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'dcs-replay-'));
  world = createTestWorld({ games: async () => GAMES });
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const read = (name: string): Recording =>
  recordingSchema.parse(JSON.parse(readFileSync(path.join(RECORDINGS, `${name}.json`), 'utf8')));

const eventsOf = ({ steps }: Recording): SessionEvent[] => steps.map(({ event }) => event);

function statesOf({ header, sheets, ...recording }: Recording) {
  const game = GAMES.find(({ name }) => name === header.game);
  if (game === undefined) throw new Error(`There is no game ${header.game}.`);
  const fold = foldOf(game, header, sheets);
  const states: SessionState[] = [fold.start];
  for (const { state } of stepsOf(fold, eventsOf({ header, sheets, ...recording }))) states.push(state);
  return { game, fold, states, last: states.at(-1) ?? fold.start };
}

interface Kept {
  /** Other events than the recorded ones. */
  readonly events?: readonly SessionEvent[];
  readonly summary?: Partial<SessionSummary>;
}

/** Keeps a recorded session in the database of the test, as if it had been played there. */
async function keep(name: string, { events, summary }: Kept = {}): Promise<Recording> {
  const recording = read(name);
  const { header, sheets } = recording;
  const { game, last } = statesOf(recording);
  for (const [seat, sheet] of Object.entries(sheets)) {
    const revision = header.cast[seat]?.revision ?? '';
    await world.stores.characters.put(sheet, { revision, at: 0 });
  }
  await world.stores.sessions.create(header, { ...summarise(game, last), ...summary });
  const log = events ?? eventsOf(recording);
  if (log.length > 0) await world.stores.log.append(log);
  return recording;
}

async function keepHistory(recording: Recording, hash: string): Promise<void> {
  const { header } = recording;
  const { last } = statesOf(recording);
  await world.stores.history.put({
    ...header,
    playerIds: last.playerIds,
    result: 'completed',
    winner: null,
    endReason: 'game_completed',
    startedAt: header.createdAt,
    endedAt: last.lastAt,
    durationSeconds: 1,
    playedSeconds: 1,
    turns: 1,
    engineVersion: version,
    lastSeq: last.lastSeq,
    stateHash: hash,
  });
}

const idOf = ({ header }: Recording): string => header.sessionId;

/** The steps of `--json`, and what stands before and after them. */
async function jsonOf(recording: Recording, ...options: string[]) {
  const { out, exitCode, err } = await world.run('replay', idOf(recording), '--json', ...options);
  expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
  return out
    .trimEnd()
    .split('\n')
    .map((line): Record<string, unknown> => JSON.parse(line));
}

describe('dcs replay', () => {
  it('tells a session as a play: cues, stage directions, notices and times', async () => {
    const recording = await keep('explore-plain');
    const { exitCode, out, err } = await world.run('replay', idOf(recording));
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
    expect(out).toContain('explore 1.0.0, session ');
    expect(out).toMatch(/AMA\) as pc, .*\(OCT\) as npc/);
    expect(out).toMatch(/\n {4}1 {2}\d\d:\d\d:\d\d {2}\* The session begins \*\n/);
    expect(out).toMatch(/\n {4}3 {2}\d\d:\d\d:\d\d {2}\[The lid is off\./);
    expect(out).toMatch(/\n {4}4 {2}\S+ {2}[A-Z ]+\n {17}I rest my hand on the rim of the tank/);
    expect(out).toMatch(/\n {4}6 {2}\S+ {2}\([A-Z ]+ types \/help\)\n/);
    expect(out).toMatch(/\n {3}14 {2}\S+ {2}\(You have finished the game\./);
    expect(out).toContain('The session ends after 42 s of play: game_completed');
    expect(out).toContain('\nAfter event 15: 4 turns, 42 s of play\n');
    expect(out.endsWith(`State ${stateHash(recording.header, statesOf(recording).last)}\n`)).toBe(true);
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(81);
    expect(world.openCount()).toBe(0);
  });

  it('shows what nobody in the game saw, and who saw what', async () => {
    const rejected = await keep('explore-rejected');
    const { out } = await world.run('replay', idOf(rejected));
    expect(out).toMatch(/\* A check of the player objects: /);
    expect(out).toMatch(/\(! You decide only about your own character\./);
    world = createTestWorld({ games: async () => GAMES });
    const duel = await keep('duel-plain');
    expect((await world.run('replay', idOf(duel))).out).toContain('home is dealt a hand (only for home)');
  });

  it('marks what a roll-back took out of the game', async () => {
    const recording = await keep('duel-rolled-back');
    const { out } = await world.run('replay', idOf(recording));
    const marked = [...out.matchAll(/^ +(\d+)~/gm)].map(([, seq]) => Number(seq));
    expect(marked).toEqual([8, 9, 11, 12, 13, 14]);
    expect(out).toContain('Taken back to event 7; what no longer counts is marked ~');
  });

  it('says where a branch comes from', async () => {
    const { out } = await world.run('replay', idOf(await keep('explore-branch')));
    expect(out).toContain('A branch of session id-2 at event 5\n');
    expect(out).toContain('* Branched off at event 5 *');
  });

  it('tells a part, with the state at its end', async () => {
    const recording = await keep('explore-plain');
    const { out } = await world.run('replay', idOf(recording), '--after', '3', '--until', '5');
    const told = [...out.matchAll(/^ +(\d+) {2}\d\d:/gm)].map(([, seq]) => Number(seq));
    expect(told).toEqual([4, 5]);
    const then = statesOf(recording).states[5];
    if (then === undefined) throw new Error('The recording is too short.');
    expect(out.endsWith(`State ${stateHash(recording.header, then)}\n`)).toBe(true);
  });

  it('lets no text draw on the terminal or forge a line', async () => {
    const events = eventsOf(read('explore-plain')).map((event) =>
      event.kind === 'message'
        ? { ...event, content: 'I \u001B[2Jwave\u0007.\r   9  00:00:00  \u202Eevaw' }
        : event,
    );
    const recording = await keep('explore-plain', { events });
    const { out } = await world.run('replay', idOf(recording));
    expect(out.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202e]/u);
    const steps = await jsonOf(recording);
    expect(steps.find(({ event }) => JSON.stringify(event)?.includes('[2J'))).toMatchObject({
      event: { content: 'I \u001B[2Jwave\u0007.\r   9  00:00:00  \u202Eevaw' },
    });
  });

  it('gives programs the session, its steps and its end, one a line', async () => {
    const recording = await keep('duel-plain');
    const [head, ...rest] = await jsonOf(recording);
    expect(head).toMatchObject({ type: 'session', afterSeq: 0, start: { turns: 0, status: 'active' } });
    expect(JSON.stringify(head)).not.toContain('"seed"');
    const { states, last, game } = statesOf(recording);
    const steps = rest.slice(0, -1);
    expect(steps.map(({ type }) => type)).toEqual(states.slice(1).map(() => 'step'));
    let view: unknown = Object(head?.['start'])['view'];
    for (const [index, step] of steps.entries()) {
      view = step['view'] ?? view;
      const state = states[index + 1];
      expect(view).toEqual(game.view(state?.game, { seat: null, seesAll: true }));
      expect(step).toMatchObject({ turns: game.progress(state?.game).turns });
    }
    const end = { type: 'end', lastSeq: last.lastSeq, stateHash: stateHash(recording.header, last) };
    expect(rest.at(-1)).toEqual(end);
    const part = await jsonOf(recording, '--after', '4', '--until', '6');
    expect(part.map(({ type, afterSeq }) => afterSeq ?? type)).toEqual([4, 'step', 'step', 'end']);
    expect(await jsonOf(recording, '--after', '18')).toHaveLength(2);
  });

  it.each([
    [['nobody'], 1, 'There is no session nobody in the database of the test.'],
    [['id-2', '--after', '99'], 1, 'The session has 15 events: nothing comes after event 99.'],
    [['id-2', '--after', '5', '--until', '4'], 2, '--until must not be before --after.'],
  ])('refuses %j, with what is wrong', async (args, exitCode, message) => {
    const { header } = await keep('explore-plain');
    const outcome = await world.run(
      'replay',
      ...args.map((arg) => (arg === 'id-2' ? header.sessionId : arg)),
    );
    expect(outcome).toEqual({ exitCode, out: '', err: `${message}\n` });
    expect(world.openCount()).toBe(0);
  });

  it('says which game or character it does without', async () => {
    const recording = await keep('duel-plain');
    world = createTestWorld();
    await keep('duel-plain');
    expect((await world.run('replay', idOf(recording))).err).toContain('card-duel, which this version');
    world = createTestWorld();
    const { header, steps } = read('explore-plain');
    const { game, last } = statesOf(read('explore-plain'));
    await world.stores.sessions.create(header, summarise(game, last));
    await world.stores.log.append(steps.map(({ event }) => event));
    expect((await world.run('replay', header.sessionId)).err).toMatch(
      /The character \w+ in revision \w+ is missing/,
    );
  });
});

describe('dcs replay --verify', () => {
  const reasonsOf = async (recording: Recording): Promise<readonly string[]> => {
    const { exitCode, out, err } = await world.run('replay', idOf(recording), '--verify', '--json');
    const { ok, findings } = JSON.parse(out);
    expect({ err, exitCode, ok }).toEqual({ err: '', exitCode: ok ? 0 : 1, ok: findings.length === 0 });
    return findings.map(({ reason }: { reason: string }) => reason);
  };

  it.each(NAMES.filter((name) => !name.endsWith('-branch')))(
    'finds nothing in what was played: %s',
    async (name) => {
      const recording = await keep(name);
      const { last } = statesOf(recording);
      await keepHistory(recording, stateHash(recording.header, last));
      const { exitCode, out } = await world.run('replay', idOf(recording), '--verify');
      expect({ exitCode, out }).toEqual({
        exitCode: 0,
        out: `All is as the log says: ${last.lastSeq} events.\nState ${stateHash(recording.header, last)}\n`,
      });
    },
  );

  it('compares the summary at the event that it knows, since it may lag', async () => {
    const recording = read('duel-plain');
    const { game, states } = statesOf(recording);
    const before = states[9];
    if (before === undefined) throw new Error('The recording is too short.');
    await keep('duel-plain', { summary: summarise(game, before) });
    expect(await reasonsOf(recording)).toEqual([]);
  });

  it('finds a summary that says something else, and one of events that are not there', async () => {
    const recording = await keep('duel-plain', { summary: { turns: 7, terminationReason: 'abandoned' } });
    expect(await reasonsOf(recording)).toEqual(['summary/differs', 'summary/differs']);
    const { out } = await world.run('replay', idOf(recording), '--verify');
    expect(out).toContain('summary/differs: The summary says turns 7; folded to event 18 it is 6.\n');
    world = createTestWorld({ games: async () => GAMES });
    expect(await reasonsOf(await keep('duel-plain', { summary: { lastSeq: 19 } }))).toEqual([
      'summary/ahead',
    ]);
  });

  it('finds a time that runs back, and an event of a class that no log has', async () => {
    const events = eventsOf(read('duel-plain')).map((event) => ({
      ...event,
      ...(event.seq === 7 ? { at: event.at - 60_000 } : {}),
      ...(event.seq === 6 ? { direction: 'outbound' as const } : {}),
    }));
    expect(await reasonsOf(await keep('duel-plain', { events }))).toEqual([
      'log/unclassified',
      'log/time-runs-back',
    ]);
  });

  it('finds what was written after the end, but for feedback', async () => {
    const events = eventsOf(read('explore-feedback'));
    const info = { direction: 'outbound', source: 'system', kind: 'info', format: 'markdown' } as const;
    const changed = events.map((event) => (event.kind === 'feedback' ? { ...event, ...info } : event));
    expect(await reasonsOf(await keep('explore-feedback', { events: changed.slice(0, -1) }))).not.toContain(
      'log/after-end',
    );
    world = createTestWorld({ games: async () => GAMES });
    expect(await reasonsOf(await keep('explore-feedback', { events: changed }))).toContain('log/after-end');
  });

  it('finds a history of another state or another end', async () => {
    const recording = await keep('duel-plain');
    await keepHistory(recording, 'f'.repeat(64));
    expect(await reasonsOf(recording)).toEqual(['history/differs']);
    const events = eventsOf(recording).slice(0, -1);
    world = createTestWorld({ games: async () => GAMES });
    await keep('duel-plain', { events });
    await keepHistory(recording, 'f'.repeat(64));
    expect(await reasonsOf(recording)).toEqual(['summary/ahead', 'history/differs']);
  });

  it('finds a snapshot that is not what the log folds to, and no fault in one that is', async () => {
    const recording = await keep('explore-crash');
    const { fold, states } = statesOf(recording);
    const state = states[8];
    if (state === undefined) throw new Error('The recording is too short.');
    const snapshot = takeSnapshot({ header: recording.header, fold }, { state, replies: new Map() });
    if (snapshot === null) throw new Error('The game does not freeze.');
    await world.stores.snapshots.put(snapshot);
    expect(await reasonsOf(recording)).toEqual([]);
    await world.stores.snapshots.remove(idOf(recording));
    const richer = { ...Object(snapshot.core), playedMs: 1 };
    await world.stores.snapshots.put({ ...snapshot, core: richer });
    expect(await reasonsOf(recording)).toEqual(['snapshot/differs']);
    await world.stores.snapshots.remove(idOf(recording));
    await world.stores.snapshots.put({ ...snapshot, seq: 99 });
    expect(await reasonsOf(recording)).toEqual(['snapshot/not-of-log']);
  });

  describe('of a branch', () => {
    const branch = read('duel-branch');
    const parentSeq = branch.header.parent?.seq ?? 0;
    const parentId = branch.header.parent?.sessionId ?? '';

    async function keepParent(change: Partial<SessionEvent> = {}): Promise<void> {
      const events = eventsOf(branch).slice(0, parentSeq);
      await world.stores.log.append(
        events.map((event) => ({
          ...event,
          ...(event.seq === 6 ? change : {}),
          sessionId: parentId,
          eventId: `${parentId}:${event.seq}`,
        })),
      );
    }

    it('finds nothing when it begins as its parent does', async () => {
      await keepParent();
      expect(await reasonsOf(await keep('duel-branch'))).toEqual([]);
    });

    it('finds what its parent says in another way', async () => {
      await keepParent({ content: 'home plays nothing' });
      expect(await reasonsOf(await keep('duel-branch'))).toEqual(['branch/differs']);
    });

    it('finds a copy that was cut off, and does not hold its summary against it', async () => {
      await keepParent();
      const kept = await keep('duel-branch', {
        events: eventsOf(branch).slice(0, 3),
        summary: { lastSeq: parentSeq, status: 'paused' },
      });
      expect(await reasonsOf(kept)).toEqual(['branch/incomplete']);
    });
  });
});

describe('dcs replay --record', () => {
  const fileOf = (name: string): string => path.join(folder, name);

  it.each(NAMES)('writes the recording of what was played: %s', async (name) => {
    const recording = await keep(name);
    const { exitCode, out, err } = await world.run(
      'replay',
      idOf(recording),
      '--record',
      fileOf('again.json'),
    );
    expect({ exitCode, out }).toEqual({ exitCode: 0, out: '' });
    expect(err).toContain(`Recorded ${recording.steps.length} events in `);
    const written = recordingSchema.parse(JSON.parse(await readFile(fileOf('again.json'), 'utf8')));
    // As it is folded now: a state may have grown since the recording was made.
    const { header, sheets } = recording;
    const { game } = statesOf(recording);
    const title = { name: 'again', about: written.about, engineVersion: version };
    expect(written).toEqual(recordSession({ game, header, sheets, events: eventsOf(recording) }, title));
  });

  it('never writes over a file', async () => {
    const recording = await keep('duel-plain');
    await world.run('replay', idOf(recording), '--record', fileOf('again.json'));
    const { exitCode, err } = await world.run('replay', idOf(recording), '--record', fileOf('again.json'));
    expect(exitCode).toBe(1);
    expect(err).toContain('is there already');
  });

  it('says when the file cannot be written', async () => {
    const recording = await keep('duel-plain');
    const file = fileOf('nowhere/again.json');
    const { exitCode, err } = await world.run('replay', idOf(recording), '--record', file);
    expect(exitCode).toBe(1);
    expect(err).toContain('cannot be written (ENOENT).');
  });

  it.each(['Again.json', 'again', 'again.txt', 'two words.json'])(
    'wants another name than %s',
    async (name) => {
      const recording = await keep('duel-plain');
      const { exitCode, err } = await world.run('replay', idOf(recording), '--record', fileOf(name));
      expect(exitCode).toBe(2);
      expect(err).toContain('is no name for a recording.');
    },
  );
});
