import { ensureInstalled } from './install.mjs';
import { compileCache, findNode24 } from './node24.mjs';
import { inRoot } from './paths.mjs';
import { prepareDatabase, prepareRedis } from './prepare.mjs';
import { foreground } from './processes.mjs';

/** `npm run soak -- [<name>|all] [options]`; without a name it lists what there is, which needs nothing prepared. */
export async function soak(args) {
  await ensureInstalled();
  if (args.length > 0) {
    await prepareDatabase();
    await prepareRedis();
  }
  const env = { ...compileCache, ...process.env };
  return foreground(findNode24(), [inRoot('scripts', 'soak.ts'), ...args], { env });
}
