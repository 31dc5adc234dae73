import { createLogger } from '../logger.ts';
import { startServer as startOnNetwork } from '../server.ts';
import type { RunningServer, ServerFlags } from './serving.ts';
import { readSettings } from './settings.ts';

/** Starts the server that the environment and, before it, the options describe. */
export async function startServer(flags: ServerFlags): Promise<RunningServer> {
  const settings = readSettings(flags);
  const env = { ...settings, PORT: flags.port ?? settings.PORT, HOST: flags.host ?? settings.HOST };
  const { inMemory = false, headless = false } = flags;
  const server = await startOnNetwork({ env, logger: createLogger(env.LOG_LEVEL), inMemory, headless });
  return {
    url: server.url,
    where: server.storage === 'memory' ? null : server.describeStorage(),
    failed: server.failed,
    stop: () => server.stop(),
  };
}
