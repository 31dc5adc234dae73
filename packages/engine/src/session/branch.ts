import { finishBranch } from './branchCopy.ts';
import { hasWayOn } from './branchPoint.ts';
import type { BranchParent, BranchPoint } from './branchPoint.ts';
import { failure, NOT_FOUND } from './failure.ts';
import type { Failure } from './failure.ts';
import type { SessionPorts } from './liveSession.ts';
import { prepareFold } from './prepareFold.ts';
import { readSteps } from './reconstruct.ts';
import type { SessionHeader, SessionRecord } from './session.ts';
import type { BranchSession } from './sessionManager.ts';
import { writeBranch } from './writeBranch.ts';

const TAKEN = failure(
  'session/create-conflict',
  'This commandId has made another session already. Choose a fresh one.',
);

/** What is tried out from a place in a session is no part of the experiment that the session belongs to. */
const TRIED_OUT = { source: 'branch' } as const;

/**
 * Makes a session that goes on from a place in another. Repeating it with the same owner and commandId gives the same
 * session; whatever a crash leaves of it is finished by the repetition, or by whoever loads the branch next.
 */
export async function branchSession(
  ports: SessionPorts,
  request: BranchSession,
): Promise<{ readonly ok: true; readonly record: SessionRecord } | Failure> {
  const found = await ports.sessions.get(request.sessionId);
  if (found === null) return NOT_FOUND;
  const { header } = found;
  await finishBranch(ports, header);
  const parent = { header, fold: (await prepareFold(ports, header)).fold };
  const point = await findPoint(ports, parent, request.atSeq);
  if ('ok' in point) return point;
  const { playerId, commandId } = request;
  const record = await writeBranch(ports, { parent, point, playerId, commandId, purpose: TRIED_OUT });
  return isBranchAt(record.header, request) ? { ok: true, record } : TAKEN;
}

function isBranchAt({ parent }: SessionHeader, { sessionId, atSeq }: BranchSession): boolean {
  return parent?.sessionId === sessionId && (atSeq === undefined || parent.seq === atSeq);
}

async function findPoint(
  { log }: Pick<SessionPorts, 'log'>,
  parent: BranchParent,
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
