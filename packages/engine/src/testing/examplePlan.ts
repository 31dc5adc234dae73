import { planExperiment } from '../experiments/assignment/plan.ts';
import type { ExperimentPlan } from '../experiments/assignment/plan.ts';
import { experimentSchema } from '../experiments/experiment.schema.ts';
import type { ExperimentConfig } from '../experiments/experiment.schema.ts';
import type { CharacterSheet } from '../characters/character.schema.ts';
import { gameFileSchema } from '../game/gameFile.schema.ts';
import type { GameEntry } from '../game/registry.ts';
import { builtInGames } from '../games/index.ts';
import type { CurrentCharacter } from '../ports.ts';
import { exampleSheet } from './exampleSheet.ts';

/** An experiment whose file says nothing but this. */
export const exampleConfig = (file: Readonly<Record<string, unknown>> = {}): ExperimentConfig =>
  experimentSchema.parse({ name: 'pilot', games: [{ name: 'explore' }, { name: 'teamwork' }], ...file });

/** The built-in games, in files that admit everyone. */
export const exampleGames: readonly GameEntry[] = builtInGames.map((game) => ({
  game,
  file: gameFileSchema.parse({
    name: game.name,
    title: game.name
      .split('-')
      .map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`)
      .join(' '),
    version: '1.0.0',
    authors: ['A tester'],
    description: 'A game.',
    config: {},
    stoppingConditions: {},
  }),
}));

export const currentOf = (sheets: readonly CharacterSheet[]): readonly CurrentCharacter[] =>
  sheets.map((sheet) => ({ sheet, revision: `${sheet.hid} 1` }));

/** The same with the limits that their settings name. */
export const limitedGames: readonly GameEntry[] = exampleGames.map((entry) => ({
  ...entry,
  file: {
    ...entry.file,
    stoppingConditions: { turns: ['>= maxTurns'], runtimeSeconds: ['>= maxPlaytimeSeconds'] },
  },
}));

const snails = ['ANT', 'BEE', 'CAT'].map((hid) => exampleSheet({ hid, commonLabels: [`${hid} label`] }));

/** An experiment with three characters. */
export const examplePlan = (
  file: Readonly<Record<string, unknown>> = {},
  games: readonly GameEntry[] = exampleGames,
): ExperimentPlan => planExperiment(exampleConfig(file), { games, characters: currentOf(snails) });
