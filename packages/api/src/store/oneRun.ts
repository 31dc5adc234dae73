/** Throws when `events` is not one log's run of consecutive numbers: a fault of the caller, never of the store. */
export function assertOneRun<Event extends { readonly seq: number }>(
  events: readonly Event[],
  logOf: (event: Event) => string,
): void {
  events.forEach((event, index) => {
    const before = events[index - 1];
    const follows = before === undefined || (logOf(event) === logOf(before) && event.seq === before.seq + 1);
    if (!follows || !Number.isSafeInteger(event.seq) || event.seq < 1) {
      throw new RangeError(`Event ${event.seq} of ${logOf(event)} is out of place in its batch.`);
    }
  });
}
