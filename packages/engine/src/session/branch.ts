import type { Game } from '../game/game.ts';
import { metCondition } from './ending.ts';
import { finishBranch } from './branchCopy.ts';
import { failure } from './failure.ts';
import type { Failure } from './failure.ts';
import type { SessionPorts } from './liveSession.ts';
import { prepareFold } from './prepareFold.ts';
import { readSteps } from './reconstruct.ts';
import { seatOf } from './seat.ts';
import type { SeatName, Seats } from './seat.ts';
import type { SessionHeader, SessionRecord } from './session.ts';
import type { BranchSession } from './sessionManager.ts';
import type { Fold, SessionState } from './state.ts';

const NOT_FOUND = failure('session/not-found', 'There is no such session.');
const TAKEN = failure(
  'session/create-conflict',
  'This commandId has made another session already. Choose a fresh one.',
);

/** The state to branch from, and the latest one: who branches keeps the seat it has by now. */
interface BranchPoint {
  readonly at: SessionState;
  readonly now: SessionState;
}

/**
 * Makes a session that goes on from a place in another. Repeating it with the same owner and commandId gives the same
 * session; whatever a crash leaves of it is finished by the repetition, or by whoever loads the branch next.
 */
export async function branchSession(
  ports: SessionPorts,
  request: BranchSession,
): Promise<{ readonly ok: true; readonly record: SessionRecord } | Failure> {
  const parent = await ports.sessions.get(request.sessionId);
  if (parent === null) return NOT_FOUND;
  await finishBranch(ports, parent.header);
  const { fold } = await prepareFold(ports, parent.header);
  const point = await findPoint(ports, { header: parent.header, fold }, request.atSeq);
  if ('ok' in point) return point;
  const header = branchHeader(ports, { parent: parent.header, game: fold.game, point, request });
  const record = await ports.sessions.create(header, summaryAt(header, fold.game, point.at));
  if (!isBranchAt(record.header, request)) return TAKEN;
  await finishBranch(ports, record.header);
  return { ok: true, record };
}

function isBranchAt({ parent }: SessionHeader, { sessionId, atSeq }: BranchSession): boolean {
  return parent?.sessionId === sessionId && (atSeq === undefined || parent.seq === atSeq);
}

interface Parent {
  readonly header: SessionHeader;
  readonly fold: Fold;
}

/** Whether anything is left to be played in a state; in the middle of a command there is. */
function hasWayOn(parent: Parent, state: SessionState): boolean {
  if (state.ended !== null || parent.fold.game.progress(state.game).finished !== null) return false;
  return metCondition(parent, state, state.lastAt) === null;
}

async function findPoint(
  { log }: Pick<SessionPorts, 'log'>,
  parent: Parent,
  atSeq: number | undefined,
): Promise<BranchPoint | Failure> {
  const { start } = parent.fold;
  let now = start;
  let lastWayOn = start;
  let wanted = atSeq === 0 ? start : null;
  for await (const { state } of readSteps(log, parent.header.sessionId, parent.fold)) {
    now = state;
    if (state.lastSeq === atSeq) wanted = state;
    if (state.openCommandId === null && hasWayOn(parent, state)) lastWayOn = state;
  }
  if (atSeq === undefined) return { at: hasWayOn(parent, now) ? now : lastWayOn, now };
  if (wanted === null) {
    const message = `This session has no event ${atSeq}. Choose one from 0 to ${now.lastSeq}.`;
    return failure('branch/out-of-range', message);
  }
  if (!hasWayOn(parent, wanted)) {
    const message = `At event ${atSeq} this session was over. The last place to branch from is event ${lastWayOn.lastSeq}.`;
    return failure('branch/over', message);
  }
  return { at: wanted, now };
}

interface NewBranch {
  readonly parent: SessionHeader;
  readonly game: Game;
  readonly point: BranchPoint;
  readonly request: BranchSession;
}

/**
 * The seat that whoever branches has in the branch: the one it held then, else the one it holds now. Someone who holds
 * none, such as an admin, sits in for the parent's owner.
 */
function seatInBranch({ parent, game, point: { at, now }, request }: NewBranch): SeatName | null {
  return (
    seatOf(at.seats, request.playerId) ??
    seatOf(now.seats, request.playerId) ??
    seatOf(at.seats, parent.ownerId) ??
    game.seats.find(({ heldBy }) => heldBy === 'player')?.name ??
    null
  );
}

function seatsInBranch(seat: SeatName | null, { point, request: { playerId } }: NewBranch): Seats {
  return Object.fromEntries(
    Object.entries(point.at.seats).map(([name, holder]) => {
      if (name === seat) return [name, { kind: 'player', playerId }];
      return [name, holder.kind === 'model' ? holder : { kind: 'open' }];
    }),
  );
}

function branchHeader(
  { ids, seeds = ids, clock }: Pick<SessionPorts, 'ids' | 'seeds' | 'clock'>,
  branch: NewBranch,
): SessionHeader {
  const { parent, point, request } = branch;
  // What is tried out from a place in it is no part of the experiment.
  const { experimentId: _experimentId, ...shared } = parent;
  return {
    ...shared,
    sessionId: ids.next(),
    ownerId: request.playerId,
    source: 'branch',
    // With the parent's seed the branch would meet the dice that its owner has already seen fall.
    seed: seeds.next(),
    seats: seatsInBranch(seatInBranch(branch), branch),
    createdAt: clock.now(),
    parent: { sessionId: parent.sessionId, seq: point.at.lastSeq },
    commandId: request.commandId,
  };
}

/** Of the log as it will be once it is copied. */
function summaryAt(header: SessionHeader, game: Game, at: SessionState): SessionRecord['summary'] {
  return {
    status: at.started ? 'paused' : 'active',
    turns: game.progress(at.game).turns,
    lastSeq: at.lastSeq,
    lastActiveAt: header.createdAt,
    playerIds: [header.ownerId],
    endedAt: null,
    terminationReason: null,
  };
}
