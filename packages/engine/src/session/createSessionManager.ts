import { SequenceConflict } from '../ports.ts';
import { branchSession } from './branch.ts';
import { finishBranch } from './branchCopy.ts';
import { openSession, pauseSession, recoverSession, wakeSession } from './clock.ts';
import type { Recovery } from './clock.ts';
import * as commands from './commands.ts';
import type { CommandContext } from './commands.ts';
import { createSession } from './createSession.ts';
import type { SessionEvent } from './event.ts';
import { evaluateSession, evaluationCommand } from './evaluation.ts';
import type { EvaluateSession } from './evaluation.ts';
import { failure, NOT_FOUND } from './failure.ts';
import type { Failure } from './failure.ts';
import { giveFeedback } from './giveFeedback.ts';
import { goOnFromSession } from './goOn.ts';
import { loadSession } from './liveSession.ts';
import type { LiveSession, SessionContext, SessionPorts } from './liveSession.ts';
import { seatOf } from './seat.ts';
import { createSerialQueue } from './serialQueue.ts';
import type {
  CommandOutcome,
  FoldedSession,
  SessionCommand,
  SessionManager,
  SessionPresent,
} from './sessionManager.ts';
import { presentOf } from './present.ts';
import { takeRecorded } from './readCopy.ts';
import { OPENING, statusOf, summarise } from './state.ts';
import * as steering from './steering.ts';
import { watchTurn } from './turnMeter.ts';
import { createSummaryWriter } from './summaryWriter.ts';

const SHUTTING_DOWN = failure(
  'session/unavailable',
  'The server is restarting. Try again in a moment.',
  true,
);

/** How often a command is tried again after another writer took its place in the log. */
const MAX_ATTEMPTS = 3;

export function createSessionManager(ports: SessionPorts): SessionManager {
  const live = new Map<string, LiveSession>();
  const loading = new Map<string, Promise<LiveSession | null>>();
  const queue = createSerialQueue();
  const summaries = createSummaryWriter(ports);
  let shuttingDown = false;

  async function load(sessionId: string): Promise<LiveSession | null> {
    const record = await ports.sessions.get(sessionId);
    if (record === null) return null;
    await finishBranch(ports, record.header);
    return loadSession(ports, record);
  }

  /** Loading is shared: there is never a second copy of a session. */
  async function find(sessionId: string): Promise<LiveSession | null> {
    const known = live.get(sessionId);
    if (known !== undefined && !known.stale) return known;
    const underWay = loading.get(sessionId);
    if (underWay !== undefined) return underWay;
    const started = load(sessionId)
      .then((loaded) => {
        // Else it was outdated while it was read: whoever waits for it sees it, and nobody after them.
        if (loaded !== null && loading.get(sessionId) === started) live.set(sessionId, loaded);
        return loaded;
      })
      .finally(() => {
        if (loading.get(sessionId) === started) loading.delete(sessionId);
      });
    loading.set(sessionId, started);
    return started;
  }

  /** One job at a time per session, on a state that agrees with the log; a lost race is run again on the new state. */
  function withSession<T>(
    sessionId: string,
    job: (session: LiveSession) => Promise<T>,
  ): Promise<T | Failure> {
    return queue.run(sessionId, async () => {
      for (let attempt = 1; ; attempt++) {
        const session = await find(sessionId);
        if (session === null) return NOT_FOUND;
        const before = session.state;
        session.lastUsedAt = ports.clock.now();
        try {
          return await job(session);
        } catch (fault) {
          if (!(fault instanceof SequenceConflict) || attempt === MAX_ATTEMPTS) throw fault;
        } finally {
          if (session.state !== before) await summaries.changed(session, before);
        }
      }
    });
  }

  /** The reply that the log holds, else the job's: the same command has one effect and one reply. */
  async function replyTo(
    session: LiveSession,
    commandId: string,
    job: () => Promise<Failure | null>,
  ): Promise<CommandOutcome> {
    const given = session.replies.get(commandId);
    if (given !== undefined) return given;
    const failed = await job();
    if (failed !== null) return failed;
    const reply = session.replies.get(commandId);
    if (reply === undefined) throw new Error(`Command ${commandId} left no receipt.`);
    return reply;
  }

  function command(
    { sessionId, playerId, commandId }: SessionCommand,
    job: (context: CommandContext) => Promise<Failure | null>,
  ): Promise<CommandOutcome> {
    if (shuttingDown) return Promise.resolve(SHUTTING_DOWN);
    // Two players may choose the same id; in the log it stands under its player's name.
    const ownId = `${playerId}/${commandId}`;
    const watch = watchTurn(ports.meter);
    return withSession(sessionId, (session) => {
      watch.ended('queued');
      return replyTo(session, ownId, () => job({ ports, live: session, commandId: ownId, playerId }));
    });
  }

  /** A command of someone who holds a seat. Waking the session may finish this very command. */
  function seatCommand(
    request: SessionCommand,
    job: (context: CommandContext) => Promise<Failure | null>,
  ): Promise<CommandOutcome> {
    return command(request, async (context) => {
      const seat = commands.heldSeat(context);
      if (typeof seat !== 'string') return seat;
      await wakeSession(context);
      return context.live.replies.has(context.commandId) ? null : job(context);
    });
  }

  /** From when a turn was asked for until its reply is there. */
  async function timed(job: () => Promise<CommandOutcome>): Promise<CommandOutcome> {
    const watch = watchTurn(ports.meter);
    const outcome = await job();
    if (outcome.ok) watch.ended('total');
    return outcome;
  }

  function close(request: SessionCommand): Promise<CommandOutcome> {
    const session = live.get(request.sessionId);
    if (session !== undefined && seatOf(session.state.seats, request.playerId) !== null)
      session.turn?.abort();
    return seatCommand(request, commands.close);
  }

  function end(request: SessionCommand): Promise<CommandOutcome> {
    live.get(request.sessionId)?.turn?.abort();
    return command(request, steering.end);
  }

  async function open(sessionId: string): Promise<CommandOutcome> {
    if (shuttingDown) return SHUTTING_DOWN;
    return withSession(sessionId, async (session) => {
      if (!session.state.opened) session.replies.delete(OPENING);
      return replyTo(session, OPENING, async () => {
        const context = { ports, live: session };
        await wakeSession(context);
        return session.replies.has(OPENING) ? null : openSession(context);
      });
    });
  }

  async function evaluate(request: EvaluateSession): Promise<CommandOutcome> {
    if (shuttingDown) return SHUTTING_DOWN;
    return withSession(request.sessionId, async (session) => {
      const { evaluating } = session.fold.game;
      const commandId = evaluationCommand(evaluating?.promptVersion ?? '', request.judge);
      return replyTo(session, commandId, () => evaluateSession({ ports, live: session }, request));
    });
  }

  async function present(sessionId: string): Promise<SessionPresent | null> {
    // Not in the queue: a running turn must not hold up those who only look. They see the last durable state.
    const session = await find(sessionId);
    return session === null ? null : presentOf(session, ports.clock.now());
  }

  function presentInMemory(sessionId: string): SessionPresent | null {
    const session = live.get(sessionId);
    return session === undefined || session.stale ? null : presentOf(session, ports.clock.now());
  }

  function observe(sessionId: string, events: readonly SessionEvent[]): void {
    const session = live.get(sessionId);
    // A copy that is being read just now may have missed them.
    loading.delete(sessionId);
    if (session !== undefined && !takeRecorded(session, events)) session.stale = true;
  }

  function forget(sessionId: string): void {
    const session = live.get(sessionId);
    loading.delete(sessionId);
    live.delete(sessionId);
    if (session === undefined) return;
    session.stale = true;
    session.turn?.abort();
  }

  async function abandon(sessionId: string, idleSince: number): Promise<boolean> {
    const isOver = await withSession(sessionId, (session) =>
      commands.abandon({ ports, live: session }, idleSince),
    );
    // Nobody has used it for long, so that nobody needs it in memory.
    if (isOver === true) live.delete(sessionId);
    return isOver === true;
  }

  async function folded(sessionId: string): Promise<FoldedSession | null> {
    const known = live.get(sessionId);
    const session = known === undefined || known.stale ? await load(sessionId) : known;
    if (session === null) return null;
    const { header, fold, state } = session;
    const outcome = fold.game.outcome?.(state.game) ?? null;
    return { header, state, summary: summarise(fold.game, state), outcome };
  }

  async function settle(sessionId: string, job: (context: SessionContext) => Promise<void>): Promise<void> {
    await withSession(sessionId, (session) => job({ ports, live: session }));
  }

  /** What is asked of models for nobody is given up, not waited for. */
  async function pause(sessionId: string): Promise<void> {
    const session = live.get(sessionId);
    if (session === undefined) return settle(sessionId, pauseSession);
    session.deserted = true;
    session.turn?.abort();
    // Also when the session cannot be read: whoever comes back to this copy is to find it usable.
    const isDone = (): void => void (session.deserted = false);
    return settle(sessionId, (context) => {
      isDone();
      return pauseSession(context);
    }).finally(isDone);
  }

  async function recover(sessionId: string): Promise<Recovery> {
    const recovery = await withSession(sessionId, (session) => recoverSession({ ports, live: session }));
    return typeof recovery === 'string' ? recovery : 'nothing';
  }

  async function passivate(idleSince: number): Promise<number> {
    const isIdle = (session: LiveSession): boolean => session.lastUsedAt < idleSince;
    const forgotten = [...live.values()].filter(isIdle).map((session) =>
      queue.run(session.header.sessionId, async () => {
        // It may have been used, or forgotten, while this job waited for its turn.
        if (!isIdle(session) || live.get(session.header.sessionId) !== session) return 0;
        const before = session.state;
        await pauseSession({ ports, live: session });
        if (session.state !== before) await summaries.changed(session, before);
        live.delete(session.header.sessionId);
        return 1;
      }),
    );
    return (await Promise.all(forgotten)).reduce<number>((sum, one) => sum + one, 0);
  }

  async function shutDown(): Promise<void> {
    shuttingDown = true;
    await queue.idle();
    await passivate(Number.POSITIVE_INFINITY);
    await Promise.all([summaries.flush(), ports.snapshots.flush()]);
  }

  return {
    create: (request) => (shuttingDown ? Promise.resolve(SHUTTING_DOWN) : createSession(ports, request)),
    branch: (request) => (shuttingDown ? Promise.resolve(SHUTTING_DOWN) : branchSession(ports, request)),
    goOn: (request) => (shuttingDown ? Promise.resolve(SHUTTING_DOWN) : goOnFromSession(ports, request)),
    open: (sessionId) => timed(() => open(sessionId)),
    act: (request) => timed(() => seatCommand(request, (context) => commands.act(context, request.input))),
    close,
    rollBack: (request) => seatCommand(request, (context) => commands.rollBack(context, request.toSeq)),
    takeSeat: (request) => command(request, (context) => commands.takeSeat(context, request.seat)),
    releaseSeat: (request) => seatCommand(request, commands.releaseSeat),
    giveFeedback: (request) => command(request, (context) => giveFeedback(context, request)),
    evaluate,
    hold: (request) => command(request, (context) => steering.hold(context, request.reason)),
    release: (request) => command(request, steering.release),
    announce: (request) => command(request, (context) => steering.announce(context, request.text)),
    end,
    pause,
    resume: (sessionId) => settle(sessionId, wakeSession),
    recover,
    checkLimits: (sessionId) => settle(sessionId, commands.checkLimits),
    abandon,
    folded,
    present,
    presentInMemory,
    observe,
    forget,
    passivate,
    shutDown,
    get liveSessions() {
      let count = 0;
      for (const session of live.values()) if (statusOf(session.state) !== 'closed') count += 1;
      return count;
    },
  };
}
