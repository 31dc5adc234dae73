import type {
  Assignment,
  CreateSession,
  ExperimentManager,
  ExperimentPlan,
  PinnedSetting,
  SessionManager,
  SessionRecord,
} from '@dcs/engine';
import { brokenOffSession, standingOf } from '@dcs/engine';
import type { AssignmentStartedDto } from '../../experimentDto.ts';
import { ApiError, orThrow, refusal } from '../../errors.ts';
import { decided, unknownExperiment } from './decided.ts';
import { stagingOf } from './experimentDtos.ts';
import type { Staging } from './experimentDtos.ts';
import type { ExperimentPlans } from './experimentPlans.ts';

export interface StartAssignmentPorts {
  readonly experiments: Pick<ExperimentManager, 'run' | 'present'>;
  readonly plans: Pick<ExperimentPlans, 'planned'>;
  readonly manager: Pick<SessionManager, 'create' | 'goOn' | 'present' | 'close'>;
}

export interface StartRequest {
  readonly name: string;
  readonly participantId: string;
  /** Left out: what comes next. */
  readonly assignmentId?: string | undefined;
  readonly source: string;
}

/** What is to be played: what was asked for, else what is theirs now, else what is given to them now. */
async function assignmentFor(
  { experiments }: StartAssignmentPorts,
  { name, participantId, assignmentId }: StartRequest,
): Promise<Assignment> {
  const asked = async (): Promise<Assignment | null> => {
    const moment = await experiments.present(name);
    if (moment === null) return null;
    if (assignmentId === undefined) return standingOf(moment, participantId)?.current ?? null;
    const found = moment.state.assignments.get(assignmentId);
    return found?.participantId === participantId ? found : null;
  };
  const found = await asked();
  if (found !== null) return found;
  if (assignmentId === undefined) {
    await decided(experiments, name, { type: 'next', participantId });
    const given = await asked();
    if (given !== null) return given;
  }
  throw new ApiError('assignment/not-found', 'There is no such assignment among yours.');
}

/** What of a revision goes into the sessions of a game. */
function settingsFor(
  { config, dependencies }: ExperimentPlan,
  staging: Staging,
): Pick<CreateSession, 'game' | 'config'> & { readonly pinned: PinnedSetting } {
  const { game, file } = staging.entry;
  // Only language games know of conditions: they decide what is shown of a score.
  const condition = game.kind === 'language' ? { condition: config.condition } : {};
  return {
    game: game.name,
    config: { ...staging.game.overrides, ...condition },
    pinned: { file, characters: dependencies.characters },
  };
}

interface NewAttempt {
  readonly request: StartRequest;
  readonly assignment: Assignment;
  /** As it is now: it says what becomes of sessions that broke off. */
  readonly inForce: ExperimentPlan;
  /** By which the assignment was given: it says how its sessions are set up. */
  readonly givenBy: ExperimentPlan;
}

/** There is nothing to go on with, so that the attempt begins anew. */
const BEGIN_ANEW: readonly string[] = ['branch/no-way-on', 'session/not-found'];

/**
 * The session of an attempt: one that goes on from where the last one broke off, else a new one. Both are made under the
 * command that names the attempt, so that there is one of them, whoever asks and however often.
 */
async function sessionOf({ manager }: StartAssignmentPorts, attempt: NewAttempt): Promise<SessionRecord> {
  const { request, assignment, inForce, givenBy } = attempt;
  const { name, participantId, source } = request;
  const { assignmentId, attempts, pc, npc } = assignment;
  const commandId = `assignment:${assignmentId}:${attempts.length + 1}`;
  const staging = stagingOf(givenBy, assignment.game);
  if (staging === null) {
    throw new ApiError('experiment/game-gone', 'The game of this assignment is not offered any more.');
  }
  const brokenOff = brokenOffSession(assignment, inForce);
  if (brokenOff !== null) {
    const going = await manager.goOn({
      sessionId: brokenOff,
      playerId: participantId,
      commandId,
      source,
      gameVersion: staging.entry.file.version,
    });
    if (going.ok) return going.record;
    if (!BEGIN_ANEW.includes(going.reason)) throw refusal(going);
  }
  const { models } = givenBy.config;
  const created = await manager.create({
    ...settingsFor(givenBy, staging),
    ownerId: participantId,
    commandId,
    source,
    experimentId: name,
    ...(models === undefined ? {} : { models }),
    characters: { ...(pc === null ? {} : { pc }), ...(npc === null ? {} : { npc }) },
  });
  return orThrow(created).record;
}

interface BegunSession extends Pick<StartRequest, 'name' | 'participantId'> {
  readonly assignmentId: string;
  readonly sessionId: string;
  readonly goesOnFrom: string | null;
}

/** What cannot be begun leaves no session behind that nobody would ever come back to. */
async function begin(
  { experiments, manager }: StartAssignmentPorts,
  { name, participantId, assignmentId, sessionId, goesOnFrom }: BegunSession,
): Promise<void> {
  const decision = await experiments.run(name, {
    type: 'start',
    participantId,
    assignmentId,
    sessionId,
    ...(goesOnFrom === null ? {} : { goesOnFrom }),
  });
  if (decision === null) throw unknownExperiment();
  // Whoever may try again finds this same session.
  if (!decision.ok && !decision.retryable) {
    await manager.close({ sessionId, playerId: participantId, commandId: `refused:${assignmentId}` });
  }
  orThrow(decision);
}

/**
 * Opens the session of an assignment, or finds the one that is open. Repeatable at any point: the same attempt always has
 * the same session.
 */
export async function startAssignment(
  ports: StartAssignmentPorts,
  request: StartRequest,
): Promise<AssignmentStartedDto> {
  const { experiments, manager } = ports;
  const { name, participantId } = request;
  const { assignmentId, revision } = await assignmentFor(ports, request);
  await decided(experiments, name, { type: 'prepare', participantId, assignmentId });
  const moment = await experiments.present(name);
  const assignment = moment?.state.assignments.get(assignmentId);
  const planned = await ports.plans.planned(name, revision);
  if (moment === null || assignment === undefined || planned === null) {
    throw new ApiError('experiment/not-found', 'There is no such experiment here.');
  }
  const attempt = assignment.attempts.at(-1);
  if (assignment.status === 'in_progress' && attempt !== undefined) {
    const { sessionId, goesOnFrom } = attempt;
    const status = (await manager.present(sessionId))?.status ?? 'paused';
    return { assignmentId, sessionId, status, resumed: true, goesOnFrom };
  }
  const { plan: inForce } = moment;
  const { header, summary } = await sessionOf(ports, {
    request,
    assignment,
    inForce,
    givenBy: planned.plan,
  });
  const { sessionId, parent } = header;
  const goesOnFrom = parent?.sessionId ?? null;
  await begin(ports, { name, participantId, assignmentId, sessionId, goesOnFrom });
  return { assignmentId, sessionId, status: summary.status, resumed: goesOnFrom !== null, goesOnFrom };
}
