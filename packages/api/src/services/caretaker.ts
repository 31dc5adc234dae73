import type { SessionManager, SessionRecord } from '@dcs/engine';
import { inParallel } from '../cluster/inParallel.ts';
import type { SessionCatalogue } from '../store/ports.ts';
import { StoreUnavailable } from '../store/storeErrors.ts';
import type { Archiver } from './archiver.ts';

export interface CaretakerPorts {
  readonly manager: Pick<SessionManager, 'abandon'>;
  readonly sessions: Pick<SessionCatalogue, 'listUnfinished' | 'listUnarchived'>;
  readonly archiver: Pick<Archiver, 'archive'>;
  readonly clock: { now(): number };
  /** How long nothing may happen in a session before it counts as abandoned; `null`: for ever. */
  readonly abandonAfterMs: number | null;
  readonly onFault: (fault: unknown, sessionId: string) => void;
}

/** What one round came to. */
export interface CareReport {
  readonly abandoned: number;
  readonly archived: number;
  readonly failed: number;
}

/** Looks after sessions that nobody looks after: ends what was abandoned, and archives what a crash kept from it. */
export interface Caretaker {
  /** Goes round once; asked again meanwhile, it is the same round. Rejects with StoreUnavailable: then all of it waits. */
  goRound(): Promise<CareReport>;
  /** Begins nothing more. A round that is under way ends early. */
  stop(): void;
}

const PAGE = 100;
const AT_ONCE = 4;
/** Whoever ended a session archives it at once; only what was left lying is the caretaker's. */
const LEFT_LYING_MS = 60_000;

export function createCaretaker(ports: CaretakerPorts): Caretaker {
  const { manager, sessions, archiver, clock, abandonAfterMs, onFault } = ports;
  let round: Promise<CareReport> | null = null;
  let isStopped = false;

  /** How many were seen to, and how many could not be. One that fails keeps nobody waiting; a database that is away does. */
  async function seeTo(records: readonly SessionRecord[], job: (sessionId: string) => Promise<boolean>) {
    let [done, failed] = [0, 0];
    await inParallel(AT_ONCE, records, async ({ header: { sessionId } }) => {
      if (isStopped) return;
      try {
        if (await job(sessionId)) done += 1;
      } catch (fault) {
        if (fault instanceof StoreUnavailable) throw fault;
        failed += 1;
        onFault(fault, sessionId);
      }
    });
    return { done, failed };
  }

  async function endAbandoned() {
    let [abandoned, failed] = [0, 0];
    if (abandonAfterMs === null) return { abandoned, failed };
    const idleSince = clock.now() - abandonAfterMs;
    for (let after: SessionRecord['header'] | undefined; ;) {
      const page = await sessions.listUnfinished({ limit: PAGE, idleSince, ...(after && { after }) });
      const count = await seeTo(page, async (sessionId) => {
        if (!(await manager.abandon(sessionId, idleSince))) return false;
        await archiver.archive(sessionId);
        return true;
      });
      abandoned += count.done;
      failed += count.failed;
      after = page.at(-1)?.header;
      if (after === undefined || page.length < PAGE || isStopped) return { abandoned, failed };
    }
  }

  async function archiveWhatIsLeft() {
    let [archived, failed] = [0, 0];
    const until = clock.now() - LEFT_LYING_MS;
    for (let after: { endedAt: number; sessionId: string } | undefined; ;) {
      const page = await sessions.listUnarchived({ limit: PAGE, ...(after && { after }) });
      const lying = page.filter(({ summary }) => (summary.endedAt ?? 0) <= until);
      const count = await seeTo(lying, archiveOne);
      archived += count.done;
      failed += count.failed;
      const last = page.at(-1);
      if (last === undefined || lying.length < PAGE || isStopped) return { archived, failed };
      after = { endedAt: last.summary.endedAt ?? 0, sessionId: last.header.sessionId };
    }
  }

  async function archiveOne(sessionId: string): Promise<boolean> {
    await archiver.archive(sessionId);
    return true;
  }

  async function goRound(): Promise<CareReport> {
    const ended = await endAbandoned();
    const left = await archiveWhatIsLeft();
    return {
      abandoned: ended.abandoned,
      archived: left.archived,
      failed: ended.failed + left.failed,
    };
  }

  return {
    goRound: () => {
      round ??= goRound().finally(() => {
        round = null;
      });
      return round;
    },
    stop: () => {
      isStopped = true;
    },
  };
}
