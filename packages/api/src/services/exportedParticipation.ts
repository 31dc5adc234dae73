import { assignmentsOf } from '@dcs/engine';
import type { ExperimentManager, ExperimentMoment, Participant, SessionStore } from '@dcs/engine';
import { isoTime } from '../isoTime.ts';
import type { ExportedParticipationDto, ExportedSessionDto } from '../playerDto.ts';
import type { ExperimentPlans } from './experiments/experimentPlans.ts';
import { ownSessions } from './ownSessions.ts';

export interface ExportedParticipationPorts {
  readonly experiments: Pick<ExperimentManager, 'present'>;
  readonly plans: Pick<ExperimentPlans, 'names'>;
}

/** In which experiments somebody took part, and what they were given there; not whom they met, which may be kept from them. */
export async function exportedParticipation(
  { experiments, plans }: ExportedParticipationPorts,
  playerId: string,
): Promise<readonly ExportedParticipationDto[]> {
  const exported: ExportedParticipationDto[] = [];
  for (const name of await plans.names()) {
    const moment = await experiments.present(name);
    const participant = moment?.state.participants.get(playerId);
    if (moment && participant) exported.push(participationDto(moment, participant));
  }
  return exported;
}

function participationDto(
  { plan, state }: ExperimentMoment,
  participant: Participant,
): ExportedParticipationDto {
  const { number, joinedAt, withdrawnAt } = participant;
  return {
    experiment: plan.name,
    number,
    joinedAt: isoTime(joinedAt),
    withdrawnAt: withdrawnAt === null ? null : isoTime(withdrawnAt),
    assignments: assignmentsOf(state, participant).map(({ assignmentId, game, status, attempts }) => ({
      assignmentId,
      game,
      status,
      sessionIds: attempts.map(({ sessionId }) => sessionId),
    })),
  };
}

/** What somebody has played; each session can be had whole by itself. */
export async function exportedSessions(
  sessions: Pick<SessionStore, 'listByPlayer'>,
  playerId: string,
): Promise<readonly ExportedSessionDto[]> {
  const exported: ExportedSessionDto[] = [];
  for await (const { header, summary } of ownSessions(sessions, playerId)) {
    const { sessionId, game, createdAt } = header;
    const lastActiveAt = isoTime(summary.lastActiveAt);
    exported.push({ sessionId, game, createdAt: isoTime(createdAt), lastActiveAt });
  }
  return exported;
}
