import type { ValuePath } from '../../problem.ts';
import type { Finding } from '../finding.ts';
import { camelKeys } from './camelKeys.ts';
import { convertAssignment } from './olderAssignment.ts';
import { convertCasts } from './olderCasts.ts';
import { convertForms } from './olderForms.ts';
import { convertGames } from './olderGames.ts';
import { convertPlayers, convertUi } from './olderPlayers.ts';
import { leaf, plainData, textAt, trace, writtenAt } from './traced.ts';
import type { TracedGroup } from './traced.ts';
import { hyphenated, respelled } from './words.ts';

/** A document with the keys of today, and the way back to what its author wrote. */
export interface ReadKeys {
  readonly data: unknown;
  /** The path in the document of what has a path in `data`. */
  readonly writtenAt: (path: ValuePath) => ValuePath;
  /** What is wrong with older keys, by the paths of the document. */
  readonly findings: readonly Finding[];
}

function respellWords(root: TracedGroup): void {
  const assignment = root.fields.get('assignment');
  const name = root.fields.get('name');
  if (name !== undefined) root.fields.set('name', respelled(name, hyphenated));
  if (assignment?.kind !== 'group') return;
  const strategy = assignment.fields.get('strategy');
  if (strategy !== undefined) assignment.fields.set('strategy', respelled(strategy, hyphenated));
  for (const key of [
    'playerCharacters',
    'simulatedCharacters',
    'player_characters',
    'simulated_characters',
  ]) {
    const cast = assignment.fields.get(key);
    if (cast?.kind !== 'list') continue;
    const items = cast.items.map((item) => respelled(item, (text) => text.replaceAll('_', '-')));
    assignment.fields.set(key, { ...cast, items });
  }
}

/** A participant of these strategies has every game once, so that there are no more assignments than games. */
const ONCE_EACH: readonly string[] = ['random-unique', 'random-unique-game'];

function mostOnceEach(root: TracedGroup): void {
  const assignment = root.fields.get('assignment');
  const games = root.fields.get('games');
  const strategy = textAt(assignment, 'strategy');
  if (assignment?.kind !== 'group' || games?.kind !== 'list' || strategy === undefined) return;
  if (!ONCE_EACH.includes(strategy) || assignment.fields.has('maxPerParticipant')) return;
  if (games.items.length === 0) return;
  assignment.fields.set('maxPerParticipant', leaf(games.items.length, [...assignment.path, 'strategy']));
}

function convert(root: TracedGroup): readonly Finding[] {
  const seed = root.fields.get('seed');
  if (seed?.kind === 'leaf' && seed.value === null) root.fields.delete('seed');
  const findings = [...convertAssignment(root), ...convertCasts(root), ...convertUi(root)];
  convertPlayers(root);
  convertGames(root);
  convertForms(root);
  respellWords(root);
  camelKeys(root);
  mostOnceEach(root);
  return findings;
}

/**
 * Reads both older generations of keys, and today's in snake_case, as those of today. What it does not know it leaves for
 * the schema to refuse.
 */
export function readKeys(data: unknown): ReadKeys {
  const root = trace(data);
  const findings = root.kind === 'group' ? convert(root) : [];
  return { data: plainData(root), writtenAt: (path) => writtenAt(root, path), findings };
}
