import type { PlayerRule, ScoreTask, SimulatorRule } from '@dcs/engine';

/* What came of asking about labelled cases. */

interface Asked {
  readonly file: string;
  readonly caseId: string;
  /** Who answered; `null` when nobody did, or nobody had to be asked. */
  readonly model: string | null;
  /** Why there was no usable answer, e.g. `model/timeout`; `null` when there was one. */
  readonly failure: string | null;
}

/** A verdict on one rule. */
export interface VerdictResult extends Asked {
  readonly kind: 'verdict';
  readonly of: 'action' | 'reply';
  readonly rule: PlayerRule | SimulatorRule;
  /** Whether the rule is kept, by the label. */
  readonly isKept: boolean;
  /** What the judge says; `null` without an answer. */
  readonly passes: boolean | null;
  /** The judge's, for a rejection. */
  readonly reason: string | null;
}

/** A score, beside what it should be. */
export interface ScoreResult extends Asked {
  readonly kind: 'score';
  readonly task: ScoreTask;
  /** By the label, as it is written there. */
  readonly expected: { readonly tier: string; readonly score: string };
  readonly tier: number | null;
  readonly score: number | null;
  readonly isTierRight: boolean;
  readonly isScoreRight: boolean;
  /** From the nearest score that would be right; `null` without an answer. */
  readonly distance: number | null;
  readonly reasoning: string;
}

export type CaseResult = VerdictResult | ScoreResult;

/** No answer is no right one: whoever relies on it is let down all the same. */
export const isRight = (result: CaseResult): boolean =>
  result.kind === 'verdict' ? result.passes === result.isKept : result.isTierRight && result.isScoreRight;
