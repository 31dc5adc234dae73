import type { Form, Question } from '@dcs/engine';
import { isAsked } from '@dcs/engine';
import { answerColumn } from './tables/answers.ts';
import type { ColumnFacts, TableFacts } from './column.ts';
import type { FormBook } from './formBook.ts';

/** A question as it was asked, with the column that has its answers; texts to read have none. */
export type BookedQuestion = Question & { readonly column: string | null };

export interface BookedEdition extends Omit<Form, 'questions'> {
  /** The revisions of the configuration in which the form stood like this. */
  readonly revisions: readonly string[];
  readonly questions: readonly BookedQuestion[];
}

/** What everything in an export means. */
export interface Codebook {
  readonly experiment: string;
  readonly conventions: readonly string[];
  readonly tables: readonly TableFacts[];
  readonly forms: readonly { readonly name: string; readonly editions: readonly BookedEdition[] }[];
}

const CONVENTIONS: readonly string[] = [
  'Every table is there twice, with the same rows in the same order: as CSV and as JSONL, which has one JSON object a line. JSONL is exact.',
  'CSV is as RFC 4180 has it, in UTF-8. Lists and objects are JSON in a cell. Nothing and an empty text are both an empty cell.',
  'A cell that begins with =, +, -, @, a tab or a line break has an apostrophe before it in CSV, so that no spreadsheet takes it for a formula; numbers have none.',
  'Times are UTC, as ISO 8601 has them, to the millisecond.',
  'Participants have pseudonyms. Texts in people’s own words are as they wrote them, and may say who somebody is: such columns are marked as free text.',
  'The experiment is told as of the event that manifest.json names, and each session as of the event in its last_seq; what came later is left out.',
];

const columnFacts = ({ name, type, about, ...rest }: ColumnFacts): ColumnFacts => {
  const { optional, freeText, personal, values, refersTo } = rest;
  return {
    name,
    type,
    about,
    ...(optional === undefined ? {} : { optional }),
    ...(freeText === undefined ? {} : { freeText }),
    ...(personal === undefined ? {} : { personal }),
    ...(values === undefined ? {} : { values }),
    ...(refersTo === undefined ? {} : { refersTo }),
  };
};

const bookedQuestion = (question: Question): BookedQuestion => ({
  ...question,
  column: isAsked(question) ? answerColumn(question.key) : null,
});

export function createCodebook(experiment: string, tables: readonly TableFacts[], forms: FormBook): Codebook {
  return {
    experiment,
    conventions: CONVENTIONS,
    tables: tables.map(({ name, about, key, columns }) => ({
      name,
      about,
      key,
      columns: columns.map(columnFacts),
    })),
    forms: forms.map(({ name, editions }) => ({
      name,
      editions: editions.map(({ form, revisions }) => ({
        ...form,
        revisions,
        questions: form.questions.map(bookedQuestion),
      })),
    })),
  };
}
