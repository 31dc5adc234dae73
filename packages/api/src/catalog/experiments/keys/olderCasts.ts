import { formatPath } from '../../problem.ts';
import { fault } from '../configProblem.ts';
import type { ConfigProblem } from '../configProblem.ts';
import { group, plainData } from './traced.ts';
import type { Traced, TracedGroup } from './traced.ts';

/** Older files said for each game who is played and met in it, among its settings. */
const CASTS = [
  { older: 'pcs_allowed', ofGame: 'pcs', ofAll: 'playerCharacters' },
  { older: 'npcs_allowed', ofGame: 'npcs', ofAll: 'simulatedCharacters' },
] as const;
type Cast = (typeof CASTS)[number];

const isNull = (node: Traced): boolean => node.kind === 'leaf' && node.value === null;
const textOf = (node: Traced | undefined): string => JSON.stringify(node && plainData(node)) ?? '';

/** Takes a setting out of every game; `undefined` for games that do not have it. */
function takeOut(games: readonly Traced[], key: string): readonly (Traced | undefined)[] {
  return games.map((game) => {
    const overrides = game.kind === 'group' ? game.fields.get('overrides') : undefined;
    if (overrides?.kind !== 'group') return undefined;
    const found = overrides.fields.get(key);
    overrides.fields.delete(key);
    return found === undefined || isNull(found) ? undefined : found;
  });
}

const listOf = (cast: Traced): Traced =>
  cast.kind === 'leaf' ? { kind: 'list', path: cast.path, items: [cast] } : cast;

/** Says once for all games what all of them say. Returns whether it could. */
function sayForAll(root: TracedGroup, casts: readonly (Traced | undefined)[], { ofAll }: Cast): boolean {
  const [first] = casts;
  if (first === undefined || casts.some((cast) => textOf(cast) !== textOf(first))) return false;
  const assignment = root.fields.get('assignment') ?? group(first.path.slice(0, -1));
  if (assignment.kind !== 'group' || assignment.fields.has(ofAll)) return false;
  root.fields.set('assignment', assignment);
  assignment.fields.set(ofAll, listOf(first));
  return true;
}

function sayOfGame(game: Traced, cast: Traced, { ofGame }: Cast): readonly ConfigProblem[] {
  if (game.kind !== 'group') return [];
  const other = game.fields.get(ofGame);
  if (other === undefined) {
    game.fields.set(ofGame, listOf(cast));
    return [];
  }
  const message = `says the same as ${formatPath(other.path)}`;
  return [fault(cast.path, { reason: 'experiment/said-twice', message, fix: 'Keep one of the two.' })];
}

/** Moves casts out of the settings of games. */
export function convertCasts(root: TracedGroup): readonly ConfigProblem[] {
  const games = root.fields.get('games');
  if (games?.kind !== 'list') return [];
  const hasOwn = ({ ofGame }: Cast): boolean =>
    games.items.some((game) => game.kind === 'group' && game.fields.has(ofGame));
  return CASTS.flatMap((cast): readonly ConfigProblem[] => {
    const casts = takeOut(games.items, cast.older);
    if (!hasOwn(cast) && sayForAll(root, casts, cast)) return [];
    return games.items.flatMap((game, index) => {
      const own = casts[index];
      return own === undefined ? [] : sayOfGame(game, own, cast);
    });
  });
}
