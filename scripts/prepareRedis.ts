/**
 * Makes redis-server ready for the tests of several nodes. `--check` fetches nothing and ends with 3 when it has to be
 * fetched first. Any other failure ends with 1 and a message.
 */
import { fetchRedis, findRedis } from '../packages/api/test/support/redisBinary.ts';

const isHere = (await findRedis()) !== null;
if (!isHere && process.argv.includes('--check')) process.exitCode = 3;
else if (!isHere) {
  await fetchRedis().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
}
