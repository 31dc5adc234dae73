import type { Clock } from '@dcs/engine';
import { isoTime } from '../isoTime.ts';
import type { AdminPlayerDto, AdminPlayersDto } from '../playerDto.ts';
import type { PersonalData } from '../security/index.ts';
import type {
  AccessKeyRecord,
  AccessKeyStore,
  AuditLog,
  Player,
  PlayerRole,
  PlayerStore,
} from '../store/ports.ts';
import { authorise } from './authorise.ts';
import type { Principal } from './authorise.ts';
import { listPage } from './listPages.ts';
import type { ListRequest } from './listPages.ts';

export interface PlayerAdminServicePorts {
  readonly players: Pick<PlayerStore, 'get' | 'list'>;
  readonly accessKeys: Pick<AccessKeyStore, 'inForce'>;
  readonly personalData: Pick<PersonalData, 'get'>;
  readonly audit: Pick<AuditLog, 'append'>;
  readonly clock: Clock;
  readonly newId: () => string;
}

export interface PlayersRequest extends ListRequest {
  readonly role?: PlayerRole | undefined;
  /** This one alone. Names are sealed, and nothing can be found by them. */
  readonly playerId?: string | undefined;
  /** Whether to say what they are called. */
  readonly names: boolean;
}

/** The accounts that there are, for administrators. */
export interface PlayerAdminService {
  /** Newest first. That names were read is in the audit log before they are shown. */
  list(principal: Principal | null, request: PlayersRequest): Promise<AdminPlayersDto>;
}

export function createPlayerAdminService(ports: PlayerAdminServicePorts): PlayerAdminService {
  const { players, accessKeys, personalData, audit, clock } = ports;

  async function find({ limit, cursor, role, playerId }: PlayersRequest) {
    if (playerId === undefined) {
      return listPage(
        { limit, cursor },
        (most, before) =>
          players.list({
            limit: most,
            ...(role === undefined ? {} : { role }),
            ...(before && { before: { createdAt: before.at, playerId: before.id } }),
          }),
        (player) => ({ at: player.createdAt, id: player.playerId }),
      );
    }
    const player = await players.get(playerId);
    const isWanted = player !== null && (role === undefined || player.role === role);
    return { rows: isWanted ? [player] : [], nextCursor: null };
  }

  async function namesOf(principal: Principal, rows: readonly Player[]): Promise<readonly string[]> {
    await audit.append({
      auditId: ports.newId(),
      at: clock.now(),
      actorId: principal.playerId,
      action: 'player/names-read',
      targetId: null,
      details: { players: rows.length },
    });
    return Promise.all(
      rows.map(async ({ playerId }) => (await personalData.get(playerId))?.['fullName'] ?? ''),
    );
  }

  return {
    list: async (principal, request) => {
      const admin = authorise(principal, 'admin.players', null);
      const { rows, nextCursor } = await find(request);
      const ids = rows.map(({ playerId }) => playerId);
      const keys = Map.groupBy(await accessKeys.inForce(ids, clock.now()), ({ playerId }) => playerId);
      const names = request.names && rows.length > 0 ? await namesOf(admin, rows) : null;
      return {
        players: rows.map((player, index) =>
          playerDto(player, keys.get(player.playerId) ?? [], names?.[index] ?? null),
        ),
        nextCursor,
      };
    },
  };
}

function playerDto(
  { playerId, role, anonymous, createdAt, erasedAt }: Player,
  keys: readonly AccessKeyRecord[],
  fullName: string | null,
): AdminPlayerDto {
  const uses = keys.flatMap(({ lastUsedAt }) => lastUsedAt ?? []);
  return {
    playerId,
    role,
    anonymous,
    fullName,
    createdAt: isoTime(createdAt),
    erasedAt: erasedAt === null ? null : isoTime(erasedAt),
    keysInForce: keys.length,
    lastSeenAt: uses.length === 0 ? null : isoTime(Math.max(...uses)),
  };
}
