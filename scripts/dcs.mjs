#!/usr/bin/env node
/** `npx dcs ...`: the command line of the product, under the pinned Node whatever the host has. */
import { ensureInstalled } from './lib/install.mjs';
import { envFileOptions, findNode24 } from './lib/node24.mjs';
import { serverEntry } from './lib/paths.mjs';
import { foreground } from './lib/processes.mjs';
import { main, showProgressOnStderr } from './lib/ui.mjs';

await main(async () => {
  showProgressOnStderr();
  await ensureInstalled();
  // The folder it was called from stays the current one: paths on the command line are the caller's.
  return foreground(findNode24(), [...envFileOptions(), serverEntry, ...process.argv.slice(2)], {
    cwd: process.cwd(),
  });
});
