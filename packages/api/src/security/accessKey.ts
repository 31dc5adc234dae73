import { hash, randomBytes } from 'node:crypto';

/* An access key is a secret of 256 random bits. It is shown once; only its hash is kept. */

const PREFIX = 'dcs-ak-';
const SECRET_BYTES = 32;
const SECRET_LENGTH = 43;
const KEY_LENGTH = PREFIX.length + SECRET_LENGTH;

type AccessKeyReason = 'access-key/length' | 'access-key/prefix' | 'access-key/characters';

/** `message` says what is wrong with the form, and never repeats the text. */
export type AccessKeyCheck =
  { readonly ok: true } | { readonly ok: false; readonly reason: AccessKeyReason; readonly message: string };

/** `dcs-ak-` and 43 URL-safe characters. */
export function newAccessKey(): string {
  return accessKeyFrom(randomBytes(SECRET_BYTES));
}

/** The key that 256 bits make, which nobody may be able to guess. */
export function accessKeyFrom(secret: Buffer): string {
  if (secret.length !== SECRET_BYTES) throw new RangeError(`A secret has ${SECRET_BYTES} bytes.`);
  return PREFIX + secret.toString('base64url');
}

/** Whether a text has the form of an access key; says nothing about whether it opens anything. */
export function checkAccessKey(text: string): AccessKeyCheck {
  if (text.length !== KEY_LENGTH) {
    const message = `An access key has ${KEY_LENGTH} characters; this one has ${text.length}. Copy it as a whole.`;
    return { ok: false, reason: 'access-key/length', message };
  }
  if (!text.startsWith(PREFIX)) {
    return { ok: false, reason: 'access-key/prefix', message: `An access key starts with "${PREFIX}".` };
  }
  if (!/^[A-Za-z0-9_-]+$/.test(text.slice(PREFIX.length))) {
    const message = `After "${PREFIX}" an access key has only letters, digits, "-" and "_".`;
    return { ok: false, reason: 'access-key/characters', message };
  }
  return { ok: true };
}

/**
 * SHA-256 of the key, in hexadecimal, by which it is looked up. A slow hash would protect nothing: 256 random bits
 * cannot be guessed.
 */
export function hashAccessKey(key: string): string {
  return hash('sha256', key, 'hex');
}
