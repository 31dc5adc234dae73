import type { EvaluationDto } from '@dcs/api';
import type { Answered, Problem } from '#lib/answered.ts';

export type Score = EvaluationDto['evaluation'];

/** Asks once, and may take as long as a model does. Never rejects. */
export type AskEvaluation = () => Promise<Answered<EvaluationDto>>;

type EvaluationState =
  | { readonly at: 'unasked' }
  | { readonly at: 'asked' }
  | { readonly at: 'known'; readonly score: Score }
  | { readonly at: 'failed'; readonly problem: Problem };

/** How a session came out, as far as the page knows it. It is asked for when somebody wants it: a model may have to answer. */
export class Evaluation {
  readonly #ask: AskEvaluation;
  #state = $state.raw<EvaluationState>({ at: 'unasked' });

  constructor(ask: AskEvaluation) {
    this.#ask = ask;
  }

  readonly state = $derived.by(() => this.#state);

  /** Asks, also again after it has failed; while an answer is on its way, or known, it does nothing. */
  async ask(): Promise<void> {
    if (this.#state.at === 'asked' || this.#state.at === 'known') return;
    this.#state = { at: 'asked' };
    const answer = await this.#ask();
    this.#state = answer.ok
      ? { at: 'known', score: answer.evaluation }
      : { at: 'failed', problem: { ...answer } };
  }
}
