import { characterLabel } from '@dcs/engine';
import type { ExperimentConfig, ExperimentDependencies } from '@dcs/engine';
import { canonicalJson } from '../canonicalJson.ts';
import { formatPath } from '../problem.ts';
import type { ValuePath } from '../problem.ts';

/** What one revision of an experiment says otherwise than another. */
export interface ConfigChange {
  /** Such as `quotas.perGame` or `forms[consent].questions`; entries of lists go by their names where they have one. */
  readonly path: string;
  /** What stood there, in one line; `null` where nothing did. */
  readonly before: string | null;
  /** What stands there now; `null` where nothing does. */
  readonly after: string | null;
}

const LONGEST = 200;

function isGroup(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function shown(value: unknown): string | null {
  if (value === undefined) return null;
  const text = [...(typeof value === 'string' ? value : canonicalJson(value)).replaceAll(/\s+/g, ' ')];
  return text.length > LONGEST ? `${text.slice(0, LONGEST).join('')}…` : text.join('');
}

/** By what an entry of a list can be found again when others were put before it. */
function nameOf(entry: unknown): string | null {
  if (!isGroup(entry)) return null;
  const name = entry['variant'] ?? entry['key'] ?? entry['name'] ?? entry['model'];
  return typeof name === 'string' ? name : null;
}

/** A list as a group, where each of its entries has a name of its own. */
function byName(list: readonly unknown[]): Readonly<Record<string, unknown>> | null {
  const named = list.flatMap((entry) => {
    const name = nameOf(entry);
    return name === null ? [] : [[`[${name}]`, entry] as const];
  });
  return new Set(named.map(([name]) => name)).size === list.length ? Object.fromEntries(named) : null;
}

const isSame = (before: unknown, after: unknown): boolean =>
  canonicalJson(before ?? null) === canonicalJson(after ?? null);

function pathText(path: ValuePath): string {
  return formatPath(path).replaceAll('.[', '[');
}

function orderOf(list: readonly unknown[]): readonly string[] {
  return list.map((entry) => nameOf(entry) ?? '');
}

/** What differs in two lists whose entries have names: each entry by itself, and the order of those that are in both. */
function changesOfLists(
  before: readonly unknown[],
  after: readonly unknown[],
  path: ValuePath,
): readonly ConfigChange[] | null {
  const [left, right] = [byName(before), byName(after)];
  if (left === null || right === null) return null;
  const [was, is] = [orderOf(before), orderOf(after)];
  const stayed = was.filter((name) => is.includes(name));
  const now = is.filter((name) => was.includes(name));
  const moved = isSame(stayed, now)
    ? []
    : [{ path: `${pathText(path)} (order)`, before: stayed.join(', '), after: now.join(', ') }];
  return [...moved, ...changesOfGroups(left, right, path)];
}

function changesOfGroups(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
  path: ValuePath,
): readonly ConfigChange[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].flatMap((key) => changesAt(before[key], after[key], [...path, key]));
}

function changesAt(before: unknown, after: unknown, path: ValuePath): readonly ConfigChange[] {
  if (isSame(before, after)) return [];
  if (isGroup(before) && isGroup(after)) return changesOfGroups(before, after, path);
  const ofLists = Array.isArray(before) && Array.isArray(after) ? changesOfLists(before, after, path) : null;
  return ofLists ?? [{ path: pathText(path), before: shown(before), after: shown(after) }];
}

/** What an experiment is: its configuration, and what it goes by beside it. */
export interface ExperimentContent {
  readonly config: ExperimentConfig;
  readonly dependencies: ExperimentDependencies;
}

/** Something that an experiment depends on: what it holds, and what it is called in one line. */
interface Dependency {
  readonly content: object;
  readonly called: string;
}

function dependenciesIn({ dependencies }: ExperimentContent): ReadonlyMap<string, Dependency> {
  const files = dependencies.games.map(({ file }): [string, Dependency] => [
    `games/${file.name}.yaml`,
    { content: file, called: `${file.title} ${file.version}` },
  ]);
  const sheets = dependencies.characters.map(({ sheet }): [string, Dependency] => [
    sheet.hid,
    { content: sheet, called: characterLabel(sheet) },
  ]);
  return new Map([...files, ...sheets]);
}

function changesOfDependency(
  where: string,
  before: Dependency | undefined,
  after: Dependency | undefined,
): readonly ConfigChange[] {
  if (before === undefined || after === undefined) {
    return [{ path: where, before: before?.called ?? null, after: after?.called ?? null }];
  }
  return changesOfGroups({ ...before.content }, { ...after.content }, []).map((change) => ({
    ...change,
    path: `${where}: ${change.path}`,
  }));
}

/**
 * All that two revisions say differently: their configurations in the order of their keys, then the files of their games
 * and the sheets of their characters. Empty for equal revisions.
 */
export function contentChanges(before: ExperimentContent, after: ExperimentContent): readonly ConfigChange[] {
  const [was, is] = [dependenciesIn(before), dependenciesIn(after)];
  return [
    ...changesOfGroups({ ...before.config }, { ...after.config }, []),
    ...[...new Set([...was.keys(), ...is.keys()])].flatMap((where) =>
      changesOfDependency(where, was.get(where), is.get(where)),
    ),
  ];
}
