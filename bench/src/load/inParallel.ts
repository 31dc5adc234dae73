/** Does `work` for each index below `count`, at most `width` at once. Results stand in order; the first failure rejects. */
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
      results[index] = await work(index);
    }
  }
  await Promise.all(Array.from({ length: Math.min(width, count) }, worker));
  return results;
}
