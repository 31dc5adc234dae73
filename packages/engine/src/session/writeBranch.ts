import { finishBranch } from './branchCopy.ts';
import type { BranchParent, BranchPoint } from './branchPoint.ts';
import type { SessionPorts } from './liveSession.ts';
import { seatOf } from './seat.ts';
import type { SeatName, Seats } from './seat.ts';
import type { SessionHeader, SessionRecord } from './session.ts';

export interface NewBranch {
  readonly parent: BranchParent;
  readonly point: BranchPoint;
  /** Who asks for the branch, and will own it. */
  readonly playerId: string;
  readonly commandId: string;
  /** What the branch is for: where it was started from, and the experiment that it is a part of, if of any. */
  readonly purpose: Pick<SessionHeader, 'source' | 'experimentId'>;
}

/**
 * Writes the header of a branch, then its log. The same owner and commandId give the session that they gave first, which
 * may be another one than `branch` describes.
 */
export async function writeBranch(
  ports: Pick<SessionPorts, 'ids' | 'seeds' | 'clock' | 'sessions' | 'log'>,
  branch: NewBranch,
): Promise<SessionRecord> {
  const header = branchHeader(ports, branch);
  const record = await ports.sessions.create(header, summaryAt(header, branch));
  await finishBranch(ports, record.header);
  return record;
}

/**
 * The seat that whoever branches has in the branch: the one it held then, else the one it holds now. Someone who holds
 * none, such as an admin, sits in for the parent's owner.
 */
function seatInBranch({
  parent: { header, fold },
  point: { at, now },
  playerId,
}: NewBranch): SeatName | null {
  return (
    seatOf(at.seats, playerId) ??
    seatOf(now.seats, playerId) ??
    seatOf(at.seats, header.ownerId) ??
    fold.game.seats.find(({ heldBy }) => heldBy === 'player')?.name ??
    null
  );
}

function seatsInBranch(seat: SeatName | null, { point, playerId }: NewBranch): Seats {
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
  const { parent, point, playerId, commandId, purpose } = branch;
  const { experimentId: _experimentId, ...shared } = parent.header;
  return {
    ...shared,
    ...purpose,
    sessionId: ids.next(),
    ownerId: playerId,
    // With the parent's seed the branch would meet the dice that its owner has already seen fall.
    seed: seeds.next(),
    seats: seatsInBranch(seatInBranch(branch), branch),
    createdAt: clock.now(),
    parent: { sessionId: parent.header.sessionId, seq: point.at.lastSeq },
    commandId,
  };
}

/** Of the log as it will be once it is copied. */
function summaryAt(header: SessionHeader, { parent, point: { at } }: NewBranch): SessionRecord['summary'] {
  return {
    status: at.started ? 'paused' : 'active',
    turns: parent.fold.game.progress(at.game).turns,
    lastSeq: at.lastSeq,
    lastActiveAt: header.createdAt,
    playerIds: [header.ownerId],
    endedAt: null,
    terminationReason: null,
  };
}
