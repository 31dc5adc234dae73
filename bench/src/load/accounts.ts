import { inParallel } from './inParallel.ts';
import { openLine } from './line.ts';
import { newKeySchema } from './shapes.ts';

const AT_ONCE = 32;

/** Access keys of new players: each has an account of its own, as in life. */
export async function openAccounts(url: string, count: number): Promise<readonly string[]> {
  const line = await openLine(url, null);
  try {
    return await inParallel({ count, width: AT_ONCE }, async () => {
      const { accessKey } = newKeySchema.parse(await line.mutate('players.anonymous'));
      return accessKey;
    });
  } finally {
    line.close();
  }
}
