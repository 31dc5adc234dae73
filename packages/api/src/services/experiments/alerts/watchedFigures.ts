import { holdMsOf } from '@dcs/engine';
import { totalOf } from '../../modelUse.ts';
import type { ModelCallStore } from '../../../store/ports.ts';
import type { ExperimentMoment } from '@dcs/engine';
import { capUses } from '../capUses.ts';
import { RECENT_MS, STUCK_MS } from '../experimentAlerts.ts';
import type { Watched } from '../experimentAlerts.ts';
import type { ExperimentPlans } from '../experimentPlans.ts';
import { modelPlayerDtos } from '../modelPlayers/index.ts';
import type { WaitingPlayer } from '../modelPlayers/index.ts';
import { playingIn, sessionsInFlight } from '../sessionsInFlight.ts';
import type { SessionsInFlightPorts } from '../sessionsInFlight.ts';

export interface WatchedFiguresPorts extends SessionsInFlightPorts {
  readonly plans: Pick<ExperimentPlans, 'offered'>;
  readonly calls: Pick<ModelCallStore, 'sums'>;
  /** Models that take part and wait at this server. */
  readonly waitingPlayers: (experiment: string) => readonly WaitingPlayer[];
}

/** More stuck sessions than that are one trouble, not many. */
const MOST_SESSIONS = 200;

/** Reads what the alerts of an experiment are told by, with three queries at most. */
export async function watchedFigures(ports: WatchedFiguresPorts, moment: ExperimentMoment): Promise<Watched> {
  const { plan, now } = moment;
  const experimentId = plan.name;
  // Nothing is wrong yet with what has only just begun. The longest ones first: they are the likeliest.
  const soonestMs = Math.min(STUCK_MS, holdMsOf(plan));
  const suspects = playingIn(moment).filter(({ startedAt }) => now - startedAt > soonestMs);
  const isCapped = plan.config.caps.experiment !== undefined;
  const [offered, inFlight, recent, all] = await Promise.all([
    ports.plans.offered(experimentId),
    suspects.length === 0 ? [] : sessionsInFlight(ports, moment, suspects.slice(-MOST_SESSIONS)),
    ports.calls.sums({ experimentId, since: now - RECENT_MS }),
    isCapped ? ports.calls.sums({ experimentId }) : [],
  ]);
  return {
    moment,
    fileRevision: offered?.revision ?? null,
    inFlight,
    recentCalls: recent,
    caps: capUses(plan, totalOf(all)),
    modelPlayers: modelPlayerDtos(moment, ports.waitingPlayers(experimentId)),
  };
}
