/** What went wrong, by the place of the item. */
export type Faults = ReadonlyMap<number, unknown>;

export interface GatherOptions<Item> {
  /** Items in one write. */
  readonly mostAtOnce: number;
  /** Writes all of them, each for itself. Resolves with the faults of some; a rejection is everybody's. */
  readonly write: (items: readonly Item[]) => Promise<Faults>;
}

interface Waiting<Item> {
  readonly item: Item;
  readonly resolve: () => void;
  readonly reject: (fault: unknown) => void;
}

/**
 * Writes in one go what many want to write within a moment: a write costs the database about the same for one item as
 * for fifty. One is on its way at a time, and meanwhile the next one gathers. The result resolves when its item is
 * written, and rejects with that item's own fault.
 */
export function gatherWrites<Item>({
  mostAtOnce,
  write,
}: GatherOptions<Item>): (item: Item) => Promise<void> {
  let waiting: Waiting<Item>[] = [];
  let isWriting = false;

  async function writeBatch(batch: readonly Waiting<Item>[]): Promise<void> {
    try {
      const faults = await write(batch.map(({ item }) => item));
      for (const [place, { resolve, reject }] of batch.entries()) {
        if (faults.has(place)) reject(faults.get(place));
        else resolve();
      }
    } catch (fault) {
      for (const { reject } of batch) reject(fault);
    }
  }

  async function writeAll(): Promise<void> {
    isWriting = true;
    while (waiting.length > 0) {
      // What this moment brings from other connections comes along.
      await new Promise((resolve) => setImmediate(resolve));
      const batch = waiting.slice(0, mostAtOnce);
      waiting = waiting.slice(mostAtOnce);
      await writeBatch(batch);
    }
    isWriting = false;
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (!isWriting) void writeAll();
    });
}
