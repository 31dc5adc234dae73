import type { SessionLog, SessionManager, SessionRecord, SessionStatus, SessionStore } from '@dcs/engine';
import type { CommandReplyDto, MetaFrame, SessionPageDto, SessionRowDto, TranscriptDto } from '../dto.ts';
import { orThrow } from '../errors.ts';
import { authorise } from './authorise.ts';
import type { Principal } from './authorise.ts';
import { commandReplyDto, eventDto } from './eventDto.ts';
import { listPage } from './listPages.ts';
import type { ListRequest } from './listPages.ts';
import type { SessionAccess } from './sessionAccess.ts';
import { sessionDto, sessionRowDto } from './sessionDto.ts';
import type { SessionDtoPorts } from './sessionDto.ts';

export interface SessionServicePorts extends SessionDtoPorts {
  readonly manager: SessionManager;
  readonly sessions: SessionStore;
  readonly log: SessionLog;
  readonly access: SessionAccess;
}

export interface SessionStatusDto {
  readonly sessionId: string;
  readonly game: string;
  readonly status: SessionStatus;
  readonly turns: number;
  readonly lastSeq: number;
  readonly exited: boolean;
  readonly exitReason: string | null;
}

/** Reading sessions, and going back in them. Each method authorises first. */
export interface SessionService {
  /** The caller's own, what was played last first; on request without those that are over. */
  list(
    principal: Principal | null,
    request: ListRequest & { readonly unfinishedOnly: boolean },
  ): Promise<SessionPageDto>;
  get(principal: Principal | null, sessionId: string): Promise<Omit<MetaFrame, 'type'>>;
  status(principal: Principal | null, sessionId: string): Promise<SessionStatusDto>;
  transcript(
    principal: Principal | null,
    request: { readonly sessionId: string; readonly afterSeq: number; readonly limit: number },
  ): Promise<TranscriptDto>;
  rollback(
    principal: Principal | null,
    request: { readonly sessionId: string; readonly commandId: string; readonly toSeq: number },
  ): Promise<CommandReplyDto>;
}

export function createSessionService(ports: SessionServicePorts): SessionService {
  const { manager, sessions, access } = ports;

  /** What is in memory is ahead of what is stored. */
  const row = (record: SessionRecord): Promise<SessionRowDto> =>
    sessionRowDto(ports, record, manager.presentInMemory(record.header.sessionId));

  return {
    list: async (principal, { unfinishedOnly, ...request }) => {
      const { playerId } = authorise(principal, 'session.list', null);
      const { rows, nextCursor } = await listPage(
        request,
        (limit, before) => {
          const place = before && { lastActiveAt: before.at, sessionId: before.id };
          return sessions.listByPlayer(playerId, { limit, unfinishedOnly, ...(place && { before: place }) });
        },
        ({ header, summary }) => ({ at: summary.lastActiveAt, id: header.sessionId }),
      );
      return { sessions: await Promise.all(rows.map(row)), nextCursor };
    },

    get: async (principal, sessionId) => {
      const { principal: reader, present, viewer } = await access.admit(principal, 'session.read', sessionId);
      return { session: await sessionDto(ports, present, reader), view: present.view(viewer) };
    },

    status: async (principal, sessionId) => {
      const { present } = await access.admit(principal, 'session.read', sessionId);
      const { header, status, turns, lastSeq, exited, exitReason } = present;
      return { sessionId, game: header.game, status, turns, lastSeq, exited, exitReason };
    },

    transcript: async (principal, { sessionId, afterSeq, limit }) => {
      const { viewer, present } = await access.admit(principal, 'session.read', sessionId);
      const events = await ports.log.read(sessionId, afterSeq, limit + 1);
      const shown = events.slice(0, limit);
      const lastRead = events.at(-1)?.seq ?? afterSeq;
      return {
        events: shown.map((event) => eventDto(event, viewer, present.feedback)),
        lastSeq: Math.max(present.lastSeq, lastRead),
        hasMore: events.length > limit,
      };
    },

    rollback: async (principal, { sessionId, commandId, toSeq }) => {
      const { principal: player } = await access.admit(principal, 'session.play', sessionId);
      return commandReplyDto(
        orThrow(await manager.rollBack({ sessionId, playerId: player.playerId, commandId, toSeq })),
      );
    },
  };
}
