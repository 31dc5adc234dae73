import { findGame, isSameGameName, variantOf } from '@dcs/engine';
import type { ExperimentConfig, ExperimentGame } from '@dcs/engine';
import type { ExperimentWorld } from './world.ts';

function resolved(world: ExperimentWorld, game: ExperimentGame): ExperimentGame {
  const name = findGame(world.offered, game.name)?.game.name;
  return name === undefined ? game : { ...game, name };
}

/**
 * Games by their names instead of their titles, and the games of triggers by their variants: a game that is there more
 * than once means all of them. Names that nothing is known of stay, for the rules to report.
 */
export function resolveGames(config: ExperimentConfig, world: ExperimentWorld): ExperimentConfig {
  const games = config.games.map((game) => resolved(world, game));
  const variantsFor = (named: string): readonly string[] => {
    const exact = games.filter((game) => game.variant === named);
    if (exact.length > 0) return exact.map(variantOf);
    const name = findGame(world.offered, named)?.game.name ?? named;
    const meant = games.filter((game) => isSameGameName(game.name, name));
    return meant.length === 0 ? [named] : meant.map(variantOf);
  };
  const forms = config.forms.map((form) => {
    const { games: named } = form.trigger;
    if (named === undefined) return form;
    return { ...form, trigger: { ...form.trigger, games: [...new Set(named.flatMap(variantsFor))] } };
  });
  return { ...config, games, forms };
}
