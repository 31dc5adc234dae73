/*
 * Moments that travel inside what is said, from the process that wrote it to the one that reads it: on one machine all
 * processes count from the same boot.
 */

const NS_PER_US = 1000n;
const US_PER_MS = 1000;

/** `first`: the first piece of an answer leaves its provider; `last`: the last one does. */
export type StampName = 'first' | 'last';

const machineUs = (): number => Number(process.hrtime.bigint() / NS_PER_US);

/** Says that it is now, in characters that nothing on the way changes. */
export const stamp = (name: StampName): string => `(${name} ${machineUs()})`;

/** The stamp of that name in a text, as milliseconds that have passed since it was made; `null` if there is none. */
export function msSinceStamp(text: string, name: StampName): number | null {
  const found = new RegExp(`\\(${name} (\\d+)\\)`).exec(text)?.[1];
  return found === undefined ? null : (machineUs() - Number(found)) / US_PER_MS;
}
