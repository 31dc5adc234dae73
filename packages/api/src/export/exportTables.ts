import type { TableFacts } from './column.ts';
import { tableOfForm } from './formBook.ts';
import type { FormBook } from './formBook.ts';
import { ANSWERS_TABLE } from './tables/answers.ts';
import { ASSIGNMENTS_TABLE } from './tables/assignments.ts';
import { CHARACTERS_TABLE } from './tables/characters.ts';
import { EVENTS_TABLE } from './tables/events.ts';
import { EXPERIMENT_LOG_TABLE } from './tables/experimentLog.ts';
import { FEEDBACK_TABLE } from './tables/feedback.ts';
import { MODEL_CALLS_TABLE } from './tables/modelCalls.ts';
import { participantsTable } from './tables/participants.ts';
import { SCORES_TABLE } from './tables/scores.ts';
import { SESSIONS_TABLE } from './tables/sessions.ts';

/** All tables of an export, in the order in which the codebook explains them. */
export const exportTables = (
  book: FormBook,
  options: { readonly personal: boolean },
): readonly TableFacts[] => [
  participantsTable(options),
  ASSIGNMENTS_TABLE,
  SESSIONS_TABLE,
  EVENTS_TABLE,
  ANSWERS_TABLE,
  ...book.map(tableOfForm),
  FEEDBACK_TABLE,
  SCORES_TABLE,
  MODEL_CALLS_TABLE,
  CHARACTERS_TABLE,
  EXPERIMENT_LOG_TABLE,
];
