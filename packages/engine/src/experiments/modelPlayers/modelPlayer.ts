import type { ExperimentConfig } from '../experiment.schema.ts';

/** A participant that a model is to play. */
export interface ModelPlayer {
  readonly participantId: string;
  readonly model: string;
  /** Which entry of `players.models` asks for it, from 0. */
  readonly entry: number;
  /** Participants of one lane play one after the other; an entry has as many lanes as may play at once. */
  readonly lane: number;
}

/** A slash stands between a player and a command in a log, so no id has one. */
const withoutSlashes = (model: string): string => model.replaceAll('%', '%25').replaceAll('/', '%2F');

/** The same for ever: whoever takes part is known by it, whatever becomes of the order of the file. */
const idOf = (experiment: string, model: string, number: number): string =>
  `model:${experiment}:${withoutSlashes(model)}:${number}`;

/** All that the configuration asks for, in the order of the file. Entries of the same model count on. */
export function modelPlayersOf({ name, players }: ExperimentConfig): readonly ModelPlayer[] {
  const counts = new Map<string, number>();
  return players.models.flatMap(({ model, participants, atOnce }, entry) => {
    const before = counts.get(model) ?? 0;
    counts.set(model, before + participants);
    return Array.from({ length: participants }, (_, index) => ({
      participantId: idOf(name, model, before + index + 1),
      model,
      entry,
      lane: index % atOnce,
    }));
  });
}
