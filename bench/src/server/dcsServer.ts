import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { newAccessKey } from '../../../packages/api/src/security/index.ts';
import { startSubject } from './subjectProcess.ts';
import type { SubjectProcess } from './subjectProcess.ts';

/** Our server under test, on data of its own that are removed with it. */
export interface DcsServer extends SubjectProcess, AsyncDisposable {
  readonly url: string;
  /** Of an administrator, who may watch every session. */
  readonly adminKey: string;
}

/** Nothing that a crowd from one address does may be refused: the work is to be measured, not the limits. */
const GENEROUS_LIMITS = {
  SERVER_MODE: 'freePlay',
  MAX_CONNECTIONS: '1000000',
  CONNECTIONS_PER_ADDRESS: '1000000',
  CONNECTIONS_PER_KEY: '1000000',
  MESSAGES_PER_SECOND: '1000000',
  CALLS_PER_SECOND: '1000000',
  ARRIVALS_PER_MINUTE: '1000000',
  LIVE_SESSIONS_PER_PLAYER: '1000000',
};

/** Starts our server on a free port of the loopback address, with an embedded database in a folder of its own. */
export async function startDcsServer(env: Readonly<Record<string, string>> = {}): Promise<DcsServer> {
  const adminKey = newAccessKey();
  const dataDir = await mkdtemp(path.join(tmpdir(), 'dcs-bench-'));
  const remove = (): Promise<void> => rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
  try {
    const settings = {
      ...GENEROUS_LIMITS,
      PORT: '0',
      LOG_LEVEL: 'warn',
      DATA_DIR: dataDir,
      ADMIN_KEY: adminKey,
      ...env,
    };
    const subject = await startSubject({ program: 'dcsMain.ts', env: settings });
    return {
      ...subject,
      adminKey,
      url: `http://127.0.0.1:${subject.port}`,
      [Symbol.asyncDispose]: async () => {
        await subject.stop();
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}
