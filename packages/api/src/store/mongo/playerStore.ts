import { PLAYER_ROLES } from '../ports.ts';
import type { Player, PlayerStore, RegistrationField } from '../ports.ts';
import { DuplicateRecord } from '../storeErrors.ts';
import type { Models } from '../../../../../prisma/contract.d.ts';
import { after, field } from './filters.ts';
import { guarded, isDuplicateKey, mapMongoError } from './mongoErrors.ts';
import type { Collections } from './prismaClient.ts';
import { dateOf, memberOf, timeOf } from './records.ts';

type Row = Models.unbound_Player;

function fromField({ name, personal, answer }: Row['registration'][number]): RegistrationField {
  if (personal) return { name, personal };
  return { name, personal, answer: typeof answer === 'boolean' || typeof answer === 'string' ? answer : '' };
}

function fromRow(row: Row): Player {
  return {
    playerId: row.playerId,
    role: memberOf(PLAYER_ROLES, row.role, 'role'),
    anonymous: row.anonymous,
    registration: row.registration.map(fromField),
    createdAt: row.createdAt.getTime(),
    erasedAt: timeOf(row.erasedAt),
  };
}

/** Players in MongoDB. */
export function createMongoPlayerStore({ players }: Collections): PlayerStore {
  return {
    async create(player) {
      const registration = player.registration.map((entry) => {
        return { name: entry.name, personal: entry.personal, answer: entry.personal ? null : entry.answer };
      });
      const { playerId, role, anonymous } = player;
      const times = { createdAt: new Date(player.createdAt), erasedAt: dateOf(player.erasedAt) };
      try {
        await players.createAndCount([{ playerId, role, anonymous, registration, ...times }]);
      } catch (error) {
        if (!isDuplicateKey(error)) throw mapMongoError(error);
        throw new DuplicateRecord('player', playerId, { cause: error });
      }
    },
    async get(playerId) {
      const row = await guarded(() => players.where({ playerId }).first());
      return row === null ? null : fromRow(row);
    },
    async list({ limit, before, role }) {
      if (limit < 1) return [];
      const wanted = role === undefined ? players : players.where({ role });
      const place = before && { time: before.createdAt, id: before.playerId };
      const rest =
        place === undefined ? wanted : wanted.where(after({ time: 'createdAt', id: 'playerId' }, place));
      const page = rest.orderBy({ createdAt: -1, playerId: -1 }).limit(limit);
      return (await guarded(() => page.all())).map(fromRow);
    },
    async setRole(playerId, role) {
      return (await guarded(() => players.where({ playerId }).update({ role }))) !== null;
    },
    async erase(playerId, at) {
      // Two steps that may each be repeated: the answers go first, the date of the first time stays.
      const known = await guarded(() => players.where({ playerId }).update({ registration: [] }));
      if (known === null) return false;
      const unmarked = players.where({ playerId }).where(field.isNull('erasedAt'));
      await guarded(() => unmarked.updateAndCount({ erasedAt: new Date(at) }));
      return true;
    },
  };
}
