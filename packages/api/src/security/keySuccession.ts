import { createHmac, hkdfSync } from 'node:crypto';
import { accessKeyFrom } from './accessKey.ts';
import type { PersonalDataKeys } from './personalDataKeys.ts';

const SECRET_BYTES = 32;

/**
 * Makes the access key that follows another one by a command. The same on every node that has the same key for
 * personal data, and nothing but that key tells it: not the old access key, nor the ids.
 */
export function createKeySuccession([current]: PersonalDataKeys): (
  keyId: string,
  commandId: string,
) => string {
  const secret = Buffer.from(hkdfSync('sha256', current, '', 'dcs access key succession', SECRET_BYTES));
  return (keyId, commandId) =>
    accessKeyFrom(
      createHmac('sha256', secret)
        .update(JSON.stringify([keyId, commandId]))
        .digest(),
    );
}
