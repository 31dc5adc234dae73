/** Names of fields and places in lists, from the sheet itself to one of its values. */
export type SheetPath = readonly (string | number)[];

/** `['senses', 'extra', 0, 'name']` as `senses.extra[0].name`, which is how problems name their places. */
export function pathText(path: SheetPath): string {
  return path
    .map((step, index) => (typeof step === 'number' ? `[${step}]` : `${index === 0 ? '' : '.'}${step}`))
    .join('');
}

/** The way back from `pathText`. */
export function readPath(text: string): SheetPath {
  const steps = text.matchAll(/\[(\d+)\]|([^.[\]]+)/g);
  return [...steps].map(([, place, name]) => (place === undefined ? (name ?? '') : Number(place)));
}

export type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function childOf(value: unknown, step: string | number): unknown {
  if (typeof step === 'number') return listOf(value)[step];
  return isFields(value) && Object.hasOwn(value, step) ? value[step] : undefined;
}

/** `undefined` where there is nothing. */
export function valueAt(root: unknown, path: SheetPath): unknown {
  let value = root;
  for (const step of path) value = childOf(value, step);
  return value;
}

/** A copy of `root` with another value at `path`; `undefined` takes a field away. What lies on the way is made if need be. */
export function withValue(root: unknown, path: SheetPath, next: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return next;
  const inner = withValue(childOf(root, step), rest, next);
  if (typeof step === 'number') {
    const items = [...listOf(root)];
    items[step] = inner;
    return items;
  }
  const entries = Object.entries(isFields(root) ? root : {});
  const isNew = !entries.some(([name]) => name === step);
  const replaced = entries.map(([name, value]): [string, unknown] => [name, name === step ? inner : value]);
  const all: [string, unknown][] = isNew ? [...replaced, [step, inner]] : replaced;
  return Object.fromEntries(all.filter(([name, value]) => name !== step || value !== undefined));
}

export const isSame = (one: unknown, other: unknown): boolean =>
  one === other || canonical(one) === canonical(other);

/** The same text for the same value, in whatever order its fields were written. */
function canonical(value: unknown): string | undefined {
  return JSON.stringify(value, (_name, inner: unknown) =>
    isFields(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([one], [other]) => (one < other ? -1 : 1)))
      : inner,
  );
}
