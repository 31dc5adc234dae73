import type { LanguageModel } from '@dcs/engine';
import { tapeFileOf } from '../../modelSettings.ts';
import { readTape } from './readTape.ts';
import type { Tape } from './readTape.ts';
import { createReplayedModel } from './replayedModel.ts';
import type { ReplayOptions } from './replayedModel.ts';

export interface ReplayPorts extends ReplayOptions {
  /** Told of a tape whose last line is cut off and left out. */
  readonly onCut: (tape: Tape) => void;
}

/** Those of these models that answer from tapes, by their names in the settings. Rejects with TapeError. */
export async function replayedModels(
  names: Iterable<string>,
  ports: ReplayPorts,
): Promise<ReadonlyMap<string, LanguageModel>> {
  const models = new Map<string, LanguageModel>();
  for (const name of names) {
    const file = tapeFileOf(name);
    if (file === null) continue;
    const tape = await readTape(file);
    if (tape.isCut) ports.onCut(tape);
    models.set(name, createReplayedModel(tape, ports));
  }
  return models;
}
