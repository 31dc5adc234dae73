import { pathToFileURL } from 'node:url';
import { ensureInstalled } from './install.mjs';
import { findNode24 } from './node24.mjs';
import { inRoot, serverEntry } from './paths.mjs';
import { assertPortFree, listenAddress } from './port.mjs';
import { server } from './processes.mjs';
import { ensureWebBuilt } from './webBuild.mjs';

/** Options of Node for everything that runs the server. */
export const serverNodeOptions = [
  `--env-file-if-exists=${inRoot('.env')}`,
  '--import',
  pathToFileURL(inRoot('scripts', 'stopWithParent.mjs')).href,
];

/** `npm start -- [--in-memory] [--headless] [options of the server]` */
export async function start(args) {
  const isHelp = args.includes('--help') || args.includes('-h');
  if (!isHelp) await assertPortFree(listenAddress(args));
  await ensureInstalled();
  if (!isHelp && !args.includes('--headless')) await ensureWebBuilt();
  const env = { NODE_ENV: 'production', ...process.env };
  return server(findNode24(), [...serverNodeOptions, serverEntry, 'server', ...args], { env });
}
