import { z } from 'zod';
import { readAnswer } from '../usableAnswer.ts';
import { HIGHEST_TIER, tierOf } from './score.ts';

const LONGEST_REASONING = 1500;
const LONGEST_EVIDENCE = 300;
const MOST_EVIDENCE = 6;

/** Generous bounds: what a model writes too much of is cut, not refused. */
const appraisalSchema = z
  .object({
    tier: z.int().min(0).max(HIGHEST_TIER),
    score: z.number().min(0).max(100),
    reasoning: z.string().trim().min(1).max(20_000),
    evidence: z.array(z.string().max(20_000)).max(100).default([]),
  })
  .transform(({ score, ...rest }) => ({ ...rest, score: Math.round(score) }))
  .refine(({ tier, score }) => tierOf(score) === tier, {
    error: 'the tier and the score do not agree: 0 is 0 to 24, 1 is 25 to 49, 2 is 50 to 74, 3 is 75 to 100',
  });

/** One answer of a scorer; `tier` and `score` agree. */
export interface Appraisal {
  readonly tier: number;
  readonly score: number;
  readonly reasoning: string;
  readonly evidence: readonly string[];
}

const clipped = (text: string, longest: number): string => text.trim().slice(0, longest).toWellFormed();

/** Throws `UnusableAnswer` for whatever is not exactly an appraisal. */
export function readAppraisal(text: string): Appraisal {
  const { reasoning, evidence, ...rest } = readAnswer(text, appraisalSchema);
  return {
    ...rest,
    reasoning: clipped(reasoning, LONGEST_REASONING),
    evidence: evidence
      .map((item) => clipped(item, LONGEST_EVIDENCE))
      .filter((item) => item !== '')
      .slice(0, MOST_EVIDENCE),
  };
}
