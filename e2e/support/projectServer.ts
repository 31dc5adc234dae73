/*
 * A program: a server that keeps nothing, of the games, characters and experiments in another folder, so that a test may
 * change its files. The folder is the only argument; settings are those of the environment.
 */
import path from 'node:path';
import { preparePageEnvironment, readEnv } from '../../packages/api/src/env.ts';
import { createLogger } from '../../packages/api/src/logger.ts';
import { startServer } from '../../packages/api/src/server.ts';

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('Say in which folder the files are.');
preparePageEnvironment();
const env = readEnv();
const server = await startServer({
  env,
  logger: createLogger(env.LOG_LEVEL),
  inMemory: true,
  projectDir: path.resolve(folder),
});
process.once('SIGTERM', () => void server.stop());
