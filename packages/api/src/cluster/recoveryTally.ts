import type { Logger } from '../logger.ts';

/** What became of a session that a crash had left running. */
export type RecoveryOutcome =
  /** A turn was in flight and is finished now. */
  | 'finished'
  /** Was left running and stands still now. */
  | 'paused'
  /** Goes on at once, because its players are there. */
  | 'resumed'
  /** Needed nothing, or is seen to elsewhere. */
  | 'untouched';

/** For those who measure. */
export interface RecoveryMeter {
  recovered(outcome: RecoveryOutcome | 'failed'): void;
}

/** What became of the sessions that were looked at. */
export type RecoveryReport = Readonly<Record<RecoveryOutcome, number>> & {
  /** All of those that need nothing more. */
  readonly recovered: number;
  /** Are to be looked at again: by the next look, or by whoever plays them on. */
  readonly failed: number;
  readonly total: number;
};

/** Counts what becomes of sessions while they are looked at. */
export interface RecoveryTally {
  recovered(outcome: RecoveryOutcome): void;
  failed(sessionId: string, fault: unknown): void;
  report(): RecoveryReport;
  /** Writes down what it came to, unless there was nothing to do. */
  conclude(message: string, facts?: Readonly<Record<string, string>>): RecoveryReport;
}

/** What breaks one session may break thousands: beyond these, failures are only counted. */
const MOST_NAMED = 5;

export function createRecoveryTally(
  logger: Pick<Logger, 'info' | 'warn'>,
  meter: RecoveryMeter,
): RecoveryTally {
  const counts = { finished: 0, paused: 0, resumed: 0, untouched: 0 };
  let failed = 0;

  function report(): RecoveryReport {
    const recovered = counts.finished + counts.paused + counts.resumed + counts.untouched;
    return { ...counts, recovered, failed, total: recovered + failed };
  }

  return {
    recovered: (outcome) => {
      counts[outcome] += 1;
      meter.recovered(outcome);
    },
    failed: (sessionId, err) => {
      failed += 1;
      meter.recovered('failed');
      if (failed <= MOST_NAMED) logger.warn({ err, sessionId }, 'A session could not be recovered yet.');
    },
    report,
    conclude: (message, facts = {}) => {
      if (failed > MOST_NAMED) {
        const more = failed - MOST_NAMED;
        logger.warn({ ...facts, more }, `${more} more sessions could not be recovered yet.`);
      }
      const result = report();
      if (result.total > 0) logger.info({ ...facts, ...result }, message);
      return result;
    },
  };
}
