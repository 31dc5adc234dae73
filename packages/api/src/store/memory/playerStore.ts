import type { Player, PlayerStore } from '../ports.ts';
import { DuplicateRecord } from '../storeErrors.ts';
import { newestFirst } from './newestFirst.ts';

const placeOf = ({ createdAt, playerId }: Player) => ({ at: createdAt, id: playerId });

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
    async list({ limit, before, role }) {
      const cursor = before && { at: before.createdAt, id: before.playerId };
      const wanted = [...players.values()].filter((player) => role === undefined || player.role === role);
      return structuredClone(newestFirst(wanted, placeOf, { limit, before: cursor }));
    },
    async setRole(playerId, role) {
      return change(playerId, (player) => ({ ...player, role }));
    },
    async erase(playerId, at) {
      return change(playerId, (player) => ({ ...player, registration: [], erasedAt: player.erasedAt ?? at }));
    },
  };
}
