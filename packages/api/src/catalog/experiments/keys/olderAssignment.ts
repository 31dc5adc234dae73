import { formatPath } from '../../problem.ts';
import type { ValuePath } from '../../problem.ts';
import { nearest } from '../../nearest.ts';
import { doubt, fault } from '../configProblem.ts';
import type { ConfigProblem } from '../configProblem.ts';
import { fieldsOfSection } from './camelKeys.ts';
import { group, leaf } from './traced.ts';
import type { Traced, TracedGroup } from './traced.ts';
import { withoutEffect } from './withoutEffect.ts';
import { camelCased } from './words.ts';

/*
 * Two older ways to say how participants are assigned: `assignment_strategy`, and `next_game_strategy.strategy`, which calls
 * the strategy `id`. Their keys are spread over today's sections; those of today that stand in them belong to `assignment`.
 * Older systems let any others pass.
 */

const PLACES: ReadonlyMap<string, ValuePath> = new Map([
  ['strategy', ['assignment', 'strategy']],
  ['id', ['assignment', 'strategy']],
  ['games', ['games']],
  ['player_characters', ['assignment', 'playerCharacters']],
  ['non_player_characters', ['assignment', 'simulatedCharacters']],
  ['quota_per_game', ['quotas', 'perGame']],
  ['max_assignments_per_player', ['assignment', 'maxPerParticipant']],
  ['seed', ['seed']],
  ['assignment_mode', ['assignment', 'participantChooses']],
  ['allow_choice_if_multiple', ['assignment', 'participantChooses']],
  ['require_completion', ['assignment', 'requireCompletion']],
  ['pc_eligible_only', ['assignment', 'playerCharacters']],
]);

/** The groups of which a file of either older generation has one. */
export const OLDER_GROUPS = ['assignment_strategy', 'next_game_strategy'] as const;

/** Puts a value where today's files have it. Returns what is wrong with that, if anything. */
function put(root: TracedGroup, path: ValuePath, node: Traced): readonly ConfigProblem[] {
  const [section = '', key] = path.map(String);
  let place = root;
  if (key !== undefined) {
    const found = root.fields.get(section) ?? group(node.path.slice(0, -1));
    root.fields.set(section, found);
    // What is not a group is the schema's to refuse.
    if (found.kind !== 'group') return [];
    place = found;
  }
  const name = key ?? section;
  const other = place.fields.get(name);
  if (other === undefined) {
    place.fields.set(name, node);
    return [];
  }
  const message = `says the same as ${formatPath(other.path)}`;
  return [fault(node.path, { reason: 'experiment/said-twice', message, fix: 'Keep one of the two.' })];
}

const MODES: ReadonlyMap<unknown, boolean> = new Map([
  ['auto', false],
  ['player_choice', true],
]);

function modeOf(node: Traced): Traced | ConfigProblem {
  const mode = node.kind === 'leaf' ? MODES.get(node.value) : undefined;
  if (mode !== undefined) return leaf(mode, node.path);
  const fix = 'Use one of: auto, player_choice.';
  return fault(node.path, {
    reason: 'schema/unknown-value',
    message: 'is not among the options',
    fix,
  });
}

/** As the key says it today, or nothing where it said nothing, or what is wrong with it. */
function todays(key: string, node: Traced): Traced | ConfigProblem | null {
  if (node.kind === 'leaf' && node.value === null) return null;
  if (key === 'assignment_mode') return modeOf(node);
  if (key !== 'pc_eligible_only' || node.kind !== 'leaf' || typeof node.value !== 'boolean') return node;
  if (!node.value) return null;
  return { kind: 'list', path: node.path, items: [leaf('pc-eligible', node.path)] };
}

function isProblem(value: Traced | ConfigProblem): value is ConfigProblem {
  return 'severity' in value;
}

/** What is said of a key that is not known: an error only where it can be seen what was meant. */
function unknownKey(key: string, node: Traced): ConfigProblem | null {
  const known = fieldsOfSection('assignment');
  if (PLACES.has(key) || known.includes(camelCased(key))) return null;
  const meant = nearest(key, [...PLACES.keys(), ...known]);
  if (meant === undefined) return withoutEffect(node);
  const words = { reason: 'schema/unknown-field', message: 'is not a known field' };
  return fault(node.path, { ...words, fix: `Write ${meant} instead.` });
}

/** Only eligible characters out of a list: the list says who, so this can only be kept where there is none. */
function eligibleOnlyOfList({ fields }: TracedGroup): readonly ConfigProblem[] {
  const only = fields.get('pc_eligible_only');
  const list = fields.get('player_characters');
  const says = only?.kind === 'leaf' && only.value === true;
  if (only === undefined || !says || list === undefined || (list.kind === 'leaf' && list.value === null)) {
    return [];
  }
  fields.delete('pc_eligible_only');
  return [
    doubt(only.path, {
      reason: 'experiment/key-without-effect',
      message: 'has no effect beside player_characters, which already says who may be played',
      fix: 'Remove it, and leave out of the list whom nobody should play.',
    }),
  ];
}

function spread(root: TracedGroup, older: TracedGroup): readonly ConfigProblem[] {
  const problems = [...eligibleOnlyOfList(older)];
  for (const [key, node] of older.fields) {
    const value = unknownKey(key, node) ?? todays(key, node);
    if (value === null) continue;
    // The strategy's own seed goes before that of the whole file, which counts where there is none.
    if (key === 'seed') root.fields.delete('seed');
    if (isProblem(value)) problems.push(value);
    else problems.push(...put(root, PLACES.get(key) ?? ['assignment', key], value));
  }
  return problems;
}

function takeGroup(parent: TracedGroup, key: string): TracedGroup | null {
  const found = parent.fields.get(key);
  if (found?.kind !== 'group') return null;
  parent.fields.delete(key);
  return found;
}

/** Spreads the older groups over today's sections. */
export function convertAssignment(root: TracedGroup): readonly ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  const first = takeGroup(root, 'assignment_strategy');
  if (first !== null) problems.push(...spread(root, first));
  const second = takeGroup(root, 'next_game_strategy');
  if (second !== null) {
    const inner = takeGroup(second, 'strategy');
    if (inner !== null) problems.push(...spread(root, inner));
    // Whatever stands beside it: a strategy by its name alone, or something unknown.
    problems.push(...spread(root, second));
  }
  return problems;
}
