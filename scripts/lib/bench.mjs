import { ensureInstalled } from './install.mjs';
import { compileCache, findNode24 } from './node24.mjs';
import { inRoot } from './paths.mjs';
import { foreground } from './processes.mjs';
import { showProgressOnStderr } from './ui.mjs';

/** `npm run bench <name> -- [options]`: standard output is the result, and nothing else. */
export async function bench(args) {
  showProgressOnStderr();
  await ensureInstalled();
  // Without "--" before it, npm takes the option for its own and leaves only this trace of it.
  const json = process.env.npm_config_json === 'true' && !args.includes('--json') ? ['--json'] : [];
  const program = inRoot('bench', 'src', 'main.ts');
  const env = { ...compileCache, ...process.env };
  return foreground(findNode24(), [program, ...args, ...json], { env });
}
