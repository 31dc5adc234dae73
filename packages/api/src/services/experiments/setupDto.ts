import { isActive, standingOf } from '@dcs/engine';
import type { Assignment, FormGroup, Standing } from '@dcs/engine';
import type {
  AssignmentDto,
  ExperimentSetupDto,
  FormGroupDto,
  NextAssignmentDto,
} from '../../experimentDto.ts';
import { MOST_BYTES_AT_ONCE } from '../../catalog/index.ts';
import { isoTime } from '../../isoTime.ts';
import {
  assignmentDto,
  completionDto,
  hasJustCompleted,
  nextDto,
  rowDto,
  statusDto,
} from './experimentDtos.ts';
import { fitting } from './fitting.ts';
import type { FormAnswers } from './formAnswers.ts';
import { plansOf } from './plansOf.ts';
import type { PlansOfPorts } from './plansOf.ts';

interface SetupPorts extends PlansOfPorts {
  readonly answers: Pick<FormAnswers, 'draftsOf'>;
}

/** More than anybody looks through on one page. */
const MOST_ASSIGNMENTS = 50;
/** What is loaded whenever a participant looks must not grow with all that they have done. */
const MOST_BYTES_OF_ASSIGNMENTS = 20_000;

/** Everything a page needs of an experiment and its reader; `playerId` is `null` for a visitor. */
export async function setupDto(
  ports: SetupPorts,
  { playerId }: { readonly playerId: string | null },
): Promise<ExperimentSetupDto> {
  const { moment } = ports;
  const { plan, forms } = moment;
  const { config } = plan;
  const { joined: _joined, ...row } = rowDto(moment, playerId);
  const standing = playerId === null ? null : standingOf(moment, playerId);
  const { total, completed, isComplete } = statusDto(moment);
  return {
    ...row,
    condition: config.condition,
    progress: { total, completed, isComplete },
    forms: forms.map(({ name, title, trigger }) => ({ name, title, event: trigger.event })),
    allowChoiceIfMultiple: config.assignment.participantChooses,
    requireCompletion: config.assignment.requireCompletion,
    withdrawalText: config.withdrawal ?? '',
    ...(standing === null ? ofVisitor(ports) : await ofParticipant(ports, standing)),
  };
}

type OwnPart = Pick<
  ExperimentSetupDto,
  | 'participant'
  | 'pendingFormGroups'
  | 'currentAssignment'
  | 'nextAssignment'
  | 'assignmentCompleted'
  | 'assignments'
  | 'moreAssignments'
  | 'resumableSessionId'
  | 'completion'
>;

/** What awaits somebody who has not joined: the forms that come first, so that they see what they will be asked. */
function ofVisitor({ moment }: SetupPorts): OwnPart {
  const first = moment.forms.filter(({ trigger }) => trigger.event === 'before-all-assignments');
  const group: FormGroup = {
    groupId: 'before-all-assignments',
    event: 'before-all-assignments',
    assignmentId: null,
    forms: first,
    blocks: 'everything',
  };
  const nextAssignment: NextAssignmentDto = {
    mode: 'none',
    reason: 'not_joined',
    assignment: null,
    optionCount: 0,
  };
  return {
    participant: null,
    pendingFormGroups: first.length === 0 ? [] : [groupDto(group, {})],
    currentAssignment: null,
    nextAssignment,
    assignmentCompleted: false,
    assignments: [],
    moreAssignments: 0,
    resumableSessionId: null,
    completion: null,
  };
}

/** The latest ones, and before them those that can be played; in the order in which they were given. */
async function assignmentDtos(
  ports: SetupPorts,
  { groups, assignments, current }: Standing,
): Promise<readonly AssignmentDto[]> {
  const rank = (one: Assignment): number => (one === current ? 2 : isActive(one) ? 1 : 0);
  const latest = assignments
    .filter(({ status }) => status !== 'dropped')
    .toReversed()
    .toSorted((one, other) => rank(other) - rank(one))
    .slice(0, MOST_ASSIGNMENTS);
  const dtos: AssignmentDto[] = [];
  for (const assignment of latest) {
    dtos.push(assignmentDto(await plansOf(ports, assignment), assignment, groups));
  }
  const shown = new Map(fitting(dtos, MOST_BYTES_OF_ASSIGNMENTS).map((dto) => [dto.assignmentId, dto]));
  return assignments.flatMap(({ assignmentId }) => shown.get(assignmentId) ?? []);
}

/** Those that something waits for, and those of what is played now, before all others; in the order in which they are asked. */
function groupsShown({ groups, current }: Standing): readonly FormGroup[] {
  const isUrgent = ({ blocks, assignmentId }: FormGroup): boolean =>
    blocks !== 'nothing' || assignmentId === current?.assignmentId;
  const ranked = [...groups.filter(isUrgent), ...groups.filter((group) => !isUrgent(group))];
  const shown = new Set(fitting(ranked, MOST_BYTES_AT_ONCE));
  return groups.filter((group) => shown.has(group));
}

async function ofParticipant(ports: SetupPorts, standing: Standing): Promise<OwnPart> {
  const { moment, answers } = ports;
  const { participant, assignments, current, completed, isFinished, next } = standing;
  const { participantId, number, joinedAt, withdrawnAt } = participant;
  const experiment = moment.plan.name;
  const groups = groupsShown(standing);
  const drafts =
    groups.length === 0 ? new Map() : await answers.draftsOf({ experiment, participantId }, groups);
  const dtos = await assignmentDtos(ports, standing);
  const currentAssignment = dtos.find(({ assignmentId }) => assignmentId === current?.assignmentId) ?? null;
  return {
    participant: {
      number,
      joinedAt: isoTime(joinedAt),
      withdrawnAt: withdrawnAt === null ? null : isoTime(withdrawnAt),
      completed,
      most: moment.plan.config.assignment.maxPerParticipant,
      isFinished,
    },
    pendingFormGroups: groups.map((group) => groupDto(group, drafts.get(group.groupId) ?? {})),
    currentAssignment,
    nextAssignment: nextDto(next, currentAssignment),
    assignmentCompleted: hasJustCompleted(moment, participantId),
    assignments: dtos,
    moreAssignments: assignments.filter(({ status }) => status !== 'dropped').length - dtos.length,
    resumableSessionId: currentAssignment?.activeSessionId ?? null,
    completion: completionDto(moment, participantId),
  };
}

const groupDto = (group: FormGroup, draft: FormGroupDto['draft']): FormGroupDto => ({ ...group, draft });
