import { standingOf } from '@dcs/engine';
import type { FormGroup, Standing } from '@dcs/engine';
import type {
  AssignmentDto,
  ExperimentSetupDto,
  FormGroupDto,
  NextAssignmentDto,
} from '../../experimentDto.ts';
import { isoTime } from '../../isoTime.ts';
import {
  assignmentDto,
  completionDto,
  hasJustCompleted,
  nextDto,
  rowDto,
  statusDto,
} from './experimentDtos.ts';
import type { FormAnswers } from './formAnswers.ts';
import { plansOf } from './plansOf.ts';
import type { PlansOfPorts } from './plansOf.ts';

interface SetupPorts extends PlansOfPorts {
  readonly answers: Pick<FormAnswers, 'draftsOf'>;
}

/** More than anybody looks through on one page. */
const MOST_ASSIGNMENTS = 50;

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
    resumableSessionId: null,
    completion: null,
  };
}

async function ofParticipant(ports: SetupPorts, standing: Standing): Promise<OwnPart> {
  const { moment, answers } = ports;
  const { participant, groups, assignments, current, completed, isFinished, next } = standing;
  const { participantId, number, joinedAt, withdrawnAt } = participant;
  const experiment = moment.plan.name;
  const drafts =
    groups.length === 0 ? new Map() : await answers.draftsOf({ experiment, participantId }, groups);
  const shown = assignments.filter(({ status }) => status !== 'dropped').slice(-MOST_ASSIGNMENTS);
  const dtos: AssignmentDto[] = [];
  for (const assignment of shown) {
    dtos.push(assignmentDto(await plansOf(ports, assignment), assignment, groups));
  }
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
    resumableSessionId: currentAssignment?.activeSessionId ?? null,
    completion: completionDto(moment, participantId),
  };
}

const groupDto = (group: FormGroup, draft: FormGroupDto['draft']): FormGroupDto => ({ ...group, draft });
