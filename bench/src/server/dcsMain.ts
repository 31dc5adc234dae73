import path from 'node:path';
import { readOwner } from '../../../packages/api/src/database/owner.ts';
import { readEnv } from '../../../packages/api/src/env.ts';
import { createLogger } from '../../../packages/api/src/logger.ts';
import { startServer } from '../../../packages/api/src/server.ts';
import { instantModel } from './instantModel.ts';
import { serveSubject } from './serveSubject.ts';

/** The process under test: the real server with durable storage, on the settings of its environment, instant unless they name a model. */
await serveSubject(async () => {
  const env = readEnv();
  const server = await startServer({
    env,
    logger: createLogger(env.LOG_LEVEL),
    headless: true,
    ...(env.MODEL.includes('scripted') ? { model: instantModel } : {}),
  });
  const database = readOwner(path.join(env.DATA_DIR, 'mongo'));
  return { port: server.port, childPid: database?.service ?? null, stop: () => server.stop() };
});
