import type { Logger } from '../../../logger.ts';
import type { TellAlert } from './standingAlert.ts';

/** A line for an alert that begins, and one when it ends. They say which experiment and what, and nothing of people. */
export function createAlertLog(logger: Pick<Logger, 'warn' | 'info'>): TellAlert {
  return ({ state, alert: { experiment, id, kind, severity, sessionId, since }, at }) => {
    const facts = {
      experiment,
      alert: kind,
      alertId: id,
      severity,
      ...(sessionId === null ? {} : { sessionId }),
    };
    if (state === 'begun') logger.warn(facts, 'An experiment needs somebody to look at it.');
    else
      logger.info(
        { ...facts, seconds: Math.round((at - since) / 1000) },
        'An alert of an experiment is over.',
      );
  };
}
