import type { Player, PlayerStore } from '../ports.ts';
import { DuplicateRecord } from '../storeErrors.ts';

/** Players that end with the process. */
export function createMemoryPlayerStore(): PlayerStore {
  const players = new Map<string, Player>();

  const change = (playerId: string, edit: (player: Player) => Player): boolean => {
    const player = players.get(playerId);
    if (player !== undefined) players.set(playerId, edit(player));
    return player !== undefined;
  };

  return {
    async create(player) {
      if (players.has(player.playerId)) throw new DuplicateRecord('player', player.playerId);
      players.set(player.playerId, structuredClone(player));
    },
    async get(playerId) {
      return structuredClone(players.get(playerId) ?? null);
    },
    async setRole(playerId, role) {
      return change(playerId, (player) => ({ ...player, role }));
    },
    async erase(playerId, at) {
      return change(playerId, (player) => ({ ...player, registration: [], erasedAt: player.erasedAt ?? at }));
    },
  };
}
