import type { LiveSession, SessionPorts } from './liveSession.ts';
import { statusOf, summarise } from './state.ts';
import type { SessionState } from './state.ts';

/**
 * Keeps the summaries in the store near the log, without costing a write for every turn. A failed write is reported
 * and mended by the next: the log is the truth.
 */
export interface SummaryWriter {
  /** A session went on from `before`. Resolves when whatever must not lag is stored; never rejects. */
  changed(live: LiveSession, before: SessionState): Promise<void>;
  /** Writes what waits, without further delay. */
  flush(): Promise<void>;
}

/** Whose session it is and that it is over must be in the lists even if this process ends now. */
function mustBeKnown({ state }: LiveSession, before: SessionState): boolean {
  return state.ended !== before.ended || state.playerIds !== before.playerIds;
}

/** Whether it runs, and that it has begun, tells who recovers from a crash where to look. */
function shouldBeKnownSoon({ state }: LiveSession, before: SessionState): boolean {
  return statusOf(state) !== statusOf(before) || state.started !== before.started;
}

export function createSummaryWriter(
  ports: Pick<SessionPorts, 'sessions' | 'faults' | 'pace'>,
): SummaryWriter {
  const waiting = new Map<string, LiveSession>();
  let round: Promise<void> | null = null;
  let early = Promise.withResolvers<void>();
  let isFlushing = false;

  async function write(batch: readonly LiveSession[]): Promise<void> {
    try {
      await ports.sessions.saveSummaries(
        batch.map((live) => ({
          sessionId: live.header.sessionId,
          summary: summarise(live.fold.game, live.state),
        })),
      );
    } catch (fault) {
      const sessionId = batch.length === 1 ? (batch[0]?.header.sessionId ?? '') : `${batch.length} sessions`;
      ports.faults.report(fault, { sessionId, during: 'saveSummaries' });
    }
  }

  async function writeRounds(): Promise<void> {
    while (waiting.size > 0) {
      if (!isFlushing) await Promise.race([ports.pace.next(), early.promise]);
      early = Promise.withResolvers();
      const batch = [...waiting.values()];
      waiting.clear();
      await write(batch);
    }
    round = null;
  }

  return {
    changed: async (live, before) => {
      if (mustBeKnown(live, before)) return write([live]);
      waiting.set(live.header.sessionId, live);
      round ??= writeRounds();
      if (shouldBeKnownSoon(live, before)) early.resolve();
    },
    flush: async () => {
      isFlushing = true;
      early.resolve();
      await round;
      isFlushing = false;
    },
  };
}
