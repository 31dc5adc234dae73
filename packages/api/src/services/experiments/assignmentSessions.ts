import { assignmentsOf, holdMsOf, lapsedOf } from '@dcs/engine';
import type { ExperimentManager, ExperimentMoment, SessionManager } from '@dcs/engine';
import type { Timers } from '../timers.ts';
import type { OverSession, PlayedSessions } from './playedSessions.ts';

export interface AssignmentSessionsPorts {
  readonly experiments: Pick<ExperimentManager, 'run' | 'present'>;
  readonly manager: Pick<SessionManager, 'presentInMemory' | 'abandon'>;
  readonly played: Pick<PlayedSessions, 'look' | 'overOf'>;
  /** The names of all experiments. */
  readonly names: () => Promise<readonly string[]>;
  readonly timers: Timers;
  readonly onFault: (fault: unknown, sessionId: string) => void;
}

/** Keeps assignments in step with the sessions that are played for them. */
export interface AssignmentSessions {
  /** A session that this node drives is over. */
  ended(sessionId: string): void;
  /**
   * Resolves when the ends of a participant's sessions stand in their experiment, also where a crash has kept one from it:
   * whether there was one that did not.
   */
  catchUp(moment: ExperimentMoment, participantId: string): Promise<boolean>;
  /** Resolves when every end that is known here stands in its experiment. */
  settled(): Promise<void>;
  /**
   * From now on looks for ends that a crash has kept from their experiments, ends sessions that were left alone for as
   * long as their assignment keeps its place, and has places free that were kept for so long.
   */
  start(): void;
  stop(): Promise<void>;
}

const ROUND_MS = 60_000;
/** Whoever has left more behind is caught up with in the rounds. */
const MOST_LOOKED_AT = 200;

export function createAssignmentSessions(ports: AssignmentSessionsPorts): AssignmentSessions {
  const { experiments, manager, played, onFault } = ports;
  const underWay = new Set<Promise<void>>();
  let rounds: { cancel(): void } | null = null;
  let isStopped = false;

  async function tell({ experiment, sessionId, reason, turns }: OverSession): Promise<void> {
    const moment = await experiments.present(experiment);
    const assignmentId = moment === null ? null : playedBy(moment, sessionId);
    if (assignmentId === null) return;
    await experiments.run(experiment, { type: 'end', assignmentId, sessionId, reason, turns });
  }

  function inBackground(sessionId: string, job: () => Promise<unknown>): void {
    const done: Promise<void> = job()
      .then(() => undefined)
      .catch((fault: unknown) => onFault(fault, sessionId))
      .finally(() => underWay.delete(done));
    underWay.add(done);
  }

  /** Whether the session is over. */
  async function lookAt(sessionId: string): Promise<boolean> {
    const session = await played.look(sessionId);
    if (session === null || session.reason === null) return false;
    const { experiment, turns, reason } = session;
    await tell({ experiment, sessionId, turns, reason });
    return true;
  }

  /** Somebody else waits for the place: who comes back may try again, if there is still one. */
  async function endIfLeft(sessionId: string, idleSince: number): Promise<void> {
    if (manager.presentInMemory(sessionId)?.status === 'active') return;
    if (await manager.abandon(sessionId, idleSince)) await lookAt(sessionId);
  }

  async function goRound(): Promise<void> {
    for (const name of await ports.names()) {
      const moment = await experiments.present(name);
      if (moment === null) continue;
      // Those who wait for a place see one as soon as this is recorded, and nobody else has to come for that.
      if (lapsedOf(moment).length > 0) await experiments.run(name, { type: 'release' });
      const idleSince = moment.now - holdMsOf(moment.plan);
      for (const { status, attempts } of moment.state.assignments.values()) {
        const attempt = attempts.at(-1);
        if (isStopped) return;
        if (status !== 'in_progress' || attempt === undefined) continue;
        await lookAt(attempt.sessionId);
        if (attempt.startedAt <= idleSince) await endIfLeft(attempt.sessionId, idleSince);
      }
    }
  }

  return {
    ended: (sessionId) => {
      // Most sessions belong to no experiment, and nothing has to be asked about them.
      const present = manager.presentInMemory(sessionId);
      if (present !== null && present.header.experimentId === undefined) return;
      inBackground(sessionId, () => lookAt(sessionId));
    },
    catchUp: async ({ state }, participantId) => {
      const participant = state.participants.get(participantId);
      const own = participant === undefined ? [] : assignmentsOf(state, participant);
      const playing = own.filter(({ status }) => status === 'in_progress');
      const sessionIds = playing
        .slice(-MOST_LOOKED_AT)
        .flatMap(({ attempts }) => attempts.at(-1)?.sessionId ?? []);
      const over = await played.overOf(sessionIds);
      for (const ending of over) await tell(ending);
      return over.length > 0;
    },
    settled: async () => {
      await Promise.all(underWay);
    },
    start: () => {
      inBackground('', goRound);
      rounds = ports.timers.every(ROUND_MS, () => inBackground('', goRound));
    },
    stop: async () => {
      isStopped = true;
      rounds?.cancel();
      await Promise.all(underWay);
    },
  };
}

/** The assignment for which a session was started. */
function playedBy({ state }: ExperimentMoment, sessionId: string): string | null {
  for (const { assignmentId, attempts } of state.assignments.values()) {
    if (attempts.some((attempt) => attempt.sessionId === sessionId)) return assignmentId;
  }
  return null;
}
