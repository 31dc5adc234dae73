import type {
  CommandOutcome,
  ExperimentManager,
  ExperimentMoment,
  GameRegistry,
  SessionCommand,
  SessionManager,
  SessionPresent,
} from '@dcs/engine';
import type { CommandReplyDto } from '../dto.ts';
import { ApiError, orThrow } from '../errors.ts';
import type { AdminSessionDto, WatchedAssignmentDto, WatchedSeatDto } from '../sessionAdminDto.ts';
import type { AuditEntry, AuditLog, ModelCallStore } from '../store/ports.ts';
import { auditIdOf } from './auditId.ts';
import { authorise } from './authorise.ts';
import type { Principal } from './authorise.ts';
import { commandReplyDto } from './eventDto.ts';
import { titleOf } from './experiments/experimentDtos.ts';
import { totalOf } from './modelUse.ts';
import type { SessionAccess } from './sessionAccess.ts';
import { sessionDto } from './sessionDto.ts';
import type { SessionDtoPorts } from './sessionDto.ts';

export interface SessionAdminServicePorts extends SessionDtoPorts {
  readonly manager: Pick<SessionManager, 'present' | 'hold' | 'release' | 'announce' | 'end'>;
  readonly access: SessionAccess;
  readonly experiments: Pick<ExperimentManager, 'present'>;
  readonly games: GameRegistry;
  readonly calls: Pick<ModelCallStore, 'sums'>;
  readonly audit: Pick<AuditLog, 'append'>;
  readonly clock: { now(): number };
}

/** A command to a session. Sent again with the same id, it has had its effect and gets the same reply. */
export interface SteeringRequest {
  readonly sessionId: string;
  readonly commandId: string;
}

/** Watching and steering single sessions. Whatever is done stands in the audit log before it is. */
export interface SessionAdminService {
  session(principal: Principal | null, sessionId: string): Promise<AdminSessionDto>;
  /** Stops it; whoever plays it is told `reason`, which may be empty. */
  hold(
    principal: Principal | null,
    request: SteeringRequest & { readonly reason: string },
  ): Promise<CommandReplyDto>;
  release(principal: Principal | null, request: SteeringRequest): Promise<CommandReplyDto>;
  /** Says something to whoever plays it. */
  announce(
    principal: Principal | null,
    request: SteeringRequest & { readonly text: string },
  ): Promise<CommandReplyDto>;
  end(principal: Principal | null, request: SteeringRequest): Promise<CommandReplyDto>;
}

function seatsOf({ header, seats }: SessionPresent, games: GameRegistry): readonly WatchedSeatDto[] {
  const titles = games.played(header.game)?.game.seats ?? [];
  return Object.entries(seats).map(([name, holder]) => ({
    name,
    title: titles.find((seat) => seat.name === name)?.title ?? name,
    holder: holder.kind,
    playerId: holder.kind === 'player' ? holder.playerId : null,
  }));
}

function assignmentOf(moment: ExperimentMoment, sessionId: string): WatchedAssignmentDto | null {
  const { plan, state } = moment;
  for (const { assignmentId, participantId, game, status, attempts } of state.assignments.values()) {
    const index = attempts.findIndex((attempt) => attempt.sessionId === sessionId);
    if (index === -1) continue;
    return {
      experiment: plan.name,
      title: titleOf(plan.config),
      assignmentId,
      participantNumber: state.participants.get(participantId)?.number ?? 0,
      game,
      status,
      attempt: index + 1,
      attempts: attempts.length,
    };
  }
  return null;
}

interface Deed extends Pick<AuditEntry, 'details'> {
  /** Such as `session/held`. */
  readonly action: string;
  readonly job: (command: SessionCommand) => Promise<CommandOutcome>;
}

export function createSessionAdminService(ports: SessionAdminServicePorts): SessionAdminService {
  const { manager, access, experiments, calls, audit, clock } = ports;

  /** The account comes before the deed: a crash between them leaves an entry too many, never one too few. */
  async function steer(
    principal: Principal | null,
    { sessionId, commandId }: SteeringRequest,
    { action, details, job }: Deed,
  ): Promise<CommandReplyDto> {
    const { playerId } = authorise(principal, 'admin.sessions', null);
    if ((await manager.present(sessionId)) === null) {
      throw new ApiError('session/not-found', 'There is no such session.');
    }
    // Named by the command, so that one that is sent again leaves no second entry.
    const auditId = auditIdOf(action, sessionId, playerId, commandId);
    await audit.append({ auditId, at: clock.now(), actorId: playerId, action, targetId: sessionId, details });
    return commandReplyDto(orThrow(await job({ sessionId, playerId, commandId })));
  }

  return {
    session: async (principal, sessionId) => {
      authorise(principal, 'admin.sessions', null);
      const admitted = await access.admit(principal, 'session.read', sessionId);
      const { principal: admin, present, viewer } = admitted;
      const { gameVersion, source, experimentId } = present.header;
      const [session, sums, moment] = await Promise.all([
        sessionDto(ports, present, admin),
        calls.sums({ sessionId }),
        experimentId === undefined ? null : experiments.present(experimentId),
      ]);
      return {
        session,
        view: present.view(viewer),
        gameVersion,
        source,
        seats: seatsOf(present, ports.games),
        assignment: moment === null ? null : assignmentOf(moment, sessionId),
        calls: totalOf(sums),
      };
    },

    hold: (principal, { reason, ...request }) =>
      steer(principal, request, {
        action: 'session/held',
        details: reason === '' ? {} : { reason },
        job: (command) => manager.hold({ ...command, reason }),
      }),

    release: (principal, request) =>
      steer(principal, request, { action: 'session/released', details: {}, job: manager.release }),

    announce: (principal, { text, ...request }) =>
      steer(principal, request, {
        action: 'session/announced',
        // What was said stands in the log of the session.
        details: { length: text.length },
        job: (command) => manager.announce({ ...command, text }),
      }),

    end: (principal, request) =>
      steer(principal, request, { action: 'session/ended', details: {}, job: manager.end }),
  };
}
