import type { PersonalDataStore, SealedFields } from '../ports.ts';

/** Sealed personal data that ends with the process. */
export function createMemoryPersonalDataStore(): PersonalDataStore {
  const people = new Map<string, SealedFields>();
  return {
    async put(playerId, fields) {
      people.set(playerId, structuredClone(fields));
    },
    async get(playerId) {
      return structuredClone(people.get(playerId) ?? null);
    },
    async erase(playerId) {
      return people.delete(playerId);
    },
  };
}
