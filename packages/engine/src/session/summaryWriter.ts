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

/**
 * Whether it runs, and that it has begun, tells who recovers from a crash where to look; whether it is held, those who run it.
 */
function shouldBeKnownSoon({ state }: LiveSession, before: SessionState): boolean {
  const isHeldOtherwise = state.held !== before.held;
  return statusOf(state) !== statusOf(before) || state.started !== before.started || isHeldOtherwise;
}

/** Summaries that merely moved on, in one round: a crowd must not hold up its own turns with all of them at once. */
const MOST_PER_ROUND = 25;
const MOST_PER_WRITE = 500;

/** Takes the first entries out. */
function takeFirst(sessions: Map<string, LiveSession>, count: number): LiveSession[] {
  const taken = [...sessions.values()].slice(0, count);
  for (const { header } of taken) sessions.delete(header.sessionId);
  return taken;
}

export function createSummaryWriter(
  ports: Pick<SessionPorts, 'sessions' | 'faults' | 'pace'>,
): SummaryWriter {
  const soon = new Map<string, LiveSession>();
  const behind = new Map<string, LiveSession>();
  let writing: Promise<void> | null = null;
  let early = Promise.withResolvers<'early'>();
  let isFlushing = false;

  async function write(batch: readonly LiveSession[]): Promise<void> {
    if (batch.length === 0) return;
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
    const nextRound = () => ports.pace.next().then(() => 'round' as const);
    let round = nextRound();
    while (soon.size + behind.size > 0) {
      const reason = isFlushing ? 'flush' : await Promise.race([round, early.promise]);
      early = Promise.withResolvers();
      if (reason === 'round') round = nextRound();
      await write(takeFirst(soon, MOST_PER_WRITE));
      if (reason === 'round') await write(takeFirst(behind, MOST_PER_ROUND));
      if (isFlushing) await write(takeFirst(behind, MOST_PER_WRITE));
    }
    writing = null;
  }

  return {
    changed: async (live, before) => {
      const { sessionId } = live.header;
      if (mustBeKnown(live, before)) {
        soon.delete(sessionId);
        behind.delete(sessionId);
        return write([live]);
      }
      const isUrgent = shouldBeKnownSoon(live, before) || soon.has(sessionId);
      (isUrgent ? soon : behind).set(sessionId, live);
      if (isUrgent) {
        behind.delete(sessionId);
        early.resolve('early');
      }
      writing ??= writeRounds();
    },
    flush: async () => {
      isFlushing = true;
      early.resolve('early');
      await writing;
      isFlushing = false;
    },
  };
}
