import { newAccessKey } from '../../../packages/api/src/security/index.ts';
import { startSubject } from './subjectProcess.ts';
import type { SubjectProcess } from './subjectProcess.ts';
import { temporaryFolder } from './temporaryFolder.ts';

/** Our server under test. */
export interface DcsServer extends SubjectProcess {
  readonly url: string;
  /** Of an administrator, who may watch every session. */
  readonly adminKey: string;
}

export interface DcsServerOptions {
  /** Settings that are not the usual ones. */
  readonly env?: Readonly<Record<string, string>>;
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

/** Starts our server on a free port of the loopback address, with an embedded database in a folder that stays. */
export async function startDcsServerOn(
  dataDir: string,
  { env = {} }: DcsServerOptions = {},
): Promise<DcsServer> {
  const adminKey = newAccessKey();
  const usual = { ...GENEROUS_LIMITS, PORT: '0', LOG_LEVEL: 'warn', ADMIN_KEY: adminKey };
  const settings = { ...usual, DATA_DIR: dataDir, ...env };
  const subject = await startSubject({ program: 'dcsMain.ts', env: settings });
  return {
    ...subject,
    adminKey,
    url: `http://127.0.0.1:${subject.port}`,
  };
}

/** The same on data of its own, which are removed with it. */
export async function startDcsServer(options: DcsServerOptions = {}): Promise<DcsServer> {
  await using resources = new AsyncDisposableStack();
  const folder = resources.use(await temporaryFolder());
  const server = resources.use(await startDcsServerOn(folder.path, options));
  const owned = resources.move();
  return { ...server, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}
