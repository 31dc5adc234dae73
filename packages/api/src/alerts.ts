import type { ExperimentManager, SessionManager } from '@dcs/engine';
import type { AlertKind } from './alertDto.ts';
import type { AppPorts } from './appPorts.ts';
import { createAlertGauge } from './services/experiments/alerts/alertGauge.ts';
import { createAlertLog } from './services/experiments/alerts/alertLog.ts';
import { createAlertWatch } from './services/experiments/alerts/alertWatch.ts';
import type { AlertWatch } from './services/experiments/alerts/alertWatch.ts';
import { createAlertWebhook } from './services/experiments/alerts/alertWebhook.ts';
import { watchedFigures } from './services/experiments/alerts/watchedFigures.ts';
import type { WatchedFiguresPorts } from './services/experiments/alerts/watchedFigures.ts';
import type { ExperimentPlans } from './services/experiments/experimentPlans.ts';

export interface AlertsOptions {
  readonly experiments: Pick<ExperimentManager, 'present' | 'onRecorded'>;
  readonly plans: Pick<ExperimentPlans, 'names' | 'reread' | 'offered'>;
  readonly sessions: Pick<SessionManager, 'presentInMemory'>;
  /** Models that take part and wait at this server. */
  readonly waitingPlayers: WatchedFiguresPorts['waitingPlayers'];
  readonly onFault: (fault: unknown, experiment: string) => void;
}

/** Only the server that plays for a model knows that it waits, so that no other one can tell of it. */
const KNOWN_HERE_ALONE: AlertKind = 'model-player-waits';

/** The alerts of all experiments, as every node finds them for itself. */
export interface Alerts extends Omit<AlertWatch, 'start'> {
  /** Of several nodes, the one that was started first passes them on; `startedAt` (epoch ms) is what the others know of this one. */
  start(startedAt: number): void;
}

export function createAlerts(
  { stores, clock, timers, logger, metrics, cluster, settings }: AppPorts,
  { experiments, plans, sessions, waitingPlayers, onFault }: AlertsOptions,
): Alerts {
  const log = createAlertLog(logger);
  const webhook =
    settings.alertWebhookUrl === null
      ? null
      : createAlertWebhook({
          url: settings.alertWebhookUrl,
          timers,
          onFault: (err, experiment) =>
            logger.error({ err, experiment }, 'An alert could not be told to ALERT_WEBHOOK_URL.'),
        });
  let since = 0;
  const watch = createAlertWatch({
    experiments,
    plans,
    read: (moment) =>
      watchedFigures(
        { plans, manager: sessions, sessions: stores.sessions, calls: stores.modelCalls, waitingPlayers },
        moment,
      ),
    tell: (news) => {
      const isKnownElsewhere = news.alert.kind !== KNOWN_HERE_ALONE;
      if (isKnownElsewhere && cluster.others().some(({ startedAt }) => startedAt < since)) return;
      log(news);
      webhook?.tell(news);
    },
    clock,
    timers,
    onFault,
  });
  metrics.watchEach(
    {
      name: 'dcs_experiment_alerts',
      help: 'What somebody should look at in experiments, by experiment and kind; the same at every server.',
      labels: ['experiment', 'kind'],
    },
    createAlertGauge(() => watch.standing),
  );
  return {
    get standing() {
      return watch.standing;
    },
    counts: () => watch.counts(),
    onChanged: (listener) => watch.onChanged(listener),
    start: (startedAt) => {
      since = startedAt;
      watch.start();
    },
    stop: async () => {
      await watch.stop();
      await webhook?.stop();
    },
  };
}
