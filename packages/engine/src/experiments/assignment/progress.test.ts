import { describe, expect, it } from 'vitest';
import { exampleConfig } from '../../testing/examplePlan.ts';
import { assigned, completed, foldFacts, joined, started } from '../../testing/foldFacts.ts';
import { progressOf } from './progress.ts';

const played = foldFacts([
  joined('p1'),
  joined('p2', 2),
  ...completed('p1', 'explore ANT BEE'),
  ...completed('p1', 'explore ANT CAT'),
  ...completed('p2', 'explore ANT BEE'),
  assigned('p2', 'teamwork ANT BEE'),
  started('p2', 'teamwork ANT BEE'),
]);

describe('the progress of an experiment', () => {
  it('is how many of the participants that its games need have completed them', () => {
    const config = exampleConfig({ quotas: { perGame: 2 } });
    expect(progressOf(played, config)).toEqual({ total: 4, completed: 2, isComplete: false });
  });

  it('is complete when every game has been completed by as many as it needs, and not while they still play', () => {
    const config = exampleConfig({ games: [{ name: 'explore' }], quotas: { perGame: 2 } });
    expect(progressOf(played, config)).toEqual({ total: 2, completed: 2, isComplete: true });
    const begun = exampleConfig({ games: [{ name: 'teamwork' }], quotas: { perGame: 1 } });
    expect(progressOf(played, begun)).toEqual({ total: 1, completed: 0, isComplete: false });
  });

  it('does not count more than a quota that was lowered', () => {
    const config = exampleConfig({ quotas: { perGame: 1 } });
    expect(progressOf(played, config)).toEqual({ total: 2, completed: 1, isComplete: false });
  });

  it('is never complete without a quota', () => {
    expect(progressOf(played, exampleConfig())).toEqual({ total: 2, completed: 2, isComplete: false });
  });
});
