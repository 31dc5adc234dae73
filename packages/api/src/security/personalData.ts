import type { Clock } from '@dcs/engine';
import type { PersonalDataStore } from '../store/ports.ts';
import type { Sealer } from './sealer.ts';

/** What is known of a person, in plain text here and sealed in the store. */
export interface PersonalData {
  /** Replaces everything known about the player. */
  put(playerId: string, fields: Readonly<Record<string, string>>): Promise<void>;
  /** `null` when nothing is kept. Rejects with PersonalDataError when it cannot be opened. */
  get(playerId: string): Promise<Readonly<Record<string, string>> | null>;
  /** Whether there was anything to erase. */
  erase(playerId: string): Promise<boolean>;
}

export interface PersonalDataPorts {
  readonly store: PersonalDataStore;
  readonly sealer: Sealer;
  readonly clock: Clock;
}

export function createPersonalData({ store, sealer, clock }: PersonalDataPorts): PersonalData {
  return {
    async put(playerId, fields) {
      const sealed = mapFields(fields, (text, field) => sealer.seal(text, { playerId, field }));
      await store.put(playerId, sealed, clock.now());
    },
    async get(playerId) {
      const sealed = await store.get(playerId);
      return sealed === null
        ? null
        : mapFields(sealed, (text, field) => sealer.open(text, { playerId, field }));
    },
    erase: (playerId) => store.erase(playerId),
  };
}

function mapFields(
  fields: Readonly<Record<string, string>>,
  map: (text: string, field: string) => string,
): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).map(([field, text]) => [field, map(text, field)]));
}
