import type { EvaluationDto } from '@dcs/api';
import type { Answered, Problem } from '#lib/answered.ts';
import { isUnscorable } from '#lib/evaluation/evaluationWords.ts';
import type { Score } from '#lib/evaluation/score.ts';

/** Asks once, and may take as long as a model does. Never rejects. */
export type AskEvaluation = () => Promise<Answered<EvaluationDto>>;

type EvaluationState =
  | { readonly at: 'unasked' }
  | { readonly at: 'asked' }
  | { readonly at: 'known'; readonly score: Score }
  /** There is none, for this reason, and there will be none. */
  | { readonly at: 'unscorable'; readonly reason: string }
  | { readonly at: 'failed'; readonly problem: Problem };

/** How a session came out, as far as the page knows it. It is asked for when somebody wants it: a model may have to answer. */
export class Evaluation {
  readonly #ask: AskEvaluation;
  #state = $state.raw<EvaluationState>({ at: 'unasked' });

  /** `notScored` is why the game has given no score, as far as its log has told it. */
  constructor(ask: AskEvaluation, notScored: string | null) {
    this.#ask = ask;
    if (isUnscorable(notScored)) this.#state = { at: 'unscorable', reason: notScored };
  }

  readonly state = $derived.by(() => this.#state);

  /** Asks, also again after it has failed; while an answer is on its way, or there is nothing to learn, it does nothing. */
  async ask(): Promise<void> {
    if (this.#state.at !== 'unasked' && this.#state.at !== 'failed') return;
    this.#state = { at: 'asked' };
    const answer = await this.#ask();
    this.#state = answer.ok
      ? { at: 'known', score: answer.evaluation }
      : { at: 'failed', problem: { ...answer } };
  }
}
