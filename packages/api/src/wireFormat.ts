import superjson from 'superjson';
import type { SuperJSONResult } from 'superjson';

/** Whether JSON alone can carry it: no dates, no maps, nothing undefined. */
function isPlain(value: unknown): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0);
  if (Array.isArray(value)) return value.every(isPlain);
  if (typeof value !== 'object') return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return false;
  return Object.values(value).every(isPlain);
}

/**
 * superjson, on the wire exactly as any client expects it. Almost everything we send is plain JSON, for which superjson
 * copies the whole value and looks for repeated objects: several times the work of writing it.
 */
const values = {
  serialize: (value: unknown): SuperJSONResult => {
    if (isPlain(value)) return { json: value as SuperJSONResult['json'] };
    return superjson.serialize(value);
  },
  deserialize: (packed: SuperJSONResult): unknown =>
    packed.meta === undefined ? packed.json : superjson.deserialize(packed),
};

/**
 * What a procedure is given. No input is `null`: JSON has no other word for one that is left out, and programs that pack
 * by hand say it where superjson would add that it means `undefined`.
 */
const inputs = {
  ...values,
  deserialize: (packed: SuperJSONResult): unknown => values.deserialize(packed) ?? undefined,
};

export const wireFormat = { input: inputs, output: values };
