import { describe, expect, it } from 'vitest';
import type { Game } from '../game/game.ts';
import { cardDuel } from '../testing/cardDuel.ts';
import type { DuelState } from '../testing/cardDuel.ts';
import { startDuel } from '../testing/duel.ts';
import type { Duel } from '../testing/duel.ts';
import { flagsOf, FOLD_CHANGES } from './flags.ts';
import type { FoldChange } from './flags.ts';
import type { SessionHeader } from './session.ts';
import { foldEvents, initialState } from './state.ts';

const FIRST_CARD_COUNTS_DOUBLE = 7;

/** A change that somebody might make: without the flag every old duel would end with another score. */
const madeUp: readonly FoldChange[] = [
  {
    number: FIRST_CARD_COUNTS_DOUBLE,
    since: '9.0.0',
    reason: 'The first card of each side counts double.',
    recordings: [],
  },
];

const changedDuel: Game = {
  ...cardDuel,
  evolve: (state: DuelState, event, flags): DuelState => {
    const next = cardDuel.evolve(state, event, flags);
    if (!flags.has(FIRST_CARD_COUNTS_DOUBLE) || next.plays === state.plays || next.plays > 2) return next;
    const side = state.toPlay;
    return {
      ...next,
      scores: { ...next.scores, [side]: next.scores[side] + (state.onTable?.card ?? 0) },
    };
  },
};

async function headerOf({ world, sessionId }: Duel): Promise<SessionHeader> {
  const record = await world.ports.sessions.get(sessionId);
  if (record === null) throw new Error('The session is not there.');
  return record.header;
}

function scoresOf(duel: Duel, header: SessionHeader): unknown {
  const config = cardDuel.configSchema.parse(header.config);
  const start = initialState(header, changedDuel.init({ config, characters: {} }));
  const fold = { game: changedDuel, flags: flagsOf(header, madeUp), start };
  return foldEvents(fold, duel.log()).game;
}

describe('a change of what a log folds to', () => {
  it('holds for sessions that carry its number, and leaves all others as they were', async () => {
    const duel = await startDuel();
    const [card = 0] = duel.hand('home');
    await duel.play('home', 'c1');
    const header = await headerOf(duel);
    const played = await duel.manager.present(duel.sessionId);
    const before = { scores: { home: Number(duel.log().at(-1)?.data?.['die']) + card } };
    expect(played?.view({ seat: null, seesAll: true })).toMatchObject(before);
    expect(scoresOf(duel, header)).toMatchObject(before);
    expect(scoresOf(duel, { ...header, flags: [] })).toMatchObject(before);
    expect(scoresOf(duel, { ...header, flags: [FIRST_CARD_COUNTS_DOUBLE] })).toMatchObject({
      scores: { home: before.scores.home + card },
    });
  });

  it('is carried over to a branch', async () => {
    const duel = await startDuel();
    const header = { ...(await headerOf(duel)), sessionId: 'later', commandId: 'later', flags: [] };
    const summary = (await duel.world.ports.sessions.get(duel.sessionId))?.summary;
    if (summary === undefined) throw new Error('The session is not there.');
    await duel.world.ports.sessions.create(header, summary);
    const made = await duel.manager.branch({ sessionId: 'later', playerId: 'ann', commandId: 'b' });
    expect(made).toMatchObject({ ok: true, record: { header: { flags: [] } } });
  });

  it('that this version does not know keeps the session from being read in a wrong way', async () => {
    const header = await headerOf(await startDuel());
    expect(() => flagsOf({ ...header, flags: [FIRST_CARD_COUNTS_DOUBLE] })).toThrow('needs flag 7');
  });

  it('has a number of its own', () => {
    const numbers = FOLD_CHANGES.map(({ number }) => number);
    expect(new Set(numbers).size).toBe(numbers.length);
  });
});
