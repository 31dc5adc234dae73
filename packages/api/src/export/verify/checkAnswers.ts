import type { ExperimentEvent } from '@dcs/engine';
import type { WrittenRow } from '../column.ts';
import type { FormBook } from '../formBook.ts';
import { formTableName } from '../tables/answers.ts';
import type { Findings } from './findings.ts';

type Submitted = Extract<ExperimentEvent, { type: 'formSubmitted' }>;

/** What the log of the experiment knows of forms that were submitted, by id. */
export type KnownSubmissions = Map<string, Submitted>;

/** Whether what a table says of a submission is what the log says. */
export function checkSubmission(row: WrittenRow, known: KnownSubmissions, findings: Findings): void {
  const {
    submission_id: id,
    participant,
    form,
    version,
    group_id: groupId,
    assignment_id: assignmentId,
  } = row;
  const event = typeof id === 'string' ? known.get(id) : undefined;
  const isSame =
    event !== undefined &&
    event.participantId === participant &&
    event.form === form &&
    event.version === version &&
    event.groupId === groupId &&
    event.assignmentId === assignmentId;
  if (!isSame) findings.add('log/differs', `The submission ${JSON.stringify(id)} is not one of the log.`);
}

/** Whether the tables of the forms have every submission of the log. `found` are the ids in each table. */
export function checkComplete(
  known: KnownSubmissions,
  { book, found }: { readonly book: FormBook; readonly found: ReadonlyMap<string, ReadonlySet<unknown>> },
  findings: Findings,
): void {
  const booked = new Set(book.map(({ name }) => name));
  for (const [id, { form }] of known) {
    const table = formTableName(form);
    if (booked.has(form) && found.get(table)?.has(id) !== true) {
      findings.add('log/row-missing', `${table} has no ${id}, which the log has.`);
    }
  }
}
