import { describe, expect, it } from 'vitest';
import { cardDuel, cardDuelFile } from '../testing/cardDuel.ts';
import { createTestWorld } from '../testing/testWorld.ts';
import { createSessionManager } from '../session/createSessionManager.ts';
import { createGameRegistry } from './registry.ts';

const offered = createGameRegistry([cardDuel], [cardDuelFile]);
const withoutFile = createGameRegistry([cardDuel], []);

describe('a game whose file is gone or cannot be used', () => {
  it('is not offered', () => {
    expect([withoutFile.find('card-duel'), withoutFile.entries]).toEqual([null, []]);
  });

  it('is known by its rules, and by a title that is made of its name', () => {
    expect(withoutFile.played('card-duel')).toMatchObject({ game: cardDuel, file: { title: 'Card Duel' } });
    expect(offered.played('card-duel')).toEqual({ game: cardDuel, file: cardDuelFile });
    expect(offered.played('chess')).toBeNull();
  });

  it('is played on where it was begun, and begun by nobody', async () => {
    const { ports } = createTestWorld({ games: offered });
    const request = { game: 'card-duel', ownerId: 'ann', commandId: 'c', source: 'test' };
    const created = await createSessionManager(ports).create({ ...request, config: { cards: 4 } });
    if (!created.ok) throw new Error(created.message);
    const { sessionId } = created.record.header;
    const later = createSessionManager({ ...ports, games: withoutFile });
    expect(await later.open(sessionId)).toMatchObject({ ok: true });
    expect(await later.present(sessionId)).toMatchObject({
      header: { config: { cards: 4 } },
      status: 'active',
    });
    expect(await later.create({ ...request, commandId: 'd' })).toMatchObject({ reason: 'game/unknown' });
  });

  it('is begun where an experiment has pinned a file', async () => {
    const { ports } = createTestWorld({ games: withoutFile });
    const created = await createSessionManager(ports).create({
      game: 'card-duel',
      ownerId: 'ann',
      commandId: 'c',
      source: 'test',
      pinned: { file: cardDuelFile, characters: [] },
    });
    expect(created).toMatchObject({ ok: true, record: { header: { gameVersion: cardDuelFile.version } } });
  });
});
