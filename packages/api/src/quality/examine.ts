import { NO_CHOICE } from '@dcs/engine';
import type { Ask, LanguageModel } from '@dcs/engine';
import { inParallel } from '../cluster/inParallel.ts';
import type { CaseResult } from './caseResult.ts';
import type { LabelledCase } from './labelledCase.ts';
import { questionsAbout } from './questions.ts';

export interface ExamineOptions {
  /** How many questions are asked at once, predictions of one play apart. */
  readonly atOnce: number;
  /** Told after each answer. */
  readonly onProgress: (answered: number, questions: number) => void;
}

/** Outside a session, and never given up. */
function asker(model: LanguageModel, seed: string): Ask {
  const cancellation = new AbortController().signal;
  return (request, onText) =>
    model.generate(
      { ...request, seed, models: NO_CHOICE, occasion: null, cancellation },
      onText ?? (() => undefined),
    );
}

/**
 * Asks the model what it is asked in play about every case, and holds the answers against the labels. Results stand in
 * the order of the cases. Rejects with whatever is no failure of a model.
 */
export async function examine(
  cases: readonly LabelledCase[],
  model: LanguageModel,
  { atOnce, onProgress }: ExamineOptions,
): Promise<readonly CaseResult[]> {
  const questions = cases.flatMap((one) =>
    questionsAbout(one).map((question) => ({ question, seed: `${one.file}/${one.id}` })),
  );
  const results = new Map<number, CaseResult>();
  await inParallel(atOnce, questions.entries(), async ([place, { question, seed }]) => {
    results.set(place, await question(asker(model, seed)));
    onProgress(results.size, questions.length);
  });
  return questions.flatMap((_question, place) => results.get(place) ?? []);
}
