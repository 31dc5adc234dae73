import type { ConfigProblem } from '../configProblem.ts';
import { group } from './traced.ts';
import type { Traced, TracedGroup } from './traced.ts';
import { withoutEffect } from './withoutEffect.ts';
import { camelCased } from './words.ts';

/** Settings that have another name today, not only another spelling. */
const SETTINGS: ReadonlyMap<string, string> = new Map([
  ['max_playtime', 'maxPlaytimeSeconds'],
  ['player_retry_budget', 'retryBudget'],
]);

/** What older engines had and this one has no counterpart of. */
const WITHOUT_EFFECT = ['simulator_recovery_budget'];

function takeOutUseless({ fields }: TracedGroup): readonly ConfigProblem[] {
  return WITHOUT_EFFECT.flatMap((key): readonly ConfigProblem[] => {
    const found = fields.get(key);
    if (found === undefined) return [];
    fields.delete(key);
    return [withoutEffect(found)];
  });
}

function convertOverrides(overrides: TracedGroup): TracedGroup {
  const fields = [...overrides.fields].map(([key, node]): [string, Traced] => {
    const ours = SETTINGS.get(key) ?? camelCased(key);
    return [overrides.fields.has(ours) ? key : ours, node];
  });
  return group(overrides.path, fields);
}

function convertGame({ fields }: TracedGroup): readonly ConfigProblem[] {
  const overrides = fields.get('overrides');
  if (overrides?.kind === 'leaf' && overrides.value === null) fields.delete('overrides');
  if (overrides?.kind !== 'group') return [];
  const problems = takeOutUseless(overrides);
  fields.set('overrides', convertOverrides(overrides));
  return problems;
}

const isName = (game: Traced): boolean => game.kind === 'leaf' && typeof game.value === 'string';

/** Reads games by name alone, and settings in snake_case. */
export function convertGames(root: TracedGroup): readonly ConfigProblem[] {
  const games = root.fields.get('games');
  if (games?.kind !== 'list') return [];
  const items = games.items.map((game) => (isName(game) ? group(game.path, [['name', game]]) : game));
  root.fields.set('games', { ...games, items });
  return items.flatMap((game) => (game.kind === 'group' ? convertGame(game) : []));
}
