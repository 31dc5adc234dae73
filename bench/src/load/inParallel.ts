/**
 * Does `work` for each index below `count`, at most `width` at once. Results stand in order. The first failure rejects,
 * once everything that had begun has ended: nothing goes on behind the caller's back.
 */
export async function inParallel<T>(
  { count, width }: { readonly count: number; readonly width: number },
  work: (index: number) => Promise<T>,
): Promise<readonly T[]> {
  const results: T[] = [];
  let next = 0;
  async function worker(): Promise<void> {
    while (next < count) {
      const index = next;
      next += 1;
      try {
        results[index] = await work(index);
      } catch (error) {
        next = count;
        throw error;
      }
    }
  }
  const workers = await Promise.allSettled(Array.from({ length: Math.min(width, count) }, worker));
  const failed = workers.find((outcome) => outcome.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  return results;
}
