import { finishBranch } from './branchCopy.ts';
import { hasWayOn, isPlayedOut } from './branchPoint.ts';
import type { BranchParent, BranchPoint } from './branchPoint.ts';
import { isOfGame } from './event.ts';
import { failure, NOT_FOUND } from './failure.ts';
import type { Failure } from './failure.ts';
import type { SessionPorts } from './liveSession.ts';
import { prepareFold } from './prepareFold.ts';
import { readSteps } from './reconstruct.ts';
import type { SessionRecord } from './session.ts';
import type { GoOnFromSession } from './sessionManager.ts';
import type { Step } from './state.ts';
import { writeBranch } from './writeBranch.ts';

const NO_WAY_ON = failure(
  'branch/no-way-on',
  'There is no way on from where this session ended. Begin a new one.',
);
const NOT_OVER = failure('branch/not-over', 'This session is not over. Go on with it, not with another one.');

/**
 * Makes the session that takes the place of one that broke off, and stays in its experiment. The same owner and commandId
 * give the session that they gave first, also where that is no branch: whoever has begun anew under them meanwhile has
 * settled it.
 */
export async function goOnFromSession(
  ports: SessionPorts,
  { sessionId, playerId, commandId, source, gameVersion }: GoOnFromSession,
): Promise<{ readonly ok: true; readonly record: SessionRecord } | Failure> {
  const found = await ports.sessions.get(sessionId);
  if (found === null) return NOT_FOUND;
  const { header } = found;
  // What was begun by one version of a game is not finished by another: the data would be of neither.
  const versionNow = gameVersion ?? ports.games.find(header.game)?.file.version;
  if (versionNow !== header.gameVersion) return NO_WAY_ON;
  await finishBranch(ports, header);
  const parent = { header, fold: (await prepareFold(ports, header)).fold };
  const point = await findBreak(ports, parent);
  if ('ok' in point) return point;
  const { experimentId } = header;
  if (experimentId === undefined) return NO_WAY_ON;
  const purpose = { source, experimentId };
  return { ok: true, record: await writeBranch(ports, { parent, point, playerId, commandId, purpose }) };
}

/** Where a session broke off: the last place from which there is a way on, and before what its game said of its end. */
async function findBreak(
  { log }: Pick<SessionPorts, 'log'>,
  parent: BranchParent,
): Promise<BranchPoint | Failure> {
  let now = parent.fold.start;
  let at: BranchPoint['at'] | null = null;
  for await (const step of readSteps(log, parent.header.sessionId, parent.fold)) {
    now = step.state;
    if (isResting(step) && hasWayOn(parent, now)) at = now;
  }
  if (now.ended === null) return NOT_OVER;
  return at === null || isPlayedOut(parent, now) ? NO_WAY_ON : { at, now };
}

/** Between two commands, once the scene has opened. What a game records under no command belongs to an end. */
function isResting({ event, state }: Step): boolean {
  return state.opened && state.openCommandId === null && (event.receipt !== null || !isOfGame(event));
}
