import type { ExperimentGame } from '../experiment.schema.ts';
import { variantOf } from '../experiment.schema.ts';
import type { Assignment, Participant } from '../state.ts';
import type { FormEvent } from './form.schema.ts';
import type { Form } from './form.ts';

/** What cannot go on before a group is answered. `assignment`: only the one that it belongs to. */
export type Blocks = 'everything' | 'assignment' | 'nothing';

/** Forms that are asked at one occasion, together. */
export interface FormGroup {
  readonly groupId: string;
  readonly event: FormEvent;
  readonly assignmentId: string | null;
  /** Those that have still to be answered, in the order of the file. */
  readonly forms: readonly Form[];
  readonly blocks: Blocks;
}

export interface FormsDue {
  readonly forms: readonly Form[];
  /** Of the experiment: triggers name them by name or variant. */
  readonly games: readonly ExperimentGame[];
  readonly participant: Pick<Participant, 'kind' | 'withdrawnAt' | 'submissions'>;
  /** Of this participant, in the order in which they were given. */
  readonly assignments: readonly Pick<Assignment, 'assignmentId' | 'game' | 'status'>[];
  /** Whether there is nothing left for the participant to play. */
  readonly isFinished: boolean;
  /** Turns of the session that is, or was last, played for an assignment. */
  readonly turnsOf: (assignmentId: string) => number;
}

type DueAssignment = FormsDue['assignments'][number];

/**
 * The groups that a participant has still to answer, in the order in which they are asked. A group is answered when each
 * of its forms was, in the version that it has now or a later one. Whoever withdrew is asked nothing, and nothing is
 * asked of an assignment that was dropped. Forms are for people: a model is asked none, so that none keeps it back.
 */
export function pendingGroups(due: FormsDue): readonly FormGroup[] {
  if (due.participant.withdrawnAt !== null || due.participant.kind === 'model') return [];
  const ofAssignments = due.assignments.flatMap((assignment) => groupsOf(due, assignment));
  const groups = [
    ...groupFor(due, { event: 'before-all-assignments', blocks: 'everything' }),
    ...ofAssignments.filter(({ blocks }) => blocks === 'everything'),
    ...ofAssignments.filter(({ blocks }) => blocks !== 'everything'),
    ...(due.isFinished ? groupFor(due, { event: 'after-all-assignments', blocks: 'everything' }) : []),
  ];
  return groups.flatMap((group) => {
    const forms = unanswered(due.participant, group);
    return forms.length === 0 ? [] : [{ ...group, forms }];
  });
}

function groupsOf(due: FormsDue, assignment: DueAssignment): readonly FormGroup[] {
  switch (assignment.status) {
    case 'assigned':
    case 'interrupted':
      return groupFor(due, { event: 'before-assignment', assignment, blocks: 'assignment' });
    case 'in_progress':
      return afterTurns(due, assignment, 'nothing');
    case 'completed':
      return [
        ...afterTurns(due, assignment, 'everything'),
        ...groupFor(due, { event: 'on-finish', assignment, blocks: 'everything' }),
        ...groupFor(due, { event: 'after-assignment', assignment, blocks: 'everything' }),
      ];
    case 'dropped':
      return [];
    default: {
      const unreachable: never = assignment.status;
      return unreachable;
    }
  }
}

/** One group for each number of turns that was reached. */
function afterTurns(due: FormsDue, assignment: DueAssignment, blocks: Blocks): readonly FormGroup[] {
  const numbers = due.forms.flatMap(({ trigger: { event, turns } }) =>
    event === 'after-turns' && turns !== null ? [turns] : [],
  );
  if (numbers.length === 0) return [];
  const played = due.turnsOf(assignment.assignmentId);
  return [...new Set(numbers)]
    .filter((turns) => turns <= played)
    .toSorted((left, right) => left - right)
    .flatMap((turns) => groupFor(due, { event: 'after-turns', assignment, turns, blocks }));
}

interface Occasion {
  readonly event: FormEvent;
  readonly assignment?: DueAssignment;
  readonly turns?: number;
  readonly blocks: Blocks;
}

/** The group of an occasion, or nothing when no form is asked then. */
function groupFor(due: FormsDue, { event, assignment, turns, blocks }: Occasion): readonly FormGroup[] {
  const forms = due.forms.filter(
    ({ trigger }) =>
      trigger.event === event &&
      (turns === undefined || trigger.turns === turns) &&
      (assignment === undefined || isAbout(trigger.games, assignment.game, due.games)),
  );
  if (forms.length === 0) return [];
  const assignmentId = assignment?.assignmentId ?? null;
  const groupId = [event, assignmentId, turns]
    .filter((part) => part !== null && part !== undefined)
    .join(':');
  return [{ groupId, event, assignmentId, forms, blocks }];
}

/** Whether a trigger that names `wanted` concerns a variant. */
export function isAbout(
  wanted: readonly string[] | null,
  variant: string,
  games: FormsDue['games'],
): boolean {
  if (wanted === null || wanted.includes(variant)) return true;
  return games.some((game) => variantOf(game) === variant && wanted.includes(game.name));
}

function unanswered(
  { submissions }: FormsDue['participant'],
  { groupId, forms }: FormGroup,
): readonly Form[] {
  const given = submissions.get(groupId);
  return forms.filter(({ name, version }) => (given?.get(name)?.version ?? 0) < version);
}
