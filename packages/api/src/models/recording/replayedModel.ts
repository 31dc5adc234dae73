import type { Cancellation, LanguageModel, ModelRequest } from '@dcs/engine';
import { CallFailure, cancelled } from '../callFailure.ts';
import { createInTurn } from './inTurn.ts';
import { questionKey } from './questionKey.ts';
import type { Tape } from './readTape.ts';
import type { TapedAnswer } from './tape.schema.ts';

export interface ReplayOptions {
  /** Told of a question that is not on the tape, or was not asked so often. */
  readonly onMissing: (request: ModelRequest) => void;
}

interface Placed {
  readonly answer: TapedAnswer;
  /** Among all answers of the tape. */
  readonly place: number;
}

/** Those to each question, in the order in which it was asked. */
function answersByKey({ answers }: Tape): Map<string, Placed[]> {
  const byKey = new Map<string, Placed[]>();
  for (const [place, answer] of answers.entries()) {
    const placed = byKey.get(answer.key) ?? [];
    placed.push({ answer, place });
    byKey.set(answer.key, placed);
  }
  const asked = [...byKey].map(([key, placed]): [string, Placed[]] => [
    key,
    placed.toSorted((a, b) => a.answer.ordinal - b.answer.ordinal),
  ]);
  return new Map(asked);
}

/** Rejects when the answer is no longer wanted, and waits until then. */
function untilUnwanted(cancellation: Cancellation): Promise<never> {
  return new Promise((_resolve, reject) => {
    const end = (): void => reject(cancelled());
    if (cancellation.aborted) end();
    else cancellation.addEventListener('abort', end, { once: true });
  });
}

/**
 * Answers from a tape alone, so that a run goes as it went: the same question gets the same answers in the order in which it
 * was asked, and of questions that are open together the one is answered first that was answered first. Rejects with
 * CallFailure: as the tape says, or with `model/not-recorded`. What was cancelled on the tape is not answered before it is
 * cancelled again.
 */
export function createReplayedModel(tape: Tape, { onMissing }: ReplayOptions): LanguageModel {
  const left = answersByKey(tape);
  const inTurn = createInTurn();
  return {
    id: tape.model,
    generate: async (request, onText) => {
      const found = left.get(questionKey(request))?.shift();
      if (found === undefined) {
        onMissing(request);
        throw new CallFailure('model/not-recorded', `This question is not on the tape ${tape.file}.`);
      }
      const { ending } = found.answer;
      if (!ending.ok && ending.reason === 'model/cancelled') return untilUnwanted(request.cancellation);
      await inTurn.wait(found.place, request.cancellation);
      if (!ending.ok) throw new CallFailure(ending.reason, ending.message);
      onText(ending.text);
      return { text: ending.text, model: ending.model };
    },
  };
}
