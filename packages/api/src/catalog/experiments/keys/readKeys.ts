import { DEFAULT_MAX_PER_PARTICIPANT } from '@dcs/engine';
import type { ValuePath } from '../../problem.ts';
import type { ConfigProblem } from '../configProblem.ts';
import { camelKeys } from './camelKeys.ts';
import { mendForms } from './lenientForms.ts';
import { mendTop } from './lenientTop.ts';
import { convertAssignment, OLDER_GROUPS } from './olderAssignment.ts';
import { convertCasts } from './olderCasts.ts';
import { convertForms } from './olderForms.ts';
import { convertGames } from './olderGames.ts';
import { convertPlayers, convertUi } from './olderPlayers.ts';
import { leaf, plainData, textAt, trace, writtenAt } from './traced.ts';
import type { Traced, TracedGroup } from './traced.ts';
import { hyphenated, respelled } from './words.ts';

/** A document with the keys of today, and the way back to what its author wrote. */
export interface ReadKeys {
  readonly data: unknown;
  /** Whether it says how participants are assigned as one of the older generations did. */
  readonly isOlder: boolean;
  /** The path in the document of what has a path in `data`. */
  readonly writtenAt: (path: ValuePath) => ValuePath;
  /** What is wrong with older keys, by the paths of the document. */
  readonly problems: readonly ConfigProblem[];
}

/** A name in words is a title as well. */
function respellName({ fields }: TracedGroup, name: Traced): void {
  fields.set('name', respelled(name, hyphenated));
  const isInWords = name.kind === 'leaf' && typeof name.value === 'string' && name.value.trim().includes(' ');
  if (isInWords && !fields.has('title')) fields.set('title', name);
}

function respellCasts({ fields }: TracedGroup, keys: readonly string[]): void {
  for (const key of keys) {
    const cast = fields.get(key);
    if (cast?.kind !== 'list') continue;
    const items = cast.items.map((item) => respelled(item, (text) => text.replaceAll('_', '-')));
    fields.set(key, { ...cast, items });
  }
}

function respellWords(root: TracedGroup): void {
  const assignment = root.fields.get('assignment');
  const games = root.fields.get('games');
  const name = root.fields.get('name');
  if (name !== undefined) respellName(root, name);
  for (const game of games?.kind === 'list' ? games.items : [])
    if (game.kind === 'group') respellCasts(game, ['pcs', 'npcs']);
  if (assignment?.kind !== 'group') return;
  const strategy = assignment.fields.get('strategy');
  if (strategy !== undefined) assignment.fields.set('strategy', respelled(strategy, hyphenated));
  respellCasts(assignment, ['playerCharacters', 'simulatedCharacters']);
}

/** Participants of these strategies have no game twice; how many they have where nothing else is said. */
const MOST_ONCE_EACH: ReadonlyMap<string, (games: number) => number> = new Map([
  ['random-unique', (games: number) => games],
  ['random-unique-game', (games: number) => Math.min(DEFAULT_MAX_PER_PARTICIPANT, games)],
]);

function mostOnceEach(root: TracedGroup): void {
  const assignment = root.fields.get('assignment');
  const games = root.fields.get('games');
  const strategy = textAt(assignment, 'strategy');
  if (assignment?.kind !== 'group' || games?.kind !== 'list' || strategy === undefined) return;
  const most = MOST_ONCE_EACH.get(strategy);
  if (most === undefined || assignment.fields.has('maxPerParticipant') || games.items.length === 0) return;
  assignment.fields.set(
    'maxPerParticipant',
    leaf(most(games.items.length), [...assignment.path, 'strategy']),
  );
}

const isOfOlder = ({ fields }: TracedGroup): boolean => OLDER_GROUPS.some((key) => fields.has(key));

function convert(root: TracedGroup): readonly ConfigProblem[] {
  const isOlder = isOfOlder(root);
  const seed = root.fields.get('seed');
  if (seed?.kind === 'leaf' && seed.value === null) root.fields.delete('seed');
  const problems = [
    ...convertAssignment(root),
    ...convertCasts(root),
    ...convertGames(root),
    ...convertUi(root),
  ];
  convertPlayers(root);
  convertForms(root);
  camelKeys(root);
  respellWords(root);
  mostOnceEach(root);
  return isOlder ? [...problems, ...mendTop(root), ...mendForms(root)] : problems;
}

/**
 * Reads both older generations of keys, and today's in snake_case, as those of today. What it does not know it leaves for
 * the schema to refuse.
 */
export function readKeys(data: unknown): ReadKeys {
  const root = trace(data);
  const isOlder = root.kind === 'group' && isOfOlder(root);
  const problems = root.kind === 'group' ? convert(root) : [];
  return { data: plainData(root), isOlder, writtenAt: (path) => writtenAt(root, path), problems };
}
