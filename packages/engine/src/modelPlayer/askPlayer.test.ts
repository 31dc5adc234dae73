import { describe, expect, it } from 'vitest';
import type { Ask } from '../game/ask.ts';
import type { SeatSight } from '../models/seatSight.ts';
import { playWithModel } from '../testing/modelPlayerTable.ts';
import { askPlayer } from './askPlayer.ts';

const SIGHT: SeatSight = {
  instructions: '',
  own: null,
  other: null,
  lines: [],
  question: null,
  commands: [],
  longestText: 350,
  turnsLeft: null,
  attemptsLeft: null,
};

function answering(...answers: readonly string[]) {
  const asked: Parameters<Ask>[0][] = [];
  const ask: Ask = (question) => {
    asked.push(question);
    return Promise.resolve({ text: answers[asked.length - 1] ?? '', model: 'test' });
  };
  return { ask, asked };
}

describe('asking a model player', () => {
  it('shows it its seat and no scene, and says what it is asked for', async () => {
    const { ask, asked } = answering('{"action": "I wave."}');
    expect(await askPlayer(SIGHT, ask)).toBe('I wave.');
    expect(asked).toMatchObject([{ role: 'player', task: 'move', scene: null, sight: SIGHT }]);
    await askPlayer({ ...SIGHT, question: 'Why?' }, answering('{"answer": "So."}').ask);
  });

  it('asks once more for what cannot be read, and says what was wrong with it', async () => {
    const { ask, asked } = answering('I wave.', '{"action": "I wave."}');
    expect(await askPlayer(SIGHT, ask)).toBe('I wave.');
    expect(asked[1]?.prompt.messages.at(-1)?.content).toContain('it is not JSON');
  });

  it('fails when it twice says what nobody can read', async () => {
    await expect(askPlayer(SIGHT, answering('I wave.', 'I wave.').ask)).rejects.toMatchObject({
      reason: 'model/refused',
    });
  });

  it.each(['explore', 'foresight', 'infer-intent', 'goal-horizon', 'teamwork'])(
    'has the scripted simulator play %s to an end of its own, nearly always within the rules',
    async (game) => {
      let [moves, refused] = [0, 0];
      for (const seed of ['a', 'b', 'c']) {
        const table = await playWithModel(game, { seed });
        const played = await table.playToEnd();
        moves += played.moves.length;
        refused += played.refused.length;
        expect(table.last('session_end')?.data).toMatchObject({ reason: 'game_completed' });
        expect(table.faults).toEqual([]);
      }
      expect(refused / moves).toBeLessThan(0.05);
    },
  );

  it('has it play otherwise with another seed, and the same with the same', async () => {
    const [first, again, other] = await Promise.all(
      ['a', 'a', 'b'].map(async (seed) => (await playWithModel('explore', { seed })).playToEnd()),
    );
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
  });

  it('has it predict where the game asks for predictions', async () => {
    const table = await playWithModel('foresight');
    await table.move();
    const said = table.log().find(({ kind, direction }) => kind === 'message' && direction === 'inbound');
    expect(said?.data).toMatchObject({ prediction: expect.any(String) });
  });
});
