import { createExperimentManager } from '@dcs/engine';
import type { ExperimentManager, SessionManager } from '@dcs/engine';
import { createAlerts } from './alerts.ts';
import type { Alerts } from './alerts.ts';
import type { AppPorts } from './appPorts.ts';
import { createAssignmentSessions } from './services/experiments/assignmentSessions.ts';
import type { AssignmentSessions } from './services/experiments/assignmentSessions.ts';
import { createExperimentPlans } from './services/experiments/experimentPlans.ts';
import type { ExperimentPlans } from './services/experiments/experimentPlans.ts';
import type { ModelPlayers } from './services/experiments/modelPlayers/index.ts';
import { createPlayedSessions } from './services/experiments/playedSessions.ts';

/** What drives experiments: the engine, what they go by, and the sessions that are played for them. */
export interface Experiments {
  readonly manager: ExperimentManager;
  readonly plans: ExperimentPlans;
  readonly endings: AssignmentSessions;
  readonly alerts: Pick<Alerts, 'standing' | 'counts' | 'onChanged'>;
  /** `startedAt` (epoch ms) is what the other nodes know of this one. */
  start(startedAt: number): void;
  /** Resolves when everything that is known stands in the logs. */
  stop(): Promise<void>;
}

export interface ExperimentsOptions {
  readonly sessions: Pick<SessionManager, 'presentInMemory' | 'folded' | 'abandon'>;
  /** Models that take part and wait at this server. */
  readonly waitingPlayers: ModelPlayers['waitingIn'];
  /** `id` is of the session or of the experiment that met the fault. */
  readonly onFault: (fault: unknown, id: string) => void;
}

export function createExperiments(
  ports: AppPorts,
  { sessions, waitingPlayers, onFault }: ExperimentsOptions,
): Experiments {
  const { stores, games, clock, timers, experimentFiles, experimentCaps } = ports;
  const plans = createExperimentPlans({
    files: experimentFiles,
    revisions: stores.experimentRevisions,
    games,
    characters: stores.characters,
    clock,
  });
  const played = createPlayedSessions({ manager: sessions, sessions: stores.sessions, log: stores.log });
  const manager = createExperimentManager({
    log: stores.experimentLog,
    planned: (name, revision) => plans.planned(name, revision),
    turnsOf: (sessionId) => played.turnsOf(sessionId),
    clock,
    onFault,
  });
  const endings = createAssignmentSessions({
    experiments: manager,
    manager: sessions,
    played,
    names: () => plans.names(),
    timers,
    onFault,
  });
  const alerts = createAlerts(ports, { experiments: manager, plans, sessions, waitingPlayers, onFault });
  /** Before any model is asked for it: the first session of an experiment is started by an event of its log. */
  const keepCaps = async (name: string): Promise<void> => {
    const moment = await manager.present(name);
    if (moment !== null) experimentCaps.put(name, moment.plan.config.caps);
  };
  const inBackground = (name: string, job: Promise<void>): void => {
    job.catch((fault: unknown) => onFault(fault, name));
  };
  manager.onRecorded((name) => inBackground(name, keepCaps(name)));
  return {
    manager,
    plans,
    endings,
    alerts,
    start: (startedAt) => {
      endings.start();
      alerts.start(startedAt);
    },
    stop: async () => {
      await alerts.stop();
      await endings.stop();
      await manager.shutDown();
    },
  };
}
