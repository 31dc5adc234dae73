import type { JsonValue } from '../json.ts';
import type { PictureChange, PictureValue } from './recording.schema.ts';

/** The single values of a JSON document by their pointers (RFC 6901). */
export type Leaves = ReadonlyMap<string, PictureValue>;

const escaped = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');

export function leavesOf(document: JsonValue): Leaves {
  const leaves = new Map<string, PictureValue>();
  const walk = (value: JsonValue, pointer: string): void => {
    if (typeof value !== 'object' || value === null) {
      leaves.set(pointer, value);
      return;
    }
    const entries = Object.entries(value);
    if (entries.length === 0) leaves.set(pointer, Array.isArray(value) ? [] : {});
    for (const [key, inner] of entries) walk(inner, `${pointer}/${escaped(key)}`);
  };
  walk(document, '');
  return leaves;
}

export function isSameValue(one: PictureValue | undefined, other: PictureValue | undefined): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}

export function changeBetween(before: Leaves, after: Leaves): PictureChange {
  const set = [...after].filter(([pointer, value]) => !isSameValue(before.get(pointer), value));
  return { set: Object.fromEntries(set), gone: [...before.keys()].filter((pointer) => !after.has(pointer)) };
}

export function withChange(leaves: Leaves, { set, gone }: PictureChange): Leaves {
  const after = new Map([...leaves, ...Object.entries(set)]);
  for (const pointer of gone) after.delete(pointer);
  return after;
}

/** The place of a value with no regard to its place in lists: `/hand/2` and `/hand/7` are both `/hand/*`. */
export function fieldOf(pointer: string): string {
  return pointer.replaceAll(/\/\d+(?=\/|$)/g, '/*');
}
