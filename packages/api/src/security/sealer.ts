import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { PersonalDataError } from './personalDataError.ts';

/** Where a sealed value belongs; it opens nowhere else. */
interface SealPlace {
  readonly playerId: string;
  readonly field: string;
}

/** Encrypts single values with AES-256-GCM. */
export interface Sealer {
  /** `v1.<key id>.<nonce>.<ciphertext and tag>`, the last two in base64url. Sealing twice gives two texts. */
  seal(text: string, place: SealPlace): string;
  /** Throws PersonalDataError when the text was sealed with another key or for another place, or was changed. */
  open(sealed: string, place: SealPlace): string;
}

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const ENVELOPE = /^v1\.([0-9a-f]{16})\.([A-Za-z0-9_-]{16})\.([A-Za-z0-9_-]{22,})$/;

/** Names a key without telling it. */
function keyIdOf(key: Uint8Array): string {
  return createHash('sha256').update('dcs personal data key\0').update(key).digest('hex').slice(0, 16);
}

const boundTo = (keyId: string, { playerId, field }: SealPlace): Buffer =>
  Buffer.from(JSON.stringify(['dcs', 'v1', keyId, playerId, field]));

/** `keys` have 32 bytes each; the first one seals, all of them open, so that a key can be replaced. */
export function createSealer(keys: readonly [Uint8Array, ...Uint8Array[]]): Sealer {
  const [current] = keys;
  const currentId = keyIdOf(current);
  const byId = new Map(keys.map((key) => [keyIdOf(key), key]));

  return {
    seal(text, place) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(CIPHER, current, nonce, { authTagLength: TAG_BYTES });
      cipher.setAAD(boundTo(currentId, place));
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return ['v1', currentId, nonce.toString('base64url'), body.toString('base64url')].join('.');
    },
    open(sealed, place) {
      const [, keyId = '', nonce = '', body = ''] = ENVELOPE.exec(sealed) ?? [];
      if (keyId === '') throw malformed(place);
      const key = byId.get(keyId);
      if (key === undefined) throw unknownKey(keyId, currentId);
      return decipher(Buffer.from(body, 'base64url'), {
        key,
        keyId,
        nonce: Buffer.from(nonce, 'base64url'),
        place,
      });
    },
  };
}

interface Opening {
  readonly key: Uint8Array;
  readonly keyId: string;
  readonly nonce: Buffer;
  readonly place: SealPlace;
}

function decipher(body: Buffer, { key, keyId, nonce, place }: Opening): string {
  const split = body.length - TAG_BYTES;
  const plain = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
  plain.setAAD(boundTo(keyId, place));
  plain.setAuthTag(body.subarray(split));
  try {
    return Buffer.concat([plain.update(body.subarray(0, split)), plain.final()]).toString('utf8');
  } catch (cause) {
    throw new PersonalDataError(
      'personal-data/tampered',
      `The ${place.field} of player ${place.playerId} was changed or moved in the database. Restore it from a backup.`,
      { cause },
    );
  }
}

function malformed({ playerId, field }: SealPlace): PersonalDataError {
  return new PersonalDataError(
    'personal-data/malformed',
    `The ${field} of player ${playerId} is not a sealed value: it was cut or changed. Restore it from a backup.`,
  );
}

function unknownKey(keyId: string, currentId: string): PersonalDataError {
  return new PersonalDataError(
    'personal-data/unknown-key',
    `Personal data was sealed with key ${keyId}, but the key in use is ${currentId}. ` +
      'Set PII_KEY to the former key, or to both, the new one first and a comma between them.',
  );
}
