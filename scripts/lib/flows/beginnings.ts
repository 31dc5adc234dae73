import type { JsonObject } from '@dcs/engine';
import type { RecordingTable } from '../recordingTable.ts';
import { playerAt } from './player.ts';

interface Meeting {
  readonly npc: string;
  readonly config?: JsonObject;
}

/** A language game in which Ann plays AMA and meets `npc`. */
export async function beginAsAma(table: RecordingTable, game: string, { npc, config = {} }: Meeting) {
  const sessionId = await table.begin(game, { characters: { pc: 'AMA', npc }, config });
  return { sessionId, ann: playerAt(table, { sessionId, playerId: 'ann' }) };
}

export const beginExplore = (table: RecordingTable, npc: string, config: JsonObject = {}) =>
  beginAsAma(table, 'explore', { npc, config });

export async function beginDuel(table: RecordingTable) {
  const sessionId = await table.begin('card-duel', { config: { cards: 3 } });
  const ann = playerAt(table, { sessionId, playerId: 'ann' });
  const ben = playerAt(table, { sessionId, playerId: 'ben' });
  await table.done(ben.take('away'));
  return { sessionId, ann, ben };
}
