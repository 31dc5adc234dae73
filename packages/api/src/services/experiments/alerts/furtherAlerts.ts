import type { ExperimentMoment } from '@dcs/engine';
import type { AlertDto } from '../../../alertDto.ts';
import type { SessionInFlightDto } from '../../../experimentAdminDto.ts';
import { playingIn } from '../sessionsInFlight.ts';
import type { StandingAlert } from './standingAlert.ts';

/**
 * The alerts about sessions that are played and not among those that are shown: the server has looked at more of them, a
 * minute ago at most.
 */
export function furtherAlerts(
  moment: Pick<ExperimentMoment, 'state' | 'plan'>,
  shown: readonly Pick<SessionInFlightDto, 'sessionId'>[],
  standing: readonly StandingAlert[],
): readonly AlertDto[] {
  const left = new Set(playingIn(moment).map(({ sessionId }) => sessionId));
  for (const { sessionId } of shown) left.delete(sessionId);
  return standing
    .filter(
      ({ experiment, sessionId }) =>
        experiment === moment.plan.name && sessionId !== null && left.has(sessionId),
    )
    .map(({ id, kind, severity, message, sessionId }) => ({ id, kind, severity, message, sessionId }));
}
