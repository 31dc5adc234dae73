import { isAsked, readForm } from '@dcs/engine';
import type { AskedQuestion, ExperimentConfig, Form } from '@dcs/engine';
import { canonicalJson } from '../catalog/canonicalJson.ts';
import { formTable } from './tables/answers.ts';
import type { AskedColumn, SubmissionRow } from './tables/answers.ts';
import type { Table } from './column.ts';

/** A form as it stood in some revisions of the configuration. */
export interface FormEdition {
  readonly form: Form;
  readonly revisions: readonly string[];
}

/** All editions of one form, the first one first. */
export interface BookedForm {
  readonly name: string;
  readonly editions: readonly FormEdition[];
}

/** All forms that an experiment has had. */
export type FormBook = readonly BookedForm[];

export interface KnownRevision {
  readonly revision: string;
  readonly config: ExperimentConfig;
}

/** In the order in which the forms were first declared. */
export function createFormBook(revisions: readonly KnownRevision[]): FormBook {
  const book = new Map<string, Map<string, { readonly form: Form; readonly revisions: string[] }>>();
  for (const { revision, config } of revisions) {
    for (const file of config.forms) {
      const form = readForm(file);
      const editions = book.get(form.name) ?? new Map();
      const text = canonicalJson(form);
      const edition = editions.get(text) ?? { form, revisions: [] };
      edition.revisions.push(revision);
      book.set(form.name, editions.set(text, edition));
    }
  }
  return [...book].map(([name, editions]) => ({ name, editions: [...editions.values()] }));
}

/** Every question that any edition asks, as it was asked last; in the order in which they were first asked. */
export function questionsOf({ editions }: BookedForm): readonly AskedQuestion[] {
  const questions = new Map<string, AskedQuestion>();
  for (const { form } of editions) {
    for (const question of form.questions) if (isAsked(question)) questions.set(question.key, question);
  }
  return [...questions.values()];
}

function askedColumn({ key, prompt, type, personal }: AskedQuestion): AskedColumn {
  return { key, about: prompt, freeText: type === 'string', personal };
}

/** The table of a form, with a column for every question that was ever asked in it. */
export const tableOfForm = (form: BookedForm): Table<SubmissionRow> =>
  formTable(form.name, questionsOf(form).map(askedColumn));
