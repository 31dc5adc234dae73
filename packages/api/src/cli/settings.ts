import path from 'node:path';
import { readEnv } from '../env.ts';
import type { Env } from '../env.ts';
import type { DatabaseFlags } from './openData.ts';
import { PROJECT_FOLDER } from './projectFolders.ts';

/**
 * The environment with the data folder made absolute. A folder on the command line is relative to where the command
 * was called; the one in the environment is relative to the project, so that the server and every command, called
 * from wherever, mean the same database. Throws EnvError.
 */
export function readSettings({ dataDir }: DatabaseFlags): Env {
  const env = readEnv();
  const DATA_DIR = dataDir === undefined ? path.resolve(PROJECT_FOLDER, env.DATA_DIR) : path.resolve(dataDir);
  return { ...env, DATA_DIR };
}
