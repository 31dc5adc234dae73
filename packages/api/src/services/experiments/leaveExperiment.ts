import { assignmentsOf } from '@dcs/engine';
import type { ExperimentManager, SessionManager } from '@dcs/engine';
import { decided } from './decided.ts';

export interface LeavingPorts {
  readonly experiments: Pick<ExperimentManager, 'run' | 'present'>;
  readonly manager: Pick<SessionManager, 'close'>;
}

/**
 * Withdraws somebody from an experiment by their own wish, and ends what they play there. Repeatable. When it was, in epoch
 * ms; `null` when they never took part.
 */
export async function leaveExperiment(
  { experiments, manager }: LeavingPorts,
  name: string,
  playerId: string,
): Promise<number | null> {
  await decided(experiments, name, { type: 'withdraw', participantId: playerId, by: playerId });
  const moment = await experiments.present(name);
  const participant = moment?.state.participants.get(playerId);
  if (!moment || participant === undefined || participant.withdrawnAt === null) return null;
  for (const { attempts } of assignmentsOf(moment.state, participant)) {
    const open = attempts.find(({ endedAt }) => endedAt === null);
    if (open === undefined) continue;
    // The session may be over by now, which is as good.
    await manager.close({ sessionId: open.sessionId, playerId, commandId: `withdraw:${name}` });
  }
  return participant.withdrawnAt;
}
