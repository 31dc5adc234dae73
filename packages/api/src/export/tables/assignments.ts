import { ASSIGNMENT_STATUSES } from '@dcs/engine';
import type { Assignment, ExperimentState } from '@dcs/engine';
import { timeText } from '../column.ts';
import type { Table } from '../column.ts';
import type { Pseudonyms } from '../pseudonyms.ts';

export interface AssignmentRow {
  readonly assignment: Assignment;
  readonly participant: string;
  /** From 1, among those of the participant. */
  readonly position: number;
}

export const ASSIGNMENTS_TABLE: Table<AssignmentRow> = {
  name: 'assignments',
  about:
    'What participants were given to play: one row for each assignment, in the order in which they were given.',
  key: ['assignment_id'],
  columns: [
    {
      name: 'assignment_id',
      type: 'text',
      about: 'The id.',
      of: ({ assignment }) => assignment.assignmentId,
    },
    {
      name: 'participant',
      type: 'text',
      refersTo: 'participants.participant',
      about: 'Who was given it.',
      of: (row) => row.participant,
    },
    {
      name: 'position',
      type: 'integer',
      about: 'From 1, in the order in which the participant was given them.',
      of: (row) => row.position,
    },
    {
      name: 'game',
      type: 'text',
      about: 'The variant of the game, as the configuration names it.',
      of: ({ assignment }) => assignment.game,
    },
    {
      name: 'pc',
      type: 'text',
      optional: true,
      about: 'The handle of the character that the participant plays; nothing where none was chosen.',
      of: ({ assignment }) => assignment.pc,
    },
    {
      name: 'npc',
      type: 'text',
      optional: true,
      about: 'The handle of the character that the participant meets; nothing where none was chosen.',
      of: ({ assignment }) => assignment.npc,
    },
    {
      name: 'batch_id',
      type: 'text',
      optional: true,
      about: 'The same for assignments that belong together.',
      of: ({ assignment }) => assignment.batchId ?? null,
    },
    {
      name: 'revision',
      type: 'text',
      about: 'SHA-256 of the configuration by which it was given; see manifest.json.',
      of: ({ assignment }) => assignment.revision,
    },
    {
      name: 'chosen',
      type: 'boolean',
      about: 'Whether the participant chose it.',
      of: ({ assignment }) => assignment.chosen,
    },
    {
      name: 'status',
      type: 'text',
      values: ASSIGNMENT_STATUSES,
      about: 'What has become of it.',
      of: ({ assignment }) => assignment.status,
    },
    {
      name: 'holds_place',
      type: 'boolean',
      about: 'Whether it counts against the quotas.',
      of: ({ assignment }) => assignment.holdsPlace,
    },
    {
      name: 'assigned_at',
      type: 'time',
      about: 'When it was given.',
      of: ({ assignment }) => timeText(assignment.assignedAt),
    },
    {
      name: 'since',
      type: 'time',
      about: 'Since when it has had its status.',
      of: ({ assignment }) => timeText(assignment.since),
    },
    {
      name: 'attempts',
      type: 'integer',
      about: 'How many times it was begun.',
      of: ({ assignment }) => assignment.attempts.length,
    },
    {
      name: 'session_id',
      type: 'text',
      optional: true,
      refersTo: 'sessions.session_id',
      about: 'The session in which it was last played.',
      of: ({ assignment }) => assignment.attempts.at(-1)?.sessionId ?? null,
    },
    {
      name: 'reason',
      type: 'text',
      optional: true,
      about: 'Why that session ended, in its normal form.',
      of: ({ assignment }) => assignment.attempts.at(-1)?.reason ?? null,
    },
  ],
};

export function assignmentRow(
  { participants }: Pick<ExperimentState, 'participants'>,
  assignment: Assignment,
  pseudonyms: Pseudonyms,
): AssignmentRow {
  const { participantId, assignmentId } = assignment;
  const given = participants.get(participantId)?.assignmentIds ?? [];
  return { assignment, participant: pseudonyms.of(participantId), position: given.indexOf(assignmentId) + 1 };
}
