import { ensureInstalled } from './install.mjs';
import { compileCache, findNode24, serverOptions } from './node24.mjs';
import { serverEntry } from './paths.mjs';
import { assertPortFree, listenAddress } from './port.mjs';
import { server } from './processes.mjs';
import { ensureWebBuilt } from './webBuild.mjs';

/** `npm start -- [--in-memory] [--headless] [options of the server]` */
export async function start(args) {
  const isHelp = args.includes('--help') || args.includes('-h');
  if (!isHelp) await assertPortFree(listenAddress(args));
  await ensureInstalled();
  if (!isHelp && !args.includes('--headless')) await ensureWebBuilt();
  const env = { NODE_ENV: 'production', ...compileCache, ...process.env };
  return server(findNode24(), [...serverOptions(), serverEntry, 'server', ...args], { env });
}
