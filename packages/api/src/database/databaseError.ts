/** Stable: operators search for them and scripts compare them. */
const DATABASE_REASONS = [
  'database/bad-url',
  'database/in-use',
  'database/no-engine',
  'database/unwritable',
  'database/disk-full',
  'database/start-timeout',
  'database/stopped',
  'database/failed',
] as const;

/** Why a database could not be had. */
export type DatabaseReason = (typeof DATABASE_REASONS)[number];

/** A failure of the place where data are kept; `message` says what to do next. The operator must act. */
export class DatabaseError extends Error {
  readonly reason: DatabaseReason;

  constructor(reason: DatabaseReason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'DatabaseError';
    this.reason = reason;
  }
}

/** Appended to every failure that a different database would cure. */
export const OTHER_DATABASES = [
  'Other ways to get a database:',
  '  - set DATABASE_URL to a MongoDB you have, for example mongodb://127.0.0.1:27017/dcs',
  '  - run "docker compose up -d" and set DATABASE_URL=mongodb://127.0.0.1:27017/dcs',
  '  - run "npm start -- --in-memory" to try it without one; nothing is kept',
].join('\n');

const SIGNS: readonly (readonly [RegExp, DatabaseReason])[] = [
  [/DBPathInUse|mongod\.lock/i, 'database/in-use'],
  [/Cannot find native binding|GLIBC_|ERR_DLOPEN_FAILED|cannot open shared object/i, 'database/no-engine'],
  [/ENOSPC|No space left|EDQUOT|disk quota/i, 'database/disk-full'],
  [
    /EACCES|EPERM|EROFS|ENOTDIR|Permission denied|Read-only file system|Not a directory/i,
    'database/unwritable',
  ],
];

/** Which reason a text of the engine or of the operating system stands for. */
export function reasonOf(text: string): DatabaseReason {
  return SIGNS.find(([sign]) => sign.test(text))?.[1] ?? 'database/failed';
}

/** The error an operator reads about the embedded engine in `dataDir`; `detail` is the raw text. */
export function embeddedDatabaseError(
  reason: DatabaseReason,
  dataDir: string,
  detail: string,
): DatabaseError {
  return new DatabaseError(reason, `${explain(reason, dataDir, detail)}\n${OTHER_DATABASES}`);
}

function explain(reason: DatabaseReason, dataDir: string, detail: string): string {
  switch (reason) {
    case 'database/in-use':
      return `Another process uses the database in ${dataDir}. ${detail}\nStop it, or set DATA_DIR to another folder.`;
    case 'database/no-engine':
      return `The embedded database cannot run on this machine. ${detail}`;
    case 'database/unwritable':
      return `The database folder ${dataDir} cannot be written. ${detail}\nCorrect its owner or rights, or set DATA_DIR to another folder.`;
    case 'database/disk-full':
      return `The disk that holds ${dataDir} is full. ${detail}\nFree some space, or set DATA_DIR to a folder on another disk.`;
    case 'database/start-timeout':
      return `The database in ${dataDir} did not start in time. ${detail}\nTry again; after a crash with much data it may need longer.`;
    case 'database/stopped':
      return `The database in ${dataDir} stopped. ${detail}`;
    case 'database/bad-url':
    case 'database/failed':
      return `The database in ${dataDir} failed. ${detail}`;
    default:
      return reason satisfies never;
  }
}
