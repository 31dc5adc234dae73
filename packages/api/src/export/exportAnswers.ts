import { isAsked } from '@dcs/engine';
import type { ExperimentEvent, JsonValue } from '@dcs/engine';
import type { PersonalData } from '../security/index.ts';
import type { FormStore, FormSubmission } from '../store/ports.ts';
import { tableOfForm } from './formBook.ts';
import type { FormBook } from './formBook.ts';
import type { Pseudonyms } from './pseudonyms.ts';
import { ANSWERS_TABLE } from './tables/answers.ts';
import type { SubmissionRow } from './tables/answers.ts';
import { EXPERIMENT_LOG_TABLE, experimentEventRow } from './tables/experimentLog.ts';
import { openTable } from './tableWriter.ts';
import type { TableWriter, WrittenTable } from './tableWriter.ts';
import type { ExportTarget } from './target.ts';

export interface AnswerExportPorts {
  readonly forms: Pick<FormStore, 'get'>;
  readonly book: FormBook;
  readonly pseudonyms: Pseudonyms;
  /** `null`: personal answers are left out. */
  readonly personalData: Pick<PersonalData, 'openAnswers'> | null;
}

/** How many submissions are asked for, and are in memory, at once. */
const BATCH = 100;

const submissionIn = (event: ExperimentEvent): string | null =>
  event.type === 'formSubmitted' ? event.submissionId : null;

/** What may be told of a submission; `null` stands for a personal answer that is left out. */
function submissionRow(
  submission: FormSubmission,
  { pseudonyms, personalData }: Pick<AnswerExportPorts, 'pseudonyms' | 'personalData'>,
): SubmissionRow {
  const { participantId, form, answers, sealed } = submission;
  const personal: Readonly<Record<string, JsonValue>> =
    personalData === null
      ? Object.fromEntries(Object.keys(sealed).map((key) => [key, null]))
      : personalData.openAnswers({ participantId, of: form }, sealed);
  return { submission, participant: pseudonyms.of(participantId), answers: { ...answers, ...personal } };
}

/** The keys that have answers, in the order of the form where that is known. */
function answeredKeys({ submission, answers }: SubmissionRow, book: FormBook): readonly string[] {
  const editions = book.find(({ name }) => name === submission.form)?.editions ?? [];
  const edition = editions.findLast(({ form }) => form.version === submission.version);
  const order = (edition?.form.questions ?? []).filter(isAsked).map(({ key }) => key);
  const known = order.filter((key) => Object.hasOwn(answers, key));
  return [...known, ...Object.keys(answers).filter((key) => !order.includes(key))];
}

/** Writes the log of the experiment and, with it, every form whose submission it tells of. */
export async function exportLogAndAnswers(
  ports: AnswerExportPorts,
  log: AsyncIterable<ExperimentEvent>,
  target: ExportTarget,
): Promise<readonly WrittenTable[]> {
  const { forms, book, pseudonyms } = ports;
  const events = await openTable(target, EXPERIMENT_LOG_TABLE);
  const answers = await openTable(target, ANSWERS_TABLE);
  const wide = new Map<string, TableWriter<SubmissionRow>>();
  for (const form of book) wide.set(form.name, await openTable(target, tableOfForm(form)));

  async function writeSubmission(submission: FormSubmission): Promise<void> {
    const row = submissionRow(submission, ports);
    await wide.get(submission.form)?.write(row);
    for (const question of answeredKeys(row, book)) {
      const isLeftOut = ports.personalData === null && Object.hasOwn(submission.sealed, question);
      await answers.write({ ...row, question, answer: row.answers[question] ?? null, isLeftOut });
    }
  }

  async function writeSubmissions(ids: readonly string[]): Promise<void> {
    const found = new Map((await forms.get(ids)).map((submission) => [submission.submissionId, submission]));
    for (const id of ids) {
      const submission = found.get(id);
      if (submission === undefined)
        throw new Error(`The experiment has a submission ${id} that is not kept.`);
      await writeSubmission(submission);
    }
  }

  // Whoever sends the same answers again has sent them once.
  const seen = new Set<string>();
  let waiting: string[] = [];
  for await (const event of log) {
    await events.write(experimentEventRow(event, pseudonyms));
    const submissionId = submissionIn(event);
    if (submissionId !== null && !seen.has(submissionId)) {
      seen.add(submissionId);
      waiting.push(submissionId);
    }
    if (waiting.length === BATCH) {
      await writeSubmissions(waiting);
      waiting = [];
    }
  }
  await writeSubmissions(waiting);
  const tables: WrittenTable[] = [];
  for (const table of [events, answers, ...wide.values()]) tables.push(await table.close());
  return tables;
}
