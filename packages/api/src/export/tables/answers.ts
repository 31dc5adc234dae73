import type { JsonValue } from '@dcs/engine';
import type { FormSubmission } from '../../store/ports.ts';
import { timeText, timeTextOrNull } from '../column.ts';
import type { Column, Table } from '../column.ts';

/** A form as it was answered once, with all that may be told of it. */
export interface SubmissionRow {
  readonly submission: FormSubmission;
  readonly participant: string;
  /** By the keys of the questions; `null` for what is left out because it is personal. */
  readonly answers: Readonly<Record<string, JsonValue>>;
}

export interface AnswerRow extends SubmissionRow {
  readonly question: string;
  readonly answer: JsonValue;
  readonly isLeftOut: boolean;
}

const SUBMISSION_COLUMNS: readonly Column<SubmissionRow>[] = [
  {
    name: 'submission_id',
    type: 'text',
    about: 'The id of the form as it was answered this once.',
    of: ({ submission }) => submission.submissionId,
  },
  {
    name: 'participant',
    type: 'text',
    refersTo: 'participants.participant',
    about: 'Who answered.',
    of: ({ participant }) => participant,
  },
  {
    name: 'assignment_id',
    type: 'text',
    optional: true,
    refersTo: 'assignments.assignment_id',
    about: 'The assignment that it was about; nothing for a form that belongs to none.',
    of: ({ submission }) => submission.assignmentId,
  },
  {
    name: 'group_id',
    type: 'text',
    about: 'At which occasion it was asked.',
    of: ({ submission }) => submission.groupId,
  },
  { name: 'form', type: 'text', about: 'The name of the form.', of: ({ submission }) => submission.form },
  {
    name: 'version',
    type: 'integer',
    about: 'The version of the form.',
    of: ({ submission }) => submission.version,
  },
  {
    name: 'submitted_at',
    type: 'time',
    about: 'When the answers were sent.',
    of: ({ submission }) => timeText(submission.at),
  },
  {
    name: 'erased_at',
    type: 'time',
    optional: true,
    about: 'When the participant asked to be forgotten; then no answer is left.',
    of: ({ submission }) => timeTextOrNull(submission.erasedAt),
  },
];

export const ANSWERS_TABLE: Table<AnswerRow> = {
  name: 'answers',
  about:
    'What was answered to forms: one row for each answer, in the order in which they were sent. The tables form_… have ' +
    'the same answers with a row for each form and a column for each question.',
  key: ['submission_id', 'question'],
  columns: [
    ...SUBMISSION_COLUMNS,
    {
      name: 'question',
      type: 'text',
      about: 'The key of the question; the questions are at the end of the codebook.',
      of: ({ question }) => question,
    },
    {
      name: 'answer',
      type: 'answer',
      optional: true,
      freeText: true,
      about: 'The answer in its normal form; of several choices, a list.',
      of: ({ answer }) => answer,
    },
    {
      name: 'left_out',
      type: 'boolean',
      about: 'Whether there is an answer that is left out here because it is personal.',
      of: ({ isLeftOut }) => isLeftOut,
    },
  ],
};

/** A question that has a column in the table of its form. */
export interface AskedColumn {
  readonly key: string;
  readonly about: string;
  readonly freeText: boolean;
  readonly personal: boolean;
}

/** The column of a question: its key, unless that is the name of a column which the table has anyway. */
export function answerColumn(key: string): string {
  const isTaken = SUBMISSION_COLUMNS.some(({ name }) => name === key);
  return isTaken ? `answer_to_${key}` : key;
}

export const formTableName = (form: string): string => `form_${form}`;

export const formTable = (form: string, questions: readonly AskedColumn[]): Table<SubmissionRow> => ({
  name: formTableName(form),
  about: `The form ${form}: one row for each time that it was answered, and a column for each question.`,
  key: ['submission_id'],
  columns: [
    ...SUBMISSION_COLUMNS,
    ...questions.map(({ key, about, freeText, personal }): Column<SubmissionRow> => ({
      name: answerColumn(key),
      type: 'answer',
      optional: true,
      about,
      ...(freeText ? { freeText } : {}),
      ...(personal ? { personal } : {}),
      of: ({ answers }) => answers[key] ?? null,
    })),
  ],
});
