import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAppraisal } from '../../games/roleplay/scoring/readAppraisal.ts';
import { gardener, mole } from '../../testing/characterSheets.ts';
import type { Scene, TranscriptLine } from '../scene.ts';
import { scriptedScore } from './scorer.ts';

const opening: TranscriptLine = { speaker: 'character', text: 'You stand by a hole.' };

const sceneAfter = (...actions: readonly string[]): Scene => ({
  pc: gardener,
  npc: mole,
  objective: 'find the next worm',
  transcript: [
    opening,
    ...actions.flatMap((text): TranscriptLine[] => [
      { speaker: 'player', text },
      { speaker: 'character', text: 'The digger stops, nose up.' },
    ]),
  ],
  action: null,
  turn: actions.length + 1,
});

const scoreOf = (task: string, scene: Scene, claim: string): number =>
  readAppraisal(scriptedScore(task, scene, claim) ?? '').score;

describe('the scripted scorer', () => {
  it.each(['goal-inference', 'goal-bounds', 'shared-goal'])(
    'gives nothing for nothing played (%s)',
    (task) => {
      expect(scoreOf(task, sceneAfter(), 'It wants to find the next worm.')).toBe(0);
    },
  );

  it('gives more for what the other one was after than for something else', () => {
    const scene = sceneAfter('I drop a worm.');
    const right = scoreOf('goal-inference', scene, 'It wants to find the next worm.');
    expect(right).toBeGreaterThan(74);
    expect(scoreOf('goal-inference', scene, 'It wants to sing.')).toBeLessThan(25);
    expect(scoreOf('goal-bounds', scene, 'It can dig and keep the tunnel dry.')).toBeGreaterThan(49);
  });

  it('gives half at most for going after a goal alone', () => {
    const alone = scoreOf('shared-goal', sceneAfter('I dig for a worm.', 'I pull out a worm.'), '');
    const both = scoreOf('shared-goal', sceneAfter('I dig for a worm.', 'I hold out the worm and wait.'), '');
    expect(alone).toBeLessThan(50);
    expect(both).toBeGreaterThan(alone);
  });

  it('takes a prediction for right when some of it happened', () => {
    const scene = sceneAfter('I stamp.');
    const verdict = (claim: string): unknown => JSON.parse(scriptedScore('next-action', scene, claim) ?? '');
    expect(verdict('it stops')).toMatchObject({ verdict: 'correct' });
    expect(verdict('it sings')).toMatchObject({ verdict: 'wrong' });
  });

  it('answers any claim with a tier and a score that agree, and knows no other task', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), fc.string({ maxLength: 80 }), (claim, action) => {
        for (const task of ['goal-inference', 'goal-bounds', 'shared-goal']) {
          expect(() => scoreOf(task, sceneAfter(action), claim)).not.toThrow();
        }
      }),
      { numRuns: 50 },
    );
    expect(scriptedScore('politeness', sceneAfter(), '')).toBeNull();
  });
});
