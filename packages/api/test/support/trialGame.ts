import { builtInGames } from '@dcs/engine';
import type { GameEntry, GameFile } from '@dcs/engine';

/** A built-in game under the name and title `trial`, its file with these lines: as an operator or an experiment would set it up. */
export function trialOf(game: string, lines: Partial<Pick<GameFile, 'config' | 'models'>>): GameEntry {
  const rules = builtInGames.find(({ name }) => name === game);
  if (rules === undefined) throw new Error(`There is no game ${game}.`);
  const file = {
    name: 'trial',
    title: 'trial',
    version: '1.0.0',
    authors: ['DCS'],
    description: 'As somebody sets it up.',
    config: {},
    stoppingConditions: { turns: ['>= maxTurns'] },
    ...lines,
  };
  return { game: { ...rules, name: 'trial' }, file };
}
