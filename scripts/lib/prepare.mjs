import { findNode24 } from './node24.mjs';
import { inRoot } from './paths.mjs';
import { capture } from './processes.mjs';
import { Problem, step } from './ui.mjs';

/** The engine's C library is fetched here, behind a line of its own, and not in the middle of the first test. */
export async function prepareDatabase() {
  if (process.env.TEST_DATABASE_URL) return;
  const script = inRoot('scripts', 'prepareDatabase.ts');
  const prepare = () => capture(findNode24(), [script]);
  const { code, output } = await capture(findNode24(), [script, '--check']);
  if (code === 0) return;
  if (code !== 3) throw new Problem(output.trim());
  const fetched = await step('Fetching a newer C library for the database', prepare);
  if (fetched.code !== 0) throw new Problem(fetched.output.trim());
}

/** The tests of several nodes start real Redis servers. */
export async function prepareRedis() {
  const script = inRoot('scripts', 'prepareRedis.ts');
  const { code, output } = await capture(findNode24(), [script, '--check']);
  if (code === 0) return;
  if (code !== 3) throw new Problem(output.trim());
  const fetched = await step('Fetching Redis for the tests of several nodes', () =>
    capture(findNode24(), [script]),
  );
  if (fetched.code !== 0) throw new Problem(fetched.output.trim());
}
