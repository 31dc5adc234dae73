import { scoreSchema } from '@dcs/engine';
import type { JsonObject, Score } from '@dcs/engine';
import type { Column, Table } from '../column.ts';

export interface ScoreRow {
  readonly sessionId: string;
  /** The event that holds it. */
  readonly seq: number;
  /** Whether it was asked for when the session was over. */
  readonly isEvaluation: boolean;
  readonly judge: string | null;
  /** As the game gave it. */
  readonly given: JsonObject;
  /** `null` for a game whose scores have another form. */
  readonly score: Score | null;
}

/** Columns of what all scored games have in common. */
function scoreColumn(name: string, facts: Omit<Column<Score>, 'name' | 'optional'>): Column<ScoreRow> {
  const { of, ...rest } = facts;
  return { name, ...rest, optional: true, of: ({ score }) => (score === null ? null : of(score)) };
}

export const SCORES_TABLE: Table<ScoreRow> = {
  name: 'scores',
  about:
    'How sessions came out: one row for each score that a game gave or that was asked for afterwards. Where there are two of ' +
    'a session, the later one holds.',
  key: ['session_id', 'seq'],
  columns: [
    {
      name: 'session_id',
      type: 'text',
      refersTo: 'sessions.session_id',
      about: 'The session.',
      of: ({ sessionId }) => sessionId,
    },
    { name: 'seq', type: 'integer', about: 'The event that holds it.', of: ({ seq }) => seq },
    {
      name: 'evaluation',
      type: 'boolean',
      about: 'Whether it was asked for when the session was over; otherwise the game gave it.',
      of: ({ isEvaluation }) => isEvaluation,
    },
    {
      name: 'judge',
      type: 'text',
      optional: true,
      about: 'The models that were to be asked for an evaluation, in their order.',
      of: ({ judge }) => judge,
    },
    scoreColumn('task', { type: 'text', about: 'What was scored.', of: ({ task }) => task }),
    scoreColumn('tier', {
      type: 'integer',
      about: 'From 0 to 3; nothing when there is no score.',
      of: ({ tier }) => tier,
    }),
    scoreColumn('score', {
      type: 'integer',
      about: 'From 0 to 100; nothing when there is no score.',
      of: ({ score }) => score,
    }),
    scoreColumn('reasoning', {
      type: 'text',
      freeText: true,
      about: 'Why, in the words of the scorer.',
      of: ({ reasoning }) => reasoning,
    }),
    scoreColumn('evidence', {
      type: 'list',
      freeText: true,
      about: 'What that rests on.',
      of: ({ evidence }) => evidence,
    }),
    scoreColumn('model', {
      type: 'text',
      about: 'The model that scored; nothing when none was needed.',
      of: ({ model }) => model,
    }),
    scoreColumn('prompt_version', {
      type: 'text',
      about: 'Of the prompts by which it was asked.',
      of: ({ promptVersion }) => promptVersion,
    }),
    scoreColumn('repeats', {
      type: 'list',
      about: 'What each repetition came to; the score is the median.',
      of: ({ repeats }) => repeats,
    }),
    scoreColumn('spread', {
      type: 'integer',
      about: 'The highest repetition less the lowest.',
      of: ({ spread }) => spread,
    }),
    scoreColumn('correct', {
      type: 'integer',
      about: 'Predictions that were right, in a game of predictions.',
      of: ({ tally }) => tally?.correct ?? null,
    }),
    scoreColumn('wrong', {
      type: 'integer',
      about: 'Predictions that were wrong.',
      of: ({ tally }) => tally?.wrong ?? null,
    }),
    scoreColumn('missed', {
      type: 'integer',
      about: 'Turns without a prediction.',
      of: ({ tally }) => tally?.missed ?? null,
    }),
    scoreColumn('failure', {
      type: 'text',
      about: 'Why there is no score, as a stable reason.',
      of: ({ failure }) => failure,
    }),
    {
      name: 'given',
      type: 'object',
      freeText: true,
      about: 'The score as the game gave it.',
      of: ({ given }) => given,
    },
  ],
};

export function scoreRow(row: Omit<ScoreRow, 'score'>): ScoreRow {
  const parsed = scoreSchema.safeParse(row.given);
  return { ...row, score: parsed.success ? parsed.data : null };
}
