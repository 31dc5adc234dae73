import type { ExperimentState, JsonValue } from '@dcs/engine';
import { createHash } from 'node:crypto';

/** Names that say nothing of who somebody is, the same in every table and every export of an experiment. */
export interface Pseudonyms {
  /** `p12` for the twelfth participant; for anybody else, a text that only this experiment has for them. */
  of(playerId: string): string;
  /** The value with the ids of players replaced wherever they stand. `others` are players who do not take part. */
  within<T extends JsonValue>(value: T, others?: readonly string[]): T;
}

/** Fields of events that name a player. */
const PLAYER_FIELDS = new Set(['playerId', 'participantId']);
const HASH_LENGTH = 12;

export function createPseudonyms(
  experiment: string,
  participants: ExperimentState['participants'],
): Pseudonyms {
  function of(playerId: string): string {
    const participant = participants.get(playerId);
    if (participant !== undefined) return `p${participant.number}`;
    const hash = createHash('sha256')
      .update(JSON.stringify([experiment, playerId]))
      .digest('hex');
    return `other-${hash.slice(0, HASH_LENGTH)}`;
  }

  /** An id stands alone, or before a slash: commands are named after those who send them. */
  function textWithin(text: string, others: readonly string[]): string {
    const [first = '', ...rest] = text.split('/');
    const isPlayer = participants.has(first) || others.includes(first);
    return isPlayer ? [of(first), ...rest].join('/') : text;
  }

  function replaced(value: JsonValue, others: readonly string[]): JsonValue {
    if (typeof value === 'string') return textWithin(value, others);
    if (typeof value !== 'object' || value === null) return value;
    if (isList(value)) return value.map((item) => replaced(item, others));
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => {
        const isPlayer = PLAYER_FIELDS.has(key) && typeof item === 'string';
        return [key, isPlayer ? of(item) : replaced(item, others)];
      }),
    );
  }

  return {
    of,
    // Only texts become other texts: what it was, it stays.
    within: <T extends JsonValue>(value: T, others: readonly string[] = []): T =>
      replaced(value, others) as T,
  };
}

const isList = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value);
