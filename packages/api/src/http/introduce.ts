import type { ApiContext } from '../context.ts';
import type { Guest } from './door.ts';

/** Tells the door whose guest it is. A database that does not answer now will be asked again by the first call. */
export async function introduce(guest: Guest, { keyHash, services }: ApiContext): Promise<void> {
  const principal = keyHash === null ? null : await services.keys.identify(keyHash).catch(() => null);
  if (principal !== null) guest.signedIn(principal.keyId);
}
