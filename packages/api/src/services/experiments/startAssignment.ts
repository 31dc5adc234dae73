import type {
  Assignment,
  ExperimentManager,
  ExperimentMoment,
  GameRegistry,
  JsonObject,
  SessionManager,
} from '@dcs/engine';
import { standingOf, variantOf } from '@dcs/engine';
import type { AssignmentStartedDto } from '../../experimentDto.ts';
import { ApiError, orThrow } from '../../errors.ts';
import { decided } from './decided.ts';
import type { ExperimentPlans } from './experimentPlans.ts';

export interface StartAssignmentPorts {
  readonly experiments: Pick<ExperimentManager, 'run' | 'present'>;
  readonly plans: Pick<ExperimentPlans, 'planned'>;
  readonly manager: Pick<SessionManager, 'create' | 'present'>;
  readonly games: GameRegistry;
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

/** What of an experiment's file goes into the sessions of a game. */
function settingsFor(
  { config }: ExperimentMoment['plan'],
  assignment: Assignment,
  games: GameRegistry,
): { readonly game: string; readonly config: JsonObject } {
  const entry = config.games.find((game) => variantOf(game) === assignment.game);
  const rules = entry === undefined ? null : games.find(entry.name);
  if (entry === undefined || rules === null) {
    throw new ApiError('experiment/game-gone', 'The game of this assignment is not offered any more.');
  }
  // Only language games know of conditions: they decide what is shown of a score.
  const condition = rules.game.kind === 'language' ? { condition: config.condition } : {};
  return { game: rules.game.name, config: { ...entry.overrides, ...condition } };
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
  const { name, participantId, source } = request;
  const { assignmentId, revision } = await assignmentFor(ports, request);
  await decided(experiments, name, { type: 'prepare', participantId, assignmentId });
  const assignment = (await experiments.present(name))?.state.assignments.get(assignmentId);
  const planned = await ports.plans.planned(name, revision);
  if (assignment === undefined || planned === null) {
    throw new ApiError('experiment/not-found', 'There is no such experiment here.');
  }
  const attempt = assignment.attempts.at(-1);
  if (assignment.status === 'in_progress' && attempt !== undefined) {
    const status = (await manager.present(attempt.sessionId))?.status ?? 'paused';
    return { assignmentId, sessionId: attempt.sessionId, status, resumed: true };
  }
  const { pc, npc } = assignment;
  const { record } = orThrow(
    await manager.create({
      ...settingsFor(planned.plan, assignment, ports.games),
      ownerId: participantId,
      commandId: `assignment:${assignmentId}:${assignment.attempts.length + 1}`,
      source,
      experimentId: name,
      ...(planned.plan.config.models === undefined ? {} : { models: planned.plan.config.models }),
      characters: { ...(pc === null ? {} : { pc }), ...(npc === null ? {} : { npc }) },
    }),
  );
  const { sessionId } = record.header;
  await decided(experiments, name, { type: 'start', participantId, assignmentId, sessionId });
  return { assignmentId, sessionId, status: record.summary.status, resumed: false };
}
