#!/usr/bin/env node
/** `npx dcs ...`: the command line of the product, under the pinned Node whatever the host has. */
import { ensureInstalled } from './lib/install.mjs';
import { compileCache, envFileOptions, findNode24, serverOptions } from './lib/node24.mjs';
import { serverEntry } from './lib/paths.mjs';
import { foreground, server } from './lib/processes.mjs';
import { main, showProgressOnStderr } from './lib/ui.mjs';

await main(async () => {
  showProgressOnStderr();
  await ensureInstalled();
  const args = process.argv.slice(2);
  // The folder it was called from stays the current one: paths on the command line are the caller's.
  const options = { cwd: process.cwd(), env: { ...compileCache, ...process.env } };
  if (args[0] === 'server') return server(findNode24(), [...serverOptions(), serverEntry, ...args], options);
  return foreground(findNode24(), [...envFileOptions(), serverEntry, ...args], options);
});
