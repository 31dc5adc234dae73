import process from 'node:process';
import { runCli } from './program.ts';
import { createWorld } from './realWorld.ts';

// A reader that goes away, as in "dcs check | head", has seen what it wanted.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

// Not process.exit: what was printed may still be on its way.
process.exitCode = await runCli(process.argv.slice(2), createWorld());
