import type { LanguageModel } from '@dcs/engine';
import { tapeFileOf } from '../../modelSettings.ts';
import { readTape } from './readTape.ts';
import type { Tape } from './readTape.ts';
import { createReplayedModel } from './replayedModel.ts';
import type { ReplayOptions } from './replayedModel.ts';

export interface ReplayPorts extends ReplayOptions {
  /** Told of each tape that answers come from. */
  readonly onOpened: (tape: Tape) => void;
}

export interface ReplayedModels {
  /** By their names in the settings. */
  readonly models: ReadonlyMap<string, LanguageModel>;
  /** Of the run on the first tape; `null` without a tape. */
  readonly seed: string | null;
}

/** Those of these models that answer from tapes. Rejects with TapeError. */
export async function replayedModels(names: Iterable<string>, ports: ReplayPorts): Promise<ReplayedModels> {
  const models = new Map<string, LanguageModel>();
  let seed: string | null = null;
  for (const name of names) {
    const file = tapeFileOf(name);
    if (file === null) continue;
    const tape = await readTape(file);
    ports.onOpened(tape);
    seed ??= tape.seed;
    models.set(name, createReplayedModel(tape, ports));
  }
  return { models, seed };
}
