import type { UsableAnswer } from '../usableAnswer.ts';
import { askScorer } from './askScorer.ts';
import type { Asker, ScoringQuestion } from './askScorer.ts';
import { readAppraisal } from './readAppraisal.ts';
import type { Appraisal } from './readAppraisal.ts';
import { failedScore, scoreAfterFault } from './score.ts';
import type { Score } from './score.ts';
import { SCORING_VERSION } from './version.ts';

/** The appraisal in the middle; of an even number the lower of the two, so that its reasoning is one that was given. */
function median(appraisals: readonly UsableAnswer<Appraisal>[]): UsableAnswer<Appraisal> | undefined {
  return appraisals.toSorted((a, b) => a.answer.score - b.answer.score)[
    Math.floor((appraisals.length - 1) / 2)
  ];
}

/** Puts the same question `repeats` times at once, and takes the median of what comes back. Never fails for a model's sake. */
export async function askScore(question: ScoringQuestion, repeats: number, asker: Asker): Promise<Score> {
  const { task } = question.scorer;
  const asked = Array.from({ length: repeats }, () => askScorer(question, readAppraisal, asker));
  const settled = await Promise.allSettled(asked);
  const faults = settled.flatMap((one): unknown[] => (one.status === 'rejected' ? [one.reason] : []));
  const failures = faults.map((fault) => scoreAfterFault(task, fault));
  const appraisals = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const middle = median(appraisals);
  if (middle === undefined) return failures[0] ?? failedScore(task, 'model/unavailable');
  const values = appraisals.map(({ answer }) => answer.score);
  return {
    task,
    tier: middle.answer.tier,
    score: middle.answer.score,
    reasoning: middle.answer.reasoning,
    evidence: [...middle.answer.evidence],
    model: middle.model,
    promptVersion: SCORING_VERSION,
    repeats: values,
    spread: Math.max(...values) - Math.min(...values),
    tally: null,
    failure: null,
  };
}
