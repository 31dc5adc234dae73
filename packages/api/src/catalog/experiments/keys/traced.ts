import type { ValuePath } from '../../problem.ts';

/*
 * A document's data in which every value knows where it was written, so that it can be rearranged and a problem in the new
 * arrangement still be shown at the old place.
 */

interface Written {
  readonly path: ValuePath;
}

export interface TracedLeaf extends Written {
  readonly kind: 'leaf';
  readonly value: unknown;
}

export interface TracedList extends Written {
  readonly kind: 'list';
  readonly items: Traced[];
}

export interface TracedGroup extends Written {
  readonly kind: 'group';
  readonly fields: Map<string, Traced>;
}

export type Traced = TracedLeaf | TracedList | TracedGroup;

/** What is nested more deeply is kept as it is: nothing that is rearranged lies there. */
const DEEPEST = 24;

export function leaf(value: unknown, path: ValuePath): TracedLeaf {
  return { kind: 'leaf', value, path };
}

export function group(path: ValuePath, fields: Iterable<readonly [string, Traced]> = []): TracedGroup {
  return { kind: 'group', path, fields: new Map(fields) };
}

export function trace(value: unknown, path: ValuePath = []): Traced {
  if (typeof value !== 'object' || value === null || path.length > DEEPEST) return leaf(value, path);
  if (Array.isArray(value)) {
    return { kind: 'list', path, items: value.map((item, index) => trace(item, [...path, index])) };
  }
  return group(
    path,
    Object.entries(value).map(([key, inner]): [string, Traced] => [key, trace(inner, [...path, key])]),
  );
}

export function plainData(node: Traced): unknown {
  if (node.kind === 'leaf') return node.value;
  if (node.kind === 'list') return node.items.map(plainData);
  return Object.fromEntries([...node.fields].map(([key, inner]) => [key, plainData(inner)]));
}

function childAt(node: Traced, key: PropertyKey): Traced | undefined {
  if (node.kind === 'group') return node.fields.get(String(key));
  if (node.kind === 'list' && typeof key === 'number') return node.items[key];
  return undefined;
}

/** Where in the document the value at `path` was written; for what is not there, where it would have been. */
export function writtenAt(root: Traced, path: ValuePath): ValuePath {
  const [key, ...rest] = path;
  if (key === undefined) return root.path;
  const child = childAt(root, key);
  return child === undefined ? [...root.path, ...path] : writtenAt(child, rest);
}

/** The text at a field of a group, or `undefined`. */
export function textAt(node: Traced | undefined, key: string): string | undefined {
  const field = node?.kind === 'group' ? node.fields.get(key) : undefined;
  return field?.kind === 'leaf' && typeof field.value === 'string' ? field.value : undefined;
}
