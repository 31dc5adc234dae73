import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { PersonalDataError } from './personalDataError.ts';

/** At least one key of 32 bytes; the first one seals. */
export type PersonalDataKeys = readonly [Uint8Array, ...Uint8Array[]];

/** Its name in the data folder. */
export const PERSONAL_DATA_KEY_FILE = 'pii.key';

const KEY_BYTES = 32;
const HOW_TO =
  'Write 32 random bytes as 64 hexadecimal digits or in base64, for example from `openssl rand -hex 32`.';

/** Reads one key or, while keys are being replaced, several with commas between them. Throws PersonalDataError. */
export function parsePersonalDataKeys(text: string): PersonalDataKeys {
  const [first, ...others] = text.split(',').map((part) => part.trim());
  return [parseKey(first ?? ''), ...others.map(parseKey)];
}

function parseKey(text: string): Uint8Array {
  const isHex = /^[0-9a-f]{64}$/i.test(text);
  if (!isHex && !/^[A-Za-z0-9+/_-]{43}=?$/.test(text)) {
    throw new PersonalDataError(
      'personal-data/bad-key',
      `PII_KEY is not a key of ${KEY_BYTES} bytes. ${HOW_TO}`,
    );
  }
  return Buffer.from(text, isHex ? 'hex' : 'base64');
}

/** The keys that PII_KEY names or, without it, the one in `keyFile`, which is made when it is missing. */
export async function loadPersonalDataKeys(source: {
  readonly piiKey?: string | undefined;
  readonly keyFile: string;
}): Promise<PersonalDataKeys> {
  if (source.piiKey) return parsePersonalDataKeys(source.piiKey);
  return readKeyFile(source.keyFile).catch(async (error: unknown) => {
    if (!hasCode(error, 'ENOENT')) throw asKeyFileError(source.keyFile, error);
    await makeKeyFile(source.keyFile).catch((cause: unknown) => {
      throw asKeyFileError(source.keyFile, cause);
    });
    return readKeyFile(source.keyFile);
  });
}

async function readKeyFile(keyFile: string): Promise<PersonalDataKeys> {
  const text = await readFile(keyFile, 'utf8');
  const { mode } = await stat(keyFile);
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
    throw new PersonalDataError(
      'personal-data/bad-key-file',
      `Others may read ${keyFile}, which opens personal data. Run \`chmod 600 ${keyFile}\`.`,
    );
  }
  try {
    return parsePersonalDataKeys(text.trim());
  } catch (cause) {
    throw new PersonalDataError(
      'personal-data/bad-key-file',
      `${keyFile} does not hold a key of ${KEY_BYTES} bytes. Restore it from a backup; without it the personal data ` +
        'in the database cannot be opened.',
      { cause },
    );
  }
}

/** The file appears whole or not at all, and never replaces another: a lost key is lost data. */
async function makeKeyFile(keyFile: string): Promise<void> {
  const folder = path.dirname(keyFile);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const draft = path.join(folder, `.key-${randomBytes(8).toString('hex')}`);
  try {
    const handle = await open(draft, 'wx', 0o600);
    try {
      await handle.writeFile(`${randomBytes(KEY_BYTES).toString('hex')}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await link(draft, keyFile).catch((error: unknown) => {
      if (!hasCode(error, 'EEXIST')) throw error;
    });
  } finally {
    await rm(draft, { force: true });
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

function asKeyFileError(keyFile: string, cause: unknown): PersonalDataError {
  if (cause instanceof PersonalDataError) return cause;
  const detail = cause instanceof Error ? cause.message : String(cause);
  return new PersonalDataError(
    'personal-data/bad-key-file',
    `The key for personal data in ${keyFile} cannot be read or made (${detail}). Correct that, or set PII_KEY.`,
    { cause },
  );
}
