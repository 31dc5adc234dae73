import { fault } from '../configProblem.ts';
import type { ConfigProblem } from '../configProblem.ts';
import { group, plainData } from './traced.ts';
import type { Traced, TracedGroup } from './traced.ts';

/** Older files said for each game who is played and met in it; today's say so once for all games. */
const CASTS = [
  { older: 'pcs_allowed', ours: 'playerCharacters' },
  { older: 'npcs_allowed', ours: 'simulatedCharacters' },
] as const;

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

function assignmentOf(root: TracedGroup, cast: Traced): TracedGroup | null {
  const assignment = root.fields.get('assignment') ?? group(cast.path.slice(0, -1));
  if (assignment.kind !== 'group') return null;
  root.fields.set('assignment', assignment);
  return assignment;
}

/** Moves the casts of games to the assignment, where all games agree; elsewhere the author has to decide. */
export function convertCasts(root: TracedGroup): readonly ConfigProblem[] {
  const games = root.fields.get('games');
  if (games?.kind !== 'list') return [];
  return CASTS.flatMap(({ older, ours }): readonly ConfigProblem[] => {
    const casts = takeOut(games.items, older);
    const first = casts.find((cast) => cast !== undefined);
    if (first === undefined) return [];
    const assignment = assignmentOf(root, first);
    if (assignment === null) return [];
    const differ = casts.some((cast) => textOf(cast) !== textOf(first));
    if (differ || assignment.fields.has(ours)) {
      const message = differ ? 'cannot differ between games' : `says the same as ${ours}`;
      const fix = `Remove it, and say ${ours} under assignment: it counts for all games.`;
      return [fault(first.path, { reason: 'experiment/cast-of-game', message, fix })];
    }
    const list: Traced = first.kind === 'leaf' ? { kind: 'list', path: first.path, items: [first] } : first;
    assignment.fields.set(ours, list);
    return [];
  });
}
