import { findGame, isSameGameName, variantOf } from '@dcs/engine';
import type { ExperimentConfig } from '@dcs/engine';
import { nearest } from '../../nearest.ts';
import { schemaProblems } from '../../schemaProblems.ts';
import { fault } from '../configProblem.ts';
import type { ConfigProblem } from '../configProblem.ts';
import type { ExperimentWorld } from '../world.ts';
import type { Rule } from './rule.ts';

function unknownGame(world: ExperimentWorld, name: string, index: number): readonly ConfigProblem[] {
  if (findGame(world.offered, name) !== null) return [];
  const path = ['games', index, 'name'];
  const known = world.gameNames.find((game) => isSameGameName(game, name));
  if (known !== undefined) {
    const message = `is ${known}, which is not offered: its file is missing or unusable`;
    return [
      fault(path, { reason: 'experiment/game-not-offered', message, fix: `Mend games/${known}.yaml.` }),
    ];
  }
  const names = world.offered.map(({ game }) => game.name);
  const titles = world.offered.map(({ file }) => file.title);
  const meant = nearest(name, [...names, ...titles, ...world.gameNames]);
  const fix =
    meant === undefined ? `Use one of: ${names.join(', ') || 'none yet'}.` : `Did you mean ${meant}?`;
  const message = `is ${name}, and there is no such game`;
  return [fault(path, { reason: 'experiment/unknown-game', message, fix })];
}

function sharedVariants({ games }: ExperimentConfig): readonly ConfigProblem[] {
  const variants = games.map(variantOf);
  return games.flatMap((game, index) => {
    const variant = variantOf(game);
    if (variants.indexOf(variant) === index) return [];
    const message = `is ${variant}, which another entry goes by already`;
    const fix = 'Give one of the two a variant of its own, or remove it.';
    const field = game.variant === undefined ? 'name' : 'variant';
    return [fault(['games', index, field], { reason: 'experiment/shared-variant', message, fix })];
  });
}

/** Settings as a session gets them: those of the file, and over them those of the experiment. */
function overrideFaults({ games }: ExperimentConfig, world: ExperimentWorld): readonly ConfigProblem[] {
  return games.flatMap(({ name, overrides }, index): readonly ConfigProblem[] => {
    const offered = findGame(world.offered, name);
    if (offered === null) return [];
    const { configSchema } = offered.game;
    const config = { ...offered.file.config, ...overrides };
    const result = configSchema.safeParse(config);
    if (result.success) return [];
    return schemaProblems(configSchema, config, result.error).map(({ path, ...words }) =>
      fault(['games', index, 'overrides', ...path], words),
    );
  });
}

/** The condition counts for the whole experiment: one game that told participants more would undo it. */
function conditionsOfGames({ games }: ExperimentConfig): readonly ConfigProblem[] {
  return games.flatMap(({ overrides }, index) => {
    if (!Object.hasOwn(overrides, 'condition')) return [];
    const message = 'cannot differ between the games of an experiment';
    const fix = 'Say condition once, at the top of the file.';
    const path = ['games', index, 'overrides', 'condition'];
    return [fault(path, { reason: 'experiment/condition-of-game', message, fix })];
  });
}

export const GAME_RULES: readonly Rule[] = [
  {
    find: ({ games }, world) => games.flatMap(({ name }, index) => unknownGame(world, name, index)),
  },
  { find: sharedVariants },
  { find: overrideFaults },
  { find: conditionsOfGames },
];
