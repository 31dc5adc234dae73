import type { SessionManager, Snapshots } from '@dcs/engine';
import type { AppPorts } from './appPorts.ts';
import { createArchiver } from './services/archiver.ts';
import { createCaretaker } from './services/caretaker.ts';

export interface HousekeepingOptions {
  readonly manager: Pick<SessionManager, 'folded' | 'abandon'>;
  readonly snapshots: Pick<Snapshots, 'remove'>;
  readonly onFault: (fault: unknown, sessionId: string) => void;
}

/** What is done for sessions behind the backs of their players. */
export interface Housekeeping {
  /** A session that this node drives is over. */
  ended(sessionId: string): void;
  /** Goes its rounds from now on. */
  start(): void;
  /** Resolves when what has ended is archived. Rounds end where they are; the next process goes on. */
  stop(): Promise<void>;
}

const ROUND_MS = 60_000;

export function createHousekeeping(
  { stores, clock, timers, logger, settings }: AppPorts,
  { manager, snapshots, onFault }: HousekeepingOptions,
): Housekeeping {
  const { sessions, history } = stores;
  const archiver = createArchiver({
    manager,
    sessions,
    history,
    snapshots,
    clock,
    engineVersion: settings.version,
    onFault,
  });
  const { abandonAfterMs } = settings;
  const caretaker = createCaretaker({ manager, sessions, archiver, clock, abandonAfterMs, onFault });
  let rounds: { cancel(): void } | null = null;
  let round: Promise<void> | null = null;

  async function goRound(): Promise<void> {
    try {
      const report = await caretaker.goRound();
      if (report.abandoned + report.archived > 0)
        logger.info(report, 'Sessions left lying have been seen to.');
    } catch (fault) {
      onFault(fault, '');
    }
  }

  return {
    ended: (sessionId) => archiver.ended(sessionId),
    start: () => {
      rounds = timers.every(ROUND_MS, () => {
        round = goRound();
      });
    },
    stop: async () => {
      rounds?.cancel();
      caretaker.stop();
      await Promise.all([round, archiver.idle()]);
    },
  };
}
