/** What is to happen, by when. */
export interface Agenda<T> {
  add(at: number, item: T): void;
  /** The earliest item is taken out; of those at the same time, the one that was added first. `null` when none is left. */
  next(): { readonly at: number; readonly item: T } | null;
}

interface Entry<T> {
  readonly at: number;
  readonly order: number;
  readonly item: T;
}

const isBefore = (left: Entry<unknown>, right: Entry<unknown>): boolean =>
  left.at < right.at || (left.at === right.at && left.order < right.order);

/** A binary heap: thousands of people, each with one thing to do next. */
export function createAgenda<T>(): Agenda<T> {
  const heap: Entry<T>[] = [];
  let added = 0;

  const swapIfBefore = (child: number, parent: number): boolean => {
    const [lower, upper] = [heap[child], heap[parent]];
    if (lower === undefined || upper === undefined || !isBefore(lower, upper)) return false;
    heap[child] = upper;
    heap[parent] = lower;
    return true;
  };

  const sink = (from: number): void => {
    let parent = from;
    for (;;) {
      const [left, right] = [2 * parent + 1, 2 * parent + 2];
      const [ofLeft, ofRight] = [heap[left], heap[right]];
      if (ofLeft === undefined) return;
      const least = ofRight !== undefined && isBefore(ofRight, ofLeft) ? right : left;
      if (!swapIfBefore(least, parent)) return;
      parent = least;
    }
  };

  return {
    add: (at, item) => {
      heap.push({ at, order: added++, item });
      let child = heap.length - 1;
      while (child > 0) {
        const parent = (child - 1) >>> 1;
        if (!swapIfBefore(child, parent)) return;
        child = parent;
      }
    },
    next: () => {
      const first = heap[0];
      if (first === undefined) return null;
      const last = heap.pop();
      if (last !== undefined && heap.length > 0) {
        heap[0] = last;
        sink(0);
      }
      return { at: first.at, item: first.item };
    },
  };
}
