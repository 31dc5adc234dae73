import { checkAccessKey, hashAccessKey, newAccessKey } from '../security/index.ts';
import type { Stores } from '../store/ports.ts';
import { DuplicateRecord } from '../store/storeErrors.ts';
import { CliFailure } from './cliFailure.ts';
import type { DataPorts } from './openData.ts';

/** The key that a new admin is going to have. */
export interface AdminKey {
  readonly accessKey: string;
  readonly keyFrom: 'ADMIN_KEY' | 'generated';
  readonly playerId: string;
  /** Whether a former run stored the key and ended before it made the player. */
  readonly stored: boolean;
}

const REMEDY = 'Set another one, made with "dcs admin keygen", or none.';

/** Rejects a malformed ADMIN_KEY, without repeating it: it may be a secret with a typing error. */
export function assertAdminKey(adminKey: string | null): void {
  const checked = adminKey === null ? { ok: true as const } : checkAccessKey(adminKey);
  if (!checked.ok) throw new CliFailure(`ADMIN_KEY is not an access key. ${checked.message} ${REMEDY}`);
}

/** ADMIN_KEY is for the first admin: once it belongs to one, further admins get keys of their own. */
export async function chooseAdminKey(
  { players, accessKeys }: Stores,
  adminKey: string | null,
  newId: () => string,
): Promise<AdminKey> {
  const own = (): AdminKey => ({
    accessKey: newAccessKey(),
    keyFrom: 'generated',
    playerId: newId(),
    stored: false,
  });
  if (adminKey === null) return own();
  const fixed = { accessKey: adminKey, keyFrom: 'ADMIN_KEY' as const };
  const known = await accessKeys.findByHash(hashAccessKey(adminKey));
  if (known === null) return { ...fixed, playerId: newId(), stored: false };
  const holder = await players.get(known.playerId);
  if (holder === null) return { ...fixed, playerId: known.playerId, stored: true };
  if (holder.role === 'admin') return own();
  throw new CliFailure(`ADMIN_KEY is the key of a player who is no admin. ${REMEDY}`);
}

export async function storeAdminKey({ accessKeys }: Stores, key: AdminKey, ports: DataPorts): Promise<void> {
  if (key.stored) return;
  const hash = hashAccessKey(key.accessKey);
  try {
    await accessKeys.issue({
      keyId: ports.newId(),
      hash,
      playerId: key.playerId,
      createdAt: ports.now(),
    });
  } catch (cause) {
    // Nobody has the key, yet its hash is taken: it is a revoked one, and a revoked key stays so.
    if (!(cause instanceof DuplicateRecord) || key.keyFrom === 'generated') throw cause;
    throw new CliFailure(`ADMIN_KEY was revoked. ${REMEDY}`, { cause });
  }
}
