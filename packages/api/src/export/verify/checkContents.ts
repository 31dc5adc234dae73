import { createExperimentFold } from '@dcs/engine';
import type { CharacterSheet, ExperimentState, Game } from '@dcs/engine';
import type { TableFacts, WrittenRow } from '../column.ts';
import { tableOfForm } from '../formBook.ts';
import type { FormBook } from '../formBook.ts';
import { ANSWERS_TABLE } from '../tables/answers.ts';
import { ASSIGNMENTS_TABLE } from '../tables/assignments.ts';
import { CHARACTERS_TABLE } from '../tables/characters.ts';
import { EVENTS_TABLE } from '../tables/events.ts';
import { EXPERIMENT_LOG_TABLE } from '../tables/experimentLog.ts';
import { FEEDBACK_TABLE } from '../tables/feedback.ts';
import { MODEL_CALLS_TABLE } from '../tables/modelCalls.ts';
import { participantsTable } from '../tables/participants.ts';
import { SCORES_TABLE } from '../tables/scores.ts';
import { SESSIONS_TABLE } from '../tables/sessions.ts';
import { checkComplete, checkSubmission } from './checkAnswers.ts';
import type { KnownSubmissions } from './checkAnswers.ts';
import { checkFolded } from './checkRecords.ts';
import { checkSessions } from './checkSessions.ts';
import type { SessionsChecked } from './checkSessions.ts';
import { checkedRows } from './checkTable.ts';
import type { KnownValues, OpenExport } from './checkTable.ts';
import { createFindings, whyNot } from './findings.ts';
import { characterOf, experimentEventOf } from './parsers.ts';

/** All rows of a table that is held in memory, by the value of its key. */
async function rowsByKey(
  rows: AsyncIterable<WrittenRow>,
  { key: [column = ''] }: TableFacts,
): Promise<ReadonlyMap<unknown, WrittenRow>> {
  const found = new Map<unknown, WrittenRow>();
  for await (const row of rows) found.set(row[column], row);
  return found;
}

async function drain(rows: AsyncIterable<WrittenRow>, onRow: (row: WrittenRow) => void): Promise<void> {
  for await (const row of rows) onRow(row);
}

interface ReadLog {
  readonly state: ExperimentState;
  readonly submissions: KnownSubmissions;
}

/** Folds the log of the experiment again, as far as it can be folded: whoever wrote it may have written anything. */
async function readLog(opened: OpenExport, known: KnownValues): Promise<ReadLog> {
  const { manifest, findings } = opened;
  const { experiment, asOf } = manifest;
  const fold = createExperimentFold();
  const submissions: KnownSubmissions = new Map();
  let isWhole = true;
  for await (const row of checkedRows(opened, EXPERIMENT_LOG_TABLE, known)) {
    if (!isWhole) continue;
    try {
      const event = experimentEventOf(experiment, row);
      fold.apply(event);
      if (event.type === 'formSubmitted') submissions.set(event.submissionId, event);
    } catch (fault) {
      isWhole = false;
      findings.add('log/unfoldable', `The log of the experiment cannot be folded: ${whyNot(fault)}`);
    }
  }
  const { state } = fold;
  if (state.lastSeq !== asOf.experimentSeq) {
    const message = `The log of the experiment ends with event ${state.lastSeq}, not with ${asOf.experimentSeq}.`;
    findings.add('log/gap', message);
  }
  if (state.revision !== manifest.revision) {
    findings.add(
      'manifest/revision',
      'The manifest names another revision than the log as the one in force.',
    );
  }
  return { state, submissions };
}

async function checkForms(
  opened: OpenExport,
  { known, book, submissions }: { known: KnownValues; book: FormBook; submissions: KnownSubmissions },
): Promise<void> {
  const { findings } = opened;
  await drain(checkedRows(opened, ANSWERS_TABLE, known), (row) =>
    checkSubmission(row, submissions, findings),
  );
  const found = new Map<string, Set<unknown>>();
  for (const table of book.map(tableOfForm)) {
    const ids = new Set<unknown>();
    await drain(checkedRows(opened, table, known), (row) => {
      ids.add(row['submission_id']);
      checkSubmission(row, submissions, findings);
    });
    found.set(table.name, ids);
  }
  checkComplete(submissions, { book, found }, findings);
}

/** Whether the tables fit together, and are what the logs in them fold to. */
export async function checkContents(
  opened: OpenExport,
  { book, games }: { readonly book: FormBook; readonly games: readonly Game[] },
): Promise<SessionsChecked> {
  const { manifest, findings } = opened;
  const participantTable = participantsTable({ personal: manifest.personal });
  const known: KnownValues = new Map();
  // The sessions refer to the assignments and the other way round: their keys come first, and silently.
  const silent = { ...opened, findings: createFindings() };
  const all: KnownValues = new Map();
  for (const table of [participantTable, ASSIGNMENTS_TABLE, SESSIONS_TABLE]) {
    const [column = ''] = table.key;
    const rows = await rowsByKey(checkedRows(silent, table, all), table);
    known.set(`${table.name}.${column}`, new Set(rows.keys()));
  }
  const participants = await rowsByKey(checkedRows(opened, participantTable, known), participantTable);
  const assignments = await rowsByKey(checkedRows(opened, ASSIGNMENTS_TABLE, known), ASSIGNMENTS_TABLE);
  const sessions = await rowsByKey(checkedRows(opened, SESSIONS_TABLE, known), SESSIONS_TABLE);
  const { state, submissions } = await readLog(opened, known);
  checkFolded(state, { participants, assignments }, findings);
  await checkForms(opened, { known, book, submissions });

  const sheets = new Map<string, CharacterSheet>();
  await drain(checkedRows(opened, CHARACTERS_TABLE, known), (row) => {
    const character = characterOf(row);
    if (character === null) {
      findings.add(
        'table/unreadable',
        `The sheet of ${JSON.stringify(row['hid'])} is none that can be played.`,
      );
    } else sheets.set(`${character.hid}@${character.revision}`, character.sheet);
  });
  const events = checkedRows(opened, EVENTS_TABLE, known);
  const checked = await checkSessions(opened, { games, sheets, rows: sessions }, { state, events });
  for (const table of [FEEDBACK_TABLE, SCORES_TABLE, MODEL_CALLS_TABLE]) {
    await drain(checkedRows(opened, table, known), () => undefined);
  }
  return checked;
}
