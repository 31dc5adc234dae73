import type { LanguageModel } from '@dcs/engine';
import { createTapeWriter } from './tapeWriter.ts';
import type { TapeWriterOptions } from './tapeWriter.ts';
import { createTapingModel } from './tapingModel.ts';
import type { QuestionUse } from './tapingModel.ts';

export interface TapingOptions extends Pick<TapeWriterOptions, 'seed' | 'onFault'> {
  /** A new file; `null` when nothing is to be taped. */
  readonly file: string | null;
  readonly use: QuestionUse;
}

export interface Taping {
  readonly model: LanguageModel;
  /** Writes what is left. To be called when nothing is asked any more. */
  stop(): Promise<void>;
}

/** The model, taped if a file is given for it. Rejects with TapeError. */
export async function openTaping(
  model: LanguageModel,
  { file, seed, use, onFault }: TapingOptions,
): Promise<Taping> {
  if (file === null) return { model, stop: () => Promise.resolve() };
  const tape = await createTapeWriter({ file, model: model.id, seed, onFault });
  return { model: createTapingModel(model, { tape, use }), stop: () => tape.close() };
}
