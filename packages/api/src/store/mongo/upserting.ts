import { guarded, isDuplicateKey } from './mongoErrors.ts';

/**
 * Runs an upsert by a unique field. Of two at once for a new value the server may refuse one, which then finds the
 * other's document at its second attempt.
 */
export async function upserting<T>(upsert: () => PromiseLike<T>): Promise<T> {
  try {
    return await guarded(upsert);
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    return guarded(upsert);
  }
}
