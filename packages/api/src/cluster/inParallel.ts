/** Runs a job for each item, so many at a time. Rejects with the first failure, when all that was begun has ended. */
export async function inParallel<T>(
  atOnce: number,
  items: Iterable<T>,
  job: (item: T) => Promise<void>,
): Promise<void> {
  const left = items[Symbol.iterator]();
  const worker = async (): Promise<void> => {
    for (let next = left.next(); next.done !== true; next = left.next()) await job(next.value);
  };
  const outcomes = await Promise.allSettled(Array.from({ length: atOnce }, worker));
  const failed = outcomes.find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
}
