import type {
  CharacterStore,
  GameRegistry,
  JsonObject,
  JsonValue,
  SessionManager,
  SessionStatus,
} from '@dcs/engine';
import type { CommandReplyDto, PlaySetupDto } from '../dto.ts';
import { ApiError, orThrow } from '../errors.ts';
import type { FrameSource } from '../stream/frameSink.ts';
import type { SessionStream } from '../stream/sessionStream.ts';
import { authorise } from './authorise.ts';
import type { Principal } from './authorise.ts';
import { commandReplyDto } from './eventDto.ts';
import type { LiveSessions } from './liveSessions.ts';
import { playSetup } from './playSetup.ts';
import type { AdmittedSession, SessionAccess } from './sessionAccess.ts';

export interface PlayServicePorts {
  readonly manager: SessionManager;
  readonly games: GameRegistry;
  readonly characters: CharacterStore;
  readonly access: SessionAccess;
  readonly live: LiveSessions;
  readonly stream: SessionStream;
  readonly newId: () => string;
  /** The experiment in which players play and nowhere else; `null`: they play what they like. */
  readonly onlyExperiment: string | null;
  /** Whether one has to register to play what one likes. */
  readonly registrationRequired: boolean;
}

export interface CreateRequest {
  readonly game: string;
  readonly pc?: string | undefined;
  readonly npc?: string | undefined;
  readonly config?: JsonObject | undefined;
  readonly source?: string | undefined;
  readonly commandId?: string | undefined;
}

export interface SessionRequest {
  readonly sessionId: string;
  readonly commandId: string;
}

export type ActRequest = SessionRequest & ({ readonly text: string } | { readonly action: JsonValue });

export interface EventsRequest {
  readonly sessionId: string;
  readonly lastEventId?: string | null | undefined;
}

/** Everything that is done at the table. Each method authorises first; none changes anything for a stranger. */
export interface PlayService {
  setup(principal: Principal | null, game: string): Promise<PlaySetupDto>;
  create(
    principal: Principal | null,
    request: CreateRequest,
  ): Promise<{ readonly sessionId: string; readonly status: SessionStatus }>;
  /** `signal` aborts when whoever asks has gone: only until then do they count as being there. */
  open(principal: Principal | null, sessionId: string, signal?: AbortSignal): Promise<CommandReplyDto>;
  act(principal: Principal | null, request: ActRequest, signal?: AbortSignal): Promise<CommandReplyDto>;
  close(
    principal: Principal | null,
    request: SessionRequest,
  ): Promise<CommandReplyDto & { status: SessionStatus }>;
  takeSeat(
    principal: Principal | null,
    request: SessionRequest & { readonly seat: string },
  ): Promise<CommandReplyDto>;
  releaseSeat(principal: Principal | null, request: SessionRequest): Promise<CommandReplyDto>;
  events(principal: Principal | null, request: EventsRequest): Promise<FrameSource>;
}

/** The characters that were asked for; the others are left to chance. */
function wantedCharacters({ pc, npc }: CreateRequest): Record<string, string> {
  return { ...(pc === undefined ? {} : { pc }), ...(npc === undefined ? {} : { npc }) };
}

/** Throws for settings that only whoever sets sessions up for others may choose. Unknown games are refused elsewhere. */
function refuseReserved(
  { games }: Pick<PlayServicePorts, 'games'>,
  { role }: Principal,
  { game, config = {} }: CreateRequest,
): void {
  const entry = games.find(game);
  if (role === 'admin' || entry === null) return;
  const [reserved] = entry.game.reservedSettings?.(config, entry.file.config) ?? [];
  if (reserved === undefined) return;
  const message = `The setting "${reserved}" is not for players to choose in ${entry.file.title}. Leave it out.`;
  throw new ApiError('game/setting-reserved', message);
}

/** Throws for somebody who was let in for an experiment alone. */
function refuseUnregistered(
  { registrationRequired }: Pick<PlayServicePorts, 'registrationRequired'>,
  { anonymous }: Principal,
): void {
  if (!registrationRequired || !anonymous) return;
  throw new ApiError('auth/registration-required', 'Please register to play on this server.');
}

/** Throws where this server is for an experiment: its sessions are created by `experiments.startSession`. */
function refuseOutsideExperiment(
  { onlyExperiment }: Pick<PlayServicePorts, 'onlyExperiment'>,
  { role }: Principal,
): void {
  if (onlyExperiment === null || role === 'admin') return;
  const message = `On this server one plays in the experiment ${onlyExperiment}. Take part in it.`;
  throw new ApiError('play/experiment-only', message);
}

export function createPlayService(ports: PlayServicePorts): PlayService {
  const { manager, access, live } = ports;

  /** Before it is played, so that of two sessions that come at once only one gets the last place. */
  function putOnTable({ viewer, present }: AdmittedSession): void {
    const { sessionId, ownerId } = present.header;
    if (viewer.seat === null || present.exited || live.has(sessionId)) return;
    if (!live.hasRoom(sessionId, ownerId)) {
      const message = 'Too many of your sessions are being played. Finish or leave one, then try again.';
      throw new ApiError('limit/too-many-sessions', message, { retryable: true });
    }
    live.touch(sessionId, ownerId);
  }

  /** Whoever waits for an answer is at the table, though they may not follow: a turn is given up when nobody is. */
  async function whileWaiting<T>(
    sessionId: string,
    signal: AbortSignal | undefined,
    job: () => Promise<T>,
  ): Promise<T> {
    const leave = live.wait(sessionId);
    signal?.addEventListener('abort', leave, { once: true });
    if (signal?.aborted === true) leave();
    try {
      return await job();
    } finally {
      signal?.removeEventListener('abort', leave);
      leave();
    }
  }

  return {
    setup: async (principal, name) => {
      const { role } = authorise(principal, 'session.create', null);
      return playSetup(ports, name, { seesHidden: role === 'admin' });
    },

    create: async (principal, request) => {
      const creator = authorise(principal, 'session.create', null);
      refuseUnregistered(ports, creator);
      refuseOutsideExperiment(ports, creator);
      refuseReserved(ports, creator, request);
      const { playerId } = creator;
      const { record } = orThrow(
        await manager.create({
          game: request.game,
          ownerId: playerId,
          commandId: request.commandId ?? ports.newId(),
          source: request.source ?? 'api',
          characters: wantedCharacters(request),
          ...(request.config === undefined ? {} : { config: request.config }),
        }),
      );
      return { sessionId: record.header.sessionId, status: record.summary.status };
    },

    open: async (principal, sessionId, signal) => {
      const admitted = await access.admit(principal, 'session.play', sessionId);
      if (admitted.viewer.seat === null) {
        throw new ApiError('seat/not-held', 'You hold no seat in this session, so you cannot open it.');
      }
      putOnTable(admitted);
      const reply = orThrow(await whileWaiting(sessionId, signal, () => manager.open(sessionId)));
      live.touch(sessionId, admitted.present.header.ownerId);
      return commandReplyDto(reply);
    },

    act: async (principal, { sessionId, commandId, ...input }, signal) => {
      const admitted = await access.admit(principal, 'session.play', sessionId);
      putOnTable(admitted);
      const { playerId } = admitted.principal;
      const command = { sessionId, playerId, commandId, input };
      const reply = orThrow(await whileWaiting(sessionId, signal, () => manager.act(command)));
      if (!reply.exited) live.touch(sessionId, admitted.present.header.ownerId);
      return commandReplyDto(reply);
    },

    close: async (principal, { sessionId, commandId }) => {
      const { principal: player } = await access.admit(principal, 'session.play', sessionId);
      const reply = orThrow(await manager.close({ sessionId, playerId: player.playerId, commandId }));
      return { ...commandReplyDto(reply), status: 'closed' };
    },

    takeSeat: async (principal, { sessionId, commandId, seat }) => {
      const { principal: player, present } = await access.admit(principal, 'session.join', sessionId);
      const reply = orThrow(
        await manager.takeSeat({ sessionId, playerId: player.playerId, commandId, seat }),
      );
      live.touch(sessionId, present.header.ownerId);
      return commandReplyDto(reply);
    },

    releaseSeat: async (principal, { sessionId, commandId }) => {
      const { principal: player } = await access.admit(principal, 'session.play', sessionId);
      return commandReplyDto(
        orThrow(await manager.releaseSeat({ sessionId, playerId: player.playerId, commandId })),
      );
    },

    events: async (principal, { sessionId, lastEventId }) => {
      const admitted = await access.admit(principal, 'session.read', sessionId);
      return ports.stream.open({
        principal: admitted.principal,
        sessionId,
        lastEventId: lastEventId ?? null,
      });
    },
  };
}
