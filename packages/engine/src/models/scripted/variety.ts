import type { RandomStream } from '../../random.ts';
import type { Core, FramePool, MeetingPool } from './data/frames.ts';

/**
 * The frame of a sentence at a turn. The numbers of leads and cores have no common factor, so that no pair comes back
 * before all have been used: within that many turns no two sentences of one pool have the same frame, whatever fills them.
 * `offset` places two characters differently in the same cycle.
 */
export function frameAt({ leads, cores }: FramePool, turn: number, offset: number): string {
  const place = turn + offset;
  const lead = leads[place % leads.length] ?? '';
  const core = cores[place % cores.length] ?? '';
  return core.includes('{tempo}') ? core.replace('{tempo}', lead) : `${lead} ${core}`.trim();
}

/** As `frameAt`, for frames that can be told in several ways. `lead` is a place in the list of leads. */
export function coreAt(
  { leads, cores }: MeetingPool,
  turn: number,
  offset: number,
): { readonly lead: number; readonly core: Core | undefined } {
  const place = turn + offset;
  return { lead: place % leads.length, core: cores[place % cores.length] };
}

/** Whether a text has been told lately. `recent` is in lower case. */
export const isTold = (text: string, recent: readonly string[]): boolean => {
  const needle = text.toLowerCase();
  return recent.some((line) => line.includes(needle));
};

/** How long ago a text was last told; never is longest. */
function rest(item: string, recent: readonly string[]): number {
  const needle = item.toLowerCase();
  const last = recent.findLastIndex((line) => line.includes(needle));
  return last < 0 ? Number.MAX_SAFE_INTEGER : recent.length - last;
}

/** One of the items, by chance among those that have not been told for longest. `recent` is oldest first and in lower case. */
export function freshest(
  items: readonly string[],
  recent: readonly string[],
  random: RandomStream,
): string | undefined {
  const rested = items.map((item) => ({ item, rest: rest(item, recent) }));
  const most = Math.max(...rested.map((entry) => entry.rest));
  return random.pick(rested.filter((entry) => entry.rest === most))?.item;
}

/** A number that belongs to a text. */
export function offsetOf(text: string): number {
  let sum = 0;
  for (let index = 0; index < text.length; index += 1) sum = (sum * 31 + text.charCodeAt(index)) % 9973;
  return sum;
}
