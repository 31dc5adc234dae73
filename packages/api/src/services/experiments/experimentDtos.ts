import {
  assignmentsOf,
  availabilityOf,
  isFull,
  brokenOffSession,
  characterLabel,
  isActive,
  progressOf,
  standingOf,
  variantOf,
} from '@dcs/engine';
import type {
  Assignment,
  ExperimentConfig,
  ExperimentGame,
  ExperimentMoment,
  ExperimentPlan,
  FormGroup,
  GameEntry,
  NextStep,
} from '@dcs/engine';
import type {
  AssignmentDto,
  CompletionDto,
  ExperimentRowDto,
  ExperimentStateDto,
  ExperimentStatusDto,
  NextAssignmentDto,
} from '../../experimentDto.ts';
import { codeFor } from './completionCode.ts';
import { isoTime } from '../../isoTime.ts';

/* What experiments look like from outside. Pure: everything that has to be looked up is given. */

const isoOrNull = (at: number | null): string | null => (at === null ? null : isoTime(at));

export function stateOf(moment: ExperimentMoment): ExperimentStateDto {
  const { window, state, now, plan } = moment;
  const availability = availabilityOf(window, state, now);
  if (!plan.config.players.humans) return 'modelsOnly';
  if (availability !== 'open') return availability;
  return isFull(moment) ? 'full' : 'open';
}

export const titleOf = ({ title, name }: ExperimentConfig): string => title ?? name;

export function rowDto(moment: ExperimentMoment, playerId: string | null): ExperimentRowDto {
  const { config } = moment.plan;
  const state = stateOf(moment);
  const joined = playerId !== null && moment.state.participants.has(playerId);
  return {
    name: config.name,
    title: titleOf(config),
    description: config.description,
    state,
    isOpen: state === 'open',
    opensAt: isoOrNull(moment.window.opensAt),
    closesAt: isoOrNull(moment.window.closesAt),
    registration: config.registration,
    joined,
  };
}

export function statusDto(moment: ExperimentMoment): ExperimentStatusDto {
  const { plan, state } = moment;
  const { perGame } = plan.config.quotas;
  const counts = new Map(
    plan.config.games.map((game) => [
      variantOf(game),
      { completed: new Set<string>(), inProgress: new Set<string>() },
    ]),
  );
  for (const { game, status, participantId } of state.assignments.values()) {
    if (status === 'completed') counts.get(game)?.completed.add(participantId);
    if (status === 'in_progress') counts.get(game)?.inProgress.add(participantId);
  }
  const seen = stateOf(moment);
  return {
    ...progressOf(state, plan.config),
    isOpen: seen === 'open',
    state: seen,
    perGame: Object.fromEntries(
      [...counts].map(([game, { completed, inProgress }]) => [
        game,
        { total: perGame ?? null, completed: completed.size, inProgress: inProgress.size },
      ]),
    ),
  };
}

export interface Staging {
  readonly game: ExperimentGame;
  readonly entry: GameEntry;
}

/** The game of a variant, and its rules; `null` when it is not offered any more. */
export function stagingOf(plan: ExperimentPlan, variant: string): Staging | null {
  const game = plan.config.games.find((one) => variantOf(one) === variant);
  const entry = plan.entries.get(variant);
  return game === undefined || entry === undefined ? null : { game, entry };
}

/** Whether whom one meets is kept from whoever plays it. */
export function hidesNpc({ game, entry }: Staging): boolean {
  return entry.game.hidesCharacter?.({ ...entry.file.config, ...game.overrides }, 'npc') ?? false;
}

/** An assignment is played by the revision that it was given by, and gone on with as the one in force says. */
export interface AssignmentPlans {
  readonly inForce: ExperimentPlan;
  readonly givenBy: ExperimentPlan;
}

export function assignmentDto(
  { inForce, givenBy }: AssignmentPlans,
  assignment: Assignment,
  groups: readonly FormGroup[],
): AssignmentDto {
  const staging = stagingOf(givenBy, assignment.game);
  const isHidden = staging !== null && hidesNpc(staging);
  const sheetOf = (hid: string | null) => (hid === null ? undefined : givenBy.sheets.get(hid));
  const [pc, npc] = [sheetOf(assignment.pc), isHidden ? undefined : sheetOf(assignment.npc)];
  const last = assignment.attempts.at(-1);
  return {
    assignmentId: assignment.assignmentId,
    gameName: staging?.entry.game.name ?? assignment.game,
    variant: assignment.game,
    gameTitle: staging?.entry.file.title ?? assignment.game,
    gameDescription: staging?.entry.file.description ?? '',
    pcHid: assignment.pc,
    npcHid: isHidden ? null : assignment.npc,
    playerCharacterName: pc === undefined ? assignment.pc : characterLabel(pc),
    playerCharacterDescription: pc?.shortDescription ?? null,
    simulatorCharacterName: npc === undefined ? null : characterLabel(npc),
    simulatorCharacterDescription: npc?.shortDescription ?? null,
    simulatorCharacterDetailsVisible: !isHidden,
    status: assignment.status,
    activeSessionId: assignment.status === 'in_progress' ? (last?.sessionId ?? null) : null,
    lastSessionId: last?.sessionId ?? null,
    attempts: assignment.attempts.length,
    goesOn: brokenOffSession(assignment, inForce) !== null,
    reason: last?.reason ?? null,
    assignedAt: isoTime(assignment.assignedAt),
    since: isoTime(assignment.since),
    hasPendingForms: groups.some(({ assignmentId }) => assignmentId === assignment.assignmentId),
  };
}

export function nextDto(next: NextStep, assignment: AssignmentDto | null): NextAssignmentDto {
  return {
    mode: next.mode,
    reason: next.reason,
    assignment: next.mode === 'locked' || next.reason === 'pending_assignment_forms' ? assignment : null,
    optionCount: next.mode === 'choice' ? next.candidates.all().length : 0,
  };
}

/** What a participant gets at the end, once nothing is left to be played or answered. */
export function completionDto(moment: ExperimentMoment, participantId: string): CompletionDto | null {
  const standing = standingOf(moment, participantId);
  if (standing === null || !standing.isDone) return null;
  if (standing.participant.withdrawnAt !== null) return null;
  const { config } = moment.plan;
  const { completion } = config;
  const code = codeFor(config, participantId);
  return {
    text: completion.text ?? '',
    code,
    url: completion.url?.replaceAll('{code}', encodeURIComponent(code ?? '')) ?? null,
  };
}

/** Whether an assignment was completed, and nothing was begun since. */
export function hasJustCompleted({ state }: ExperimentMoment, participantId: string): boolean {
  const participant = state.participants.get(participantId);
  const own = participant === undefined ? [] : assignmentsOf(state, participant);
  return own.at(-1)?.status === 'completed' && !own.some(isActive);
}
