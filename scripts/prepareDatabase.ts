/**
 * Makes the embedded database ready to start. `--check` fetches nothing and ends with 3 when something has to
 * be fetched first. Any other failure ends with 1 and a message.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import {
  engineLauncher,
  hostLibc,
  isNewEnough,
  libcCacheFolders,
} from '../packages/api/src/database/newerLibc.ts';

const logger = { info: () => undefined, warn: () => undefined };

function isReady(): boolean {
  const version = hostLibc();
  if (process.platform !== 'linux' || version === null || isNewEnough(version)) return true;
  return libcCacheFolders().some((folder) => existsSync(path.join(folder, `glibc-${process.arch}`)));
}

if (process.argv.includes('--check') && !isReady()) {
  process.exitCode = 3;
} else {
  try {
    await engineLauncher(logger);
  } catch (error) {
    process.stderr.write(
      `The embedded database cannot run on this machine. ${error instanceof Error ? error.message : String(error)}\n` +
        'Set TEST_DATABASE_URL to a MongoDB for the tests.\n',
    );
    process.exitCode = 1;
  }
}
