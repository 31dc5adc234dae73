#!/usr/bin/env node
/**
 * `npm start`, `npm test`, `npm run check`, `npm run dev`, `npm run bench` and `npm run soak`. Has no dependencies and runs on Node 18 or newer:
 * it is what fetches everything else, the right Node included.
 */
import { main, Problem } from './lib/ui.mjs';

const commands = {
  start: async (args) => (await import('./lib/start.mjs')).start(args),
  test: async (args) => (await import('./lib/test.mjs')).test(args),
  check: async (args) => (await import('./lib/check.mjs')).check(args),
  dev: async (args) => (await import('./lib/dev.mjs')).dev(args),
  bench: async (args) => (await import('./lib/bench.mjs')).bench(args),
  soak: async (args) => (await import('./lib/soak.mjs')).soak(args),
};

await main(() => {
  const [name = '', ...rest] = process.argv.slice(2);
  // npm takes this away; whoever calls this file by its name and in npm's way does not.
  const args = rest[0] === '--' ? rest.slice(1) : rest;
  if (Number(process.versions.node.split('.')[0]) < 18) {
    throw new Problem(`Node ${process.versions.node} is too old to begin with. Install Node 20 or newer.`);
  }
  if (!Object.hasOwn(commands, name)) {
    throw new Problem(`Usage: node scripts/run.mjs ${Object.keys(commands).join('|')} [options]`, 2);
  }
  return commands[name](args);
});
