import type { Clock, JsonObject } from '@dcs/engine';
import type { PersonalDataStore, SealedFields } from '../store/ports.ts';
import type { Sealer } from './sealer.ts';

/** What is known of a person, in plain text here and sealed in the store. */
export interface PersonalData {
  /** Replaces everything known about the player. */
  put(playerId: string, fields: Readonly<Record<string, string>>): Promise<void>;
  /** `null` when nothing is kept. Rejects with PersonalDataError when it cannot be opened. */
  get(playerId: string): Promise<Readonly<Record<string, string>> | null>;
  /** Whether there was anything to erase. */
  erase(playerId: string): Promise<boolean>;
  /** Seals answers to personal questions, which are kept beside the other answers to the same form. */
  sealAnswers(place: AnswersPlace, answers: JsonObject): SealedFields;
  /** The answers that were sealed for this place. Throws PersonalDataError when they cannot be opened. */
  openAnswers(place: AnswersPlace, sealed: SealedFields): JsonObject;
}

/** Where sealed answers belong; they open nowhere else. */
export interface AnswersPlace {
  readonly participantId: string;
  /** The form; of answers that were not sent yet, the group of forms. */
  readonly of: string;
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
    sealAnswers: (place, answers) =>
      Object.fromEntries(
        Object.entries(answers).map(([key, answer]) => [
          key,
          sealer.seal(JSON.stringify(answer), answerPlace(place, key)),
        ]),
      ),
    openAnswers: (place, sealed) =>
      Object.fromEntries(
        Object.entries(sealed).map(([key, text]) => [
          key,
          JSON.parse(sealer.open(text, answerPlace(place, key))),
        ]),
      ),
  };
}

/** No field of a registration has a slash in its name. */
const answerPlace = ({ participantId, of }: AnswersPlace, key: string) => ({
  playerId: participantId,
  field: `${of}/${key}`,
});

function mapFields(
  fields: Readonly<Record<string, string>>,
  map: (text: string, field: string) => string,
): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).map(([field, text]) => [field, map(text, field)]));
}
