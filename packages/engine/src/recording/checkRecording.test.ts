import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Game } from '../game/game.ts';
import { cardDuel } from '../testing/cardDuel.ts';
import type { DuelState } from '../testing/cardDuel.ts';
import { startDuel } from '../testing/duel.ts';
import { checkRecording, describeDeviation } from './checkRecording.ts';
import { changeBetween, leavesOf, withChange } from './leaves.ts';
import { recordingSchema } from './recording.schema.ts';
import type { Recording } from './recording.schema.ts';
import { recordingText, recordSession } from './recordSession.ts';

const TITLE = { name: 'duel', about: 'A duel of the test.', engineVersion: '0.1.0' };

/** A duel after one card of each side, as it is read from its file. */
async function recordedDuel(): Promise<Recording> {
  const duel = await startDuel();
  await duel.play('home', 'c1');
  await duel.play('away', 'c2');
  const { header } = (await duel.world.ports.sessions.get(duel.sessionId)) ?? {};
  if (header === undefined) throw new Error('The session is not there.');
  const recording = recordSession({ game: cardDuel, header, sheets: {}, events: duel.log() }, TITLE);
  return recordingSchema.parse(JSON.parse(recordingText(recording)));
}

type Duel = Partial<Pick<typeof cardDuel, 'evolve' | 'view' | 'progress' | 'freezing'>>;
const duelWith = (change: Duel): Game => ({ ...cardDuel, ...change });

/** The seq of the first die: the first event that changes the scores. */
const firstDie = ({ steps }: Recording): number =>
  steps.find(({ event }) => event.data?.['die'] !== undefined)?.event.seq ?? 0;

describe('a recording', () => {
  it('folds to what it was', async () => {
    expect(checkRecording(await recordedDuel(), cardDuel)).toBeNull();
  });

  it('shows at which event a changed fold makes another state, and in which values', async () => {
    const recording = await recordedDuel();
    const generous = duelWith({
      evolve: (state, event, flags) => {
        const next = cardDuel.evolve(state, event, flags);
        if (next.plays === state.plays) return next;
        return { ...next, scores: { ...next.scores, home: next.scores.home + 1 } };
      },
    });
    const deviation = checkRecording(recording, generous);
    expect(deviation?.seq).toBe(firstDie(recording));
    expect(deviation?.values.map(({ pointer }) => pointer)).toEqual([
      '/game/scores/home',
      '/views/admin/scores/home',
      '/views/nobody/scores/home',
      '/views/seat home/scores/home',
      '/views/seat away/scores/home',
    ]);
  });

  it('says in words what has changed and what to do about it', async () => {
    const recording = await recordedDuel();
    const slower = duelWith({ progress: (state) => ({ turns: state.plays + 1, finished: null }) });
    const deviation = checkRecording(recording, slower);
    if (deviation === null) throw new Error('It was not noticed.');
    const text = describeDeviation(recording, deviation);
    expect(text).toContain('The recording duel folds to something else before its first event:');
    expect(text).toContain('/turns was 0, is 1');
    expect(text).toContain('session/flags.ts');
  });

  it('notices what a viewer sees more of, though the state is the same', async () => {
    const indiscreet = duelWith({
      view: (state: DuelState, viewer) => cardDuel.view(state, { ...viewer, seesAll: true }),
    });
    expect(checkRecording(await recordedDuel(), indiscreet)?.values).toContainEqual({
      pointer: '/views/nobody/hands/home',
      recorded: 0,
      now: [],
    });
  });

  it('notices one item more in a list', async () => {
    const sleeve = duelWith({
      evolve: (state, event, flags) => {
        const next = cardDuel.evolve(state, event, flags);
        if (event.kind !== 'fact' || event.audience === null) return next;
        return { ...next, hands: { ...next.hands, home: [...next.hands.home, 9] } };
      },
    });
    expect(checkRecording(await recordedDuel(), sleeve)).not.toBeNull();
  });

  it('is not concerned with fields that came later', async () => {
    const richer = duelWith({
      view: (state, viewer) => {
        const view = cardDuel.view(state, viewer);
        return typeof view === 'object' && view !== null ? { ...view, weather: { rain: [1, 2] } } : view;
      },
    });
    expect(checkRecording(await recordedDuel(), richer)).toBeNull();
  });

  it('misses fields that are gone', async () => {
    const poorer = duelWith({ view: () => ({}) });
    expect(checkRecording(await recordedDuel(), poorer)?.seq).toBe(0);
  });

  it('is refused in another form', async () => {
    const recording = await recordedDuel();
    expect(recordingSchema.safeParse({ ...recording, recordingVersion: 2 }).success).toBe(false);
    expect(recordingSchema.safeParse({ ...recording, more: true }).success).toBe(false);
  });
});

describe('the change between two documents', () => {
  it('makes the one of the other', () => {
    const document = fc.dictionary(fc.string({ maxLength: 3 }), fc.jsonValue({ maxDepth: 3 }));
    fc.assert(
      fc.property(document, document, (one, other) => {
        // As a file holds them: JSON has no negative zero.
        const before = leavesOf(JSON.parse(JSON.stringify(one)));
        const after = leavesOf(JSON.parse(JSON.stringify(other)));
        const change = JSON.parse(JSON.stringify(changeBetween(before, after)));
        expect(Object.fromEntries(withChange(before, change))).toEqual(Object.fromEntries(after));
      }),
    );
  });
});
