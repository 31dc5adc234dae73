import type { EvaluationDto } from '@dcs/api';
import { describe, expect, it } from 'vitest';
import type { Answered } from '#lib/answered.ts';
import { Evaluation } from '#lib/evaluation/evaluation.svelte.ts';
import type { Score } from '#lib/evaluation/score.ts';
import { sourceInWords, tallyInWords, whyNotScored } from '#lib/evaluation/evaluationWords.ts';

const SCORE: Score = {
  task: 'shared-goal',
  tier: 2,
  score: 60,
  reasoning: 'You took up what it gave.',
  evidence: ['It digs.'],
  model: 'test',
  promptVersion: 'scoring-1',
  repeats: [60],
  spread: 0,
  tally: null,
  notScored: null,
};
const KNOWN = { ok: true, eventId: 's:9', cached: false, evaluation: SCORE } as const;
const FAILED = { ok: false, reason: 'model/timeout', message: 'Later.', retryable: true } as const;

/** Answers in turn, each when it is let go. */
function asking(answers: readonly Answered<EvaluationDto>[], notScored: string | null = null) {
  const waiting: (() => void)[] = [];
  let asked = 0;
  const evaluation = new Evaluation(async () => {
    const answer = answers[asked] ?? FAILED;
    asked += 1;
    await new Promise<void>((resolve) => waiting.push(resolve));
    return answer;
  }, notScored);
  return { evaluation, letGo: () => waiting.shift()?.(), asked: () => asked };
}

describe('How a session came out', () => {
  it('is asked for once, however often it is wanted, and then known', async () => {
    const { evaluation, letGo, asked } = asking([KNOWN]);
    expect(evaluation.state.at).toBe('unasked');
    const wanted = [evaluation.ask(), evaluation.ask()];
    expect(evaluation.state.at).toBe('asked');
    letGo();
    await Promise.all(wanted);
    expect(evaluation.state).toEqual({ at: 'known', score: SCORE });
    await evaluation.ask();
    expect(asked()).toBe(1);
  });

  it('may be asked for again when it could not be told', async () => {
    const { evaluation, letGo } = asking([FAILED, KNOWN]);
    const first = evaluation.ask();
    letGo();
    await first;
    expect(evaluation.state).toMatchObject({ at: 'failed', problem: { retryable: true, message: 'Later.' } });
    const second = evaluation.ask();
    expect(evaluation.state.at).toBe('asked');
    letGo();
    await second;
    expect(evaluation.state.at).toBe('known');
  });

  it('is not asked for where the log says that there is nothing to score', async () => {
    for (const reason of ['score/unanswered', 'score/nothing-played']) {
      const { evaluation, asked } = asking([KNOWN], reason);
      await evaluation.ask();
      expect([evaluation.state, asked()]).toEqual([{ at: 'unscorable', reason }, 0]);
    }
  });

  it('is asked for where the game has not been scored, though it could be', () => {
    for (const reason of ['score/not-asked', 'model/timeout', 'constructor', null]) {
      expect(asking([KNOWN], reason).evaluation.state.at).toBe('unasked');
    }
  });

  it('says where a score comes from, how predictions came out, and why there is no score', () => {
    expect(sourceInWords(SCORE)).toBe('Scored by test.');
    expect(sourceInWords({ ...SCORE, repeats: [50, 60, 90], spread: 40 })).toBe(
      'Scored by test, the median of 3 that lie 40 apart at most.',
    );
    expect(sourceInWords({ ...SCORE, model: null })).toBe('');
    expect(tallyInWords({ correct: 1, wrong: 2, missed: 1 })).toBe(
      '3 predictions: 1 right, 2 wrong. 1 turn without one.',
    );
    expect(whyNotScored('score/unanswered')).toContain('before the question');
    expect(whyNotScored('score/nothing-played')).toContain('between the opening and the end');
    expect(whyNotScored('score/of-a-later-version')).toBe('There was nothing that could be scored.');
  });
});
