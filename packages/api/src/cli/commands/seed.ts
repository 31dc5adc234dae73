import { extname, join, resolve } from 'node:path';
import { formatProblem, loadCharacters, loadReferenceFile } from '../../catalog/index.ts';
import type { CatalogCharacter, LoadedCharacters } from '../../catalog/index.ts';
import { EXIT } from '../cliFailure.ts';
import type { ExitCode } from '../cliFailure.ts';
import type { CliIo } from '../io.ts';
import type { DatabaseFlags, DataPorts, OpenData } from '../openData.ts';
import { isThere, shownPath } from '../projectFolders.ts';

export interface SeedOptions extends DatabaseFlags {
  readonly folder: string;
  readonly json?: boolean;
}

const OUTCOMES = ['created', 'updated', 'unchanged'] as const;
type Outcome = (typeof OUTCOMES)[number];

/** A dump of characters is one JSON file. */
const isDump = (folder: string): boolean => extname(folder) === '.json';

/** The folder with the sheets: `seeds` is as good a name for it as `seeds/characters`. */
function charactersFolder(folder: string): string {
  const inner = join(resolve(folder), 'characters');
  return shownPath(isThere(inner) ? inner : resolve(folder));
}

function refusalOf(folder: string, { characters, problems }: LoadedCharacters): string | null {
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  if (errors === 1) return 'Nothing was written: there is an error to mend.';
  if (errors > 1) return `Nothing was written: there are ${errors} errors to mend.`;
  return characters.length === 0 ? `Nothing was written: there is no character file in ${folder}.` : null;
}

/** The account comes before the change: a crash between them leaves a change too many in it, never one too few. */
async function importOne(
  { sheet, revision }: CatalogCharacter,
  { stores }: OpenData,
  ports: DataPorts,
): Promise<Outcome> {
  const before = await stores.characters.currentRevision(sheet.hid);
  if (before === revision) return 'unchanged';
  const outcome = before === null ? 'created' : 'updated';
  const at = ports.now();
  await stores.audit.append({
    auditId: ports.newId(),
    at,
    actorId: 'system',
    action: `character/${outcome}`,
    targetId: sheet.hid,
    details: { revision, by: 'dcs admin seed' },
  });
  await stores.characters.put(sheet, { revision, at });
  return outcome;
}

async function importAll(
  characters: readonly CatalogCharacter[],
  data: OpenData,
  ports: DataPorts,
): Promise<Readonly<Record<Outcome, readonly string[]>>> {
  const done: Record<Outcome, string[]> = { created: [], updated: [], unchanged: [] };
  for (const character of characters) done[await importOne(character, data, ports)].push(character.sheet.hid);
  return done;
}

/**
 * `dcs admin seed <from>`: makes the sheets of a folder, or of a dump, the current ones. Nothing is written unless every sheet is
 * valid, and repeating it writes nothing.
 */
export async function seed(io: CliIo, options: SeedOptions, ports: DataPorts): Promise<ExitCode> {
  const { json } = options;
  const dump = isDump(options.folder);
  const from = dump ? shownPath(resolve(options.folder)) : charactersFolder(options.folder);
  const loaded = await (dump ? loadReferenceFile(from) : loadCharacters(from));
  const refusal = refusalOf(from, loaded);
  for (const problem of loaded.problems) io.note(formatProblem(problem));
  if (refusal !== null) {
    io.note(refusal);
    if (json) io.json({ ok: false, folder: from, problems: loaded.problems });
    return EXIT.failed;
  }
  await using data = await ports.openData(options);
  const done = await importAll(loaded.characters, data, ports);
  if (json) io.json({ ok: true, folder: from, database: data.where, ...done });
  else {
    for (const outcome of OUTCOMES) io.line(`${done[outcome].length} ${outcome}${listed(done[outcome])}`);
    io.note(`Characters of ${from} are now in ${data.where}.`);
  }
  return EXIT.ok;
}

const listed = (hids: readonly string[]): string => (hids.length === 0 ? '' : `: ${hids.join(', ')}`);
