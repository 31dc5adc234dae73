import { experimentSchema } from '@dcs/engine';
import type { ExperimentConfig, Game } from '@dcs/engine';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { experimentRevision } from '../../catalog/revision.ts';
import { createCodebook } from '../codebook.ts';
import { codebookText } from '../codebookText.ts';
import type { TableFacts } from '../column.ts';
import { ExportFailure } from '../exportFailure.ts';
import { exportTables } from '../exportTables.ts';
import { createFormBook } from '../formBook.ts';
import type { FormBook } from '../formBook.ts';
import { MANIFEST_FILE, manifestSchema } from '../manifest.ts';
import type { Manifest } from '../manifest.ts';
import { checkContents } from './checkContents.ts';
import { checkFiles } from './checkFiles.ts';
import type { SessionsChecked } from './checkSessions.ts';
import type { OpenExport } from './checkTable.ts';
import { createFindings } from './findings.ts';
import type { ExportFinding, Findings } from './findings.ts';

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
  { revision, config, dependencies }: Manifest['revisions'][number],
  findings: Findings,
): ExperimentConfig | null {
  if (experimentRevision(config, dependencies) !== revision) {
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
