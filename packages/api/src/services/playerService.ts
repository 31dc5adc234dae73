import type { Clock } from '@dcs/engine';
import type { ServerMode } from '../dto.ts';
import { ApiError } from '../errors.ts';
import type {
  ExportedDraftDto,
  ExportedFeedbackDto,
  ExportedFormDto,
  ExportedParticipationDto,
  ExportedSessionDto,
  MeDto,
  NewKeyDto,
  PersonalExportDto,
} from '../playerDto.ts';
import { splitRegistration } from '../security/index.ts';
import type { PersonalData } from '../security/index.ts';
import type { AuditLog, FormStore, PlayerStore } from '../store/ports.ts';
import { authorise } from './authorise.ts';
import type { Principal } from './authorise.ts';
import type { KeyRing } from './keyRing.ts';
import type { RateLimiter } from './rateLimiter.ts';
import type { Registration } from './registration.ts';

export interface PlayerServicePorts {
  readonly players: PlayerStore;
  readonly personalData: PersonalData;
  /** What the player has said of replies. */
  readonly feedbackOf: (playerId: string) => Promise<readonly ExportedFeedbackDto[]>;
  /** What the player has answered to forms, and begun to answer. */
  readonly formsOf: (playerId: string) => Promise<readonly ExportedFormDto[]>;
  readonly draftsOf: (playerId: string) => Promise<readonly ExportedDraftDto[]>;
  /** In which experiments the player took part, and what they played. */
  readonly participationOf: (playerId: string) => Promise<readonly ExportedParticipationDto[]>;
  readonly sessionsOf: (playerId: string) => Promise<readonly ExportedSessionDto[]>;
  /** Withdraws the player from an experiment; repeatable. */
  readonly leave: (experiment: string, playerId: string) => Promise<unknown>;
  readonly forms: Pick<FormStore, 'eraseOf'>;
  readonly audit: AuditLog;
  readonly keys: KeyRing;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly mode: ServerMode;
  /** Whether an experiment takes participants now who have not registered. Throws for an unknown one. */
  readonly takesAnonymous: (experiment: string) => Promise<boolean>;
  /** New accounts per address. */
  readonly arrivals: RateLimiter;
}

/** Accounts. A method that needs no account says from which address it is called. */
export interface PlayerService {
  register(registration: Registration, remoteAddress: string): Promise<NewKeyDto>;
  /** Where everybody may play, or for an experiment that people may take part in as they are. */
  anonymous(remoteAddress: string, experiment?: string): Promise<NewKeyDto>;
  me(principal: Principal | null): Promise<MeDto>;
  /**
   * A new key for the old one, which stops at once. With a commandId it can be repeated when the reply was lost: the same
   * command gives the same key, and the old one works until the new one is first used, two minutes at most.
   */
  rotateKey(principal: Principal | null, commandId?: string): Promise<NewKeyDto>;
  exportMyData(principal: Principal | null): Promise<PersonalExportDto>;
  /**
   * Withdraws the player from all experiments, forgets who they are and what they answered to forms, and revokes all keys;
   * sessions stay, without a name.
   */
  eraseMe(principal: Principal | null): Promise<{ readonly erased: true }>;
  /** For administrators: revokes every key of a player, and closes its connections. */
  revokeKey(principal: Principal | null, playerId: string): Promise<{ readonly revoked: true }>;
}

export function createPlayerService(ports: PlayerServicePorts): PlayerService {
  const { players, personalData, keys, clock } = ports;

  function assertArrivalAllowed(remoteAddress: string): void {
    const retryAfterMs = ports.arrivals.take(remoteAddress);
    if (retryAfterMs === 0) return;
    const message = 'Too many accounts were made from your address. Please wait a minute, then try again.';
    throw new ApiError('limit/too-many-requests', message, { retryAfterMs });
  }

  async function note(actorId: string, action: string, targetId = actorId): Promise<void> {
    const entry = { auditId: ports.newId(), at: clock.now(), actorId, action, targetId, details: {} };
    await ports.audit.append(entry);
  }

  async function personal(playerId: string): Promise<Readonly<Record<string, string>>> {
    return (await personalData.get(playerId)) ?? {};
  }

  /** The person's data before the key: an account without a key harms nobody, a key to half an account does. */
  async function openAccount(registration: Registration | null): Promise<NewKeyDto> {
    const playerId = ports.newId();
    const split = registration === null ? null : splitRegistration(registration);
    await players.create({
      playerId,
      role: 'player',
      anonymous: split === null,
      registration: split?.fields ?? [],
      createdAt: clock.now(),
      erasedAt: null,
    });
    if (split !== null) await personalData.put(playerId, split.personal);
    return { playerId, accessKey: await keys.issue(playerId) };
  }

  return {
    register: async (registration, remoteAddress) => {
      if (ports.mode === 'freePlay') {
        const message = 'No registration is needed here. Just start to play.';
        throw new ApiError('auth/registration-disabled', message);
      }
      assertArrivalAllowed(remoteAddress);
      return openAccount(registration);
    },

    anonymous: async (remoteAddress, experiment) => {
      const isInvited = experiment !== undefined && (await ports.takesAnonymous(experiment));
      if (ports.mode !== 'freePlay' && !isInvited) {
        throw new ApiError('auth/registration-required', 'Please register to play on this server.');
      }
      assertArrivalAllowed(remoteAddress);
      return openAccount(null);
    },

    me: async (principal) => {
      const { playerId, role } = authorise(principal, 'player.self', null);
      return { playerId, role, fullName: (await personal(playerId))['fullName'] ?? '' };
    },

    rotateKey: async (principal, commandId) => {
      const player = authorise(principal, 'player.self', null);
      const accessKey =
        commandId === undefined ? await keys.replace(player) : await keys.handOver(player, commandId);
      await note(player.playerId, 'player/key-rotated');
      return { playerId: player.playerId, accessKey };
    },

    exportMyData: async (principal) => {
      const { playerId, role } = authorise(principal, 'player.self', null);
      const player = await players.get(playerId);
      await note(playerId, 'player/data-exported');
      const answers = (player?.registration ?? []).flatMap((field) =>
        field.personal ? [] : [[field.name, field.answer] as const],
      );
      return {
        playerId,
        role,
        createdAt: new Date(player?.createdAt ?? clock.now()).toISOString(),
        answers: { ...Object.fromEntries(answers), ...(await personal(playerId)) },
        feedback: await ports.feedbackOf(playerId),
        forms: await ports.formsOf(playerId),
        drafts: await ports.draftsOf(playerId),
        experiments: await ports.participationOf(playerId),
        sessions: await ports.sessionsOf(playerId),
      };
    },

    eraseMe: async (principal) => {
      const { playerId } = authorise(principal, 'player.self', null);
      // First, so that no place waits for somebody who cannot come back.
      for (const { experiment } of await ports.participationOf(playerId)) {
        await ports.leave(experiment, playerId);
      }
      await personalData.erase(playerId);
      await ports.forms.eraseOf(playerId, clock.now());
      // From here on the player's keys open nothing, so that nobody could repeat what is missing.
      await players.erase(playerId, clock.now());
      await note(playerId, 'player/erased');
      // Last: should this fail, the keys of an erased player open nothing anyway.
      await keys.revokeAll(playerId);
      return { erased: true };
    },

    revokeKey: async (principal, playerId) => {
      const admin = authorise(principal, 'admin.players', null);
      if ((await players.get(playerId)) === null) {
        throw new ApiError('player/not-found', 'There is no such player.', { code: 'NOT_FOUND' });
      }
      await keys.revokeAll(playerId);
      await note(admin.playerId, 'player/keys-revoked', playerId);
      return { revoked: true };
    },
  };
}
