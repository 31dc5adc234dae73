import { pathToFileURL } from 'node:url';
import { ensureInstalled } from './install.mjs';
import { envFileOptions, findNode24 } from './node24.mjs';
import { inRoot, serverEntry } from './paths.mjs';
import { assertPortFree, listenAddress } from './port.mjs';
import { server } from './processes.mjs';
import { ensureWebBuilt } from './webBuild.mjs';

const STOP_WITH_PARENT = pathToFileURL(inRoot('scripts', 'stopWithParent.mjs')).href;

/** `npm start -- [--in-memory] [--headless] [options of the server]` */
export async function start(args) {
  const isHelp = args.includes('--help') || args.includes('-h');
  if (!isHelp) await assertPortFree(listenAddress(args));
  await ensureInstalled();
  if (!isHelp && !args.includes('--headless')) await ensureWebBuilt();
  const env = { NODE_ENV: 'production', ...process.env };
  return server(
    findNode24(),
    [...envFileOptions(), '--import', STOP_WITH_PARENT, serverEntry, 'server', ...args],
    { env },
  );
}
