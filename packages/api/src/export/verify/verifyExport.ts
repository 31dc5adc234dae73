import { createExperimentFold, experimentSchema } from '@dcs/engine';
import type { CharacterSheet, ExperimentConfig, ExperimentState, Game } from '@dcs/engine';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { canonicalJson } from '../../catalog/canonicalJson.ts';
import { createCodebook } from '../codebook.ts';
import { codebookText } from '../codebookText.ts';
import type { TableFacts, WrittenRow } from '../column.ts';
import { ExportFailure } from '../exportFailure.ts';
import { exportTables } from '../exportTables.ts';
import { createFormBook, tableOfForm } from '../formBook.ts';
import type { FormBook } from '../formBook.ts';
import { MANIFEST_FILE, manifestSchema } from '../manifest.ts';
import type { Manifest } from '../manifest.ts';
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
import { checkFiles } from './checkFiles.ts';
import { checkFolded } from './checkRecords.ts';
import { checkSessions } from './checkSessions.ts';
import type { SessionsChecked } from './checkSessions.ts';
import { checkedRows } from './checkTable.ts';
import type { KnownValues, OpenExport } from './checkTable.ts';
import { createFindings } from './findings.ts';
import type { ExportFinding, Findings } from './findings.ts';
import { characterOf, experimentEventOf } from './parsers.ts';

export interface ExportVerification extends SessionsChecked {
  readonly experiment: string;
  /** SHA-256 of the manifest, in hexadecimal: whoever has noted it knows that nothing was changed since. */
  readonly manifestSha256: string;
  readonly files: number;
  readonly rows: number;
  /** The first hundred. */
  readonly findings: readonly ExportFinding[];
  readonly findingCount: number;
}

const sha256 = (text: string | Buffer): string => createHash('sha256').update(text).digest('hex');

async function readManifest(
  folder: string,
): Promise<{ readonly manifest: Manifest; readonly sha256: string }> {
  try {
    const bytes = await readFile(path.join(folder, MANIFEST_FILE));
    return { manifest: manifestSchema.parse(JSON.parse(bytes.toString('utf8'))), sha256: sha256(bytes) };
  } catch (cause) {
    const detail = cause instanceof z.ZodError ? z.prettifyError(cause) : String(cause);
    const message = `${MANIFEST_FILE} of ${folder} cannot be read: this is no whole export.\n${detail}`;
    throw new ExportFailure('export/unreadable', message, { cause });
  }
}

function configOf(
  { revision, config }: Manifest['revisions'][number],
  findings: Findings,
): ExperimentConfig | null {
  if (sha256(canonicalJson(config)) !== revision) {
    findings.add(
      'manifest/revision',
      `The configuration ${revision} is not the one that this hash belongs to.`,
    );
  }
  const parsed = experimentSchema.safeParse(config);
  if (parsed.success) return parsed.data;
  const why = z.prettifyError(parsed.error).replaceAll('\n', ' ');
  findings.add('manifest/config', `The configuration ${revision} cannot be read: ${why}`);
  return null;
}

function bookOf({ revisions }: Manifest, findings: Findings): FormBook {
  const known = revisions.map((kept) => ({ revision: kept.revision, config: configOf(kept, findings) }));
  return createFormBook(
    known.flatMap(({ revision, config }) => (config === null ? [] : [{ revision, config }])),
  );
}

/** Whether manifest and codebook tell of the tables that such an export has, and of no others. */
async function checkCodebook(
  { folder, manifest, findings }: OpenExport,
  tables: readonly TableFacts[],
  book: FormBook,
): Promise<void> {
  const names = new Set(manifest.tables.map(({ name }) => name));
  for (const { name } of tables) {
    if (!names.delete(name)) findings.add('manifest/table', `The manifest does not know the table ${name}.`);
  }
  for (const name of names) findings.add('manifest/table', `There is no table ${name} in such an export.`);
  const codebook = createCodebook(manifest.experiment, tables, book);
  const text = await readFile(path.join(folder, 'codebook.json'), 'utf8');
  const prose = await readFile(path.join(folder, 'codebook.md'), 'utf8');
  if (text !== `${JSON.stringify(codebook, null, 2)}\n` || prose !== codebookText(codebook)) {
    findings.add('codebook/differs', 'The codebook is not that of these tables and forms.');
  }
}

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

/** Folds the log of the experiment again. What cannot be folded ends it. */
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
      if (!(fault instanceof RangeError || fault instanceof z.ZodError)) throw fault;
      isWhole = false;
      findings.add('log/unfoldable', `The log of the experiment cannot be folded: ${fault.message}`);
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

async function checkContents(
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
    const { hid, revision, sheet } = characterOf(row);
    sheets.set(`${hid}@${revision}`, sheet);
  });
  const events = checkedRows(opened, EVENTS_TABLE, known);
  const checked = await checkSessions(opened, { games, sheets, rows: sessions }, { state, events });
  for (const table of [FEEDBACK_TABLE, SCORES_TABLE, MODEL_CALLS_TABLE]) {
    await drain(checkedRows(opened, table, known), () => undefined);
  }
  return checked;
}

/**
 * Reads a whole export and says what about it is not as it was written, or does not fit together: files, counts, keys, what
 * the log of the experiment folds to and, of the games that are given, what the events of each session fold to. Where files
 * are missing or changed, only that is told: nothing else would be news. Rejects with ExportFailure where there is no export.
 */
export async function verifyExport(folder: string, games: readonly Game[]): Promise<ExportVerification> {
  const { manifest, sha256: manifestSha256 } = await readManifest(folder);
  const findings = createFindings();
  const opened = { folder, manifest, findings };
  await checkFiles(folder, manifest, findings);
  let checked: SessionsChecked = { sessions: manifest.asOf.sessions, folded: 0 };
  if (findings.count === 0) {
    const book = bookOf(manifest, findings);
    await checkCodebook(opened, exportTables(book, manifest), book);
    checked = findings.count === 0 ? await checkContents(opened, { book, games }) : checked;
  }
  return {
    experiment: manifest.experiment,
    manifestSha256,
    files: manifest.files.length,
    rows: manifest.tables.reduce((sum, { rows }) => sum + rows, 0),
    ...checked,
    findings: findings.found,
    findingCount: findings.count,
  };
}
