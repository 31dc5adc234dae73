import { group } from './traced.ts';
import type { Traced, TracedGroup } from './traced.ts';
import { camelCased } from './words.ts';

/** Settings that have another name today, not only another spelling. */
const SETTINGS: ReadonlyMap<string, string> = new Map([
  ['max_playtime', 'maxPlaytimeSeconds'],
  ['player_retry_budget', 'retryBudget'],
]);

function convertOverrides(overrides: TracedGroup): TracedGroup {
  const fields = [...overrides.fields].map(([key, node]): [string, Traced] => {
    const ours = SETTINGS.get(key) ?? camelCased(key);
    return [overrides.fields.has(ours) ? key : ours, node];
  });
  return group(overrides.path, fields);
}

function convertGame(game: Traced): Traced {
  if (game.kind === 'leaf' && typeof game.value === 'string') return group(game.path, [['name', game]]);
  if (game.kind !== 'group') return game;
  const overrides = game.fields.get('overrides');
  if (overrides?.kind === 'group') game.fields.set('overrides', convertOverrides(overrides));
  if (overrides?.kind === 'leaf' && overrides.value === null) game.fields.delete('overrides');
  return game;
}

/** Reads games by name alone, and settings in snake_case. */
export function convertGames(root: TracedGroup): void {
  const games = root.fields.get('games');
  if (games?.kind === 'list') root.fields.set('games', { ...games, items: games.items.map(convertGame) });
}
