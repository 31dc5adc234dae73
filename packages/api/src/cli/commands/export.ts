import type { Game } from '@dcs/engine';
import { createWriteStream } from 'node:fs';
import { access, chmod, mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { isArchive, packExport } from '../../export/archive.ts';
import { noSuchExperiment } from '../../export/exportFailure.ts';
import { stageExport } from '../../export/stagedExport.ts';
import type { StagedExport } from '../../export/stagedExport.ts';
import { CliFailure, EXIT } from '../cliFailure.ts';
import type { ExitCode } from '../cliFailure.ts';
import type { CliIo } from '../io.ts';
import type { DatabaseFlags, DataPorts, OpenData } from '../openData.ts';
import { shownPath } from '../projectFolders.ts';
import { version } from '../version.ts';

export interface ExportOptions extends DatabaseFlags {
  /** Its name. */
  readonly experiment: string;
  /** A new folder, or a new archive. */
  readonly to: string;
  /** Whether to export who participants are, too. */
  readonly personal?: boolean;
  readonly json?: boolean;
}

export interface ExportCommandPorts extends DataPorts {
  /** Those whose sessions can be folded. */
  readonly games: () => Promise<readonly Game[]>;
}

async function assertNew(place: string): Promise<void> {
  const isThere = await access(place).then(
    () => true,
    () => false,
  );
  if (!isThere) return;
  throw new CliFailure(`${shownPath(place)} is there already. Choose a name that is not taken.`);
}

/** Only whole archives get the name that was asked for. */
async function writeArchive(folder: string, file: string): Promise<void> {
  const partial = `${file}.partial`;
  try {
    const name = path.basename(file).replace(/\.(tar\.gz|tgz)$/, '');
    await pipeline(packExport(folder, name), createWriteStream(partial, { flags: 'wx', mode: 0o600 }));
    await rename(partial, file);
  } catch (fault) {
    await rm(partial, { force: true });
    throw fault;
  }
}

/** Whoever takes data out of the database is on record for it, before the first of it is out. */
async function note(
  { stores }: OpenData,
  { now, newId }: ExportCommandPorts,
  { experiment, personal = false }: ExportOptions,
): Promise<void> {
  await stores.audit.append({
    auditId: newId(),
    at: now(),
    actorId: 'system',
    action: 'experiment/exported',
    targetId: experiment,
    details: { personal },
  });
}

async function stage(options: ExportOptions, ports: ExportCommandPorts): Promise<StagedExport> {
  const experiment = options.experiment.toLowerCase();
  await using data = await ports.openData(options);
  const [first] = await data.stores.experimentLog.read(experiment, 0, 1);
  if (first === undefined) throw noSuchExperiment(experiment);
  await note(data, ports, { ...options, experiment });
  const personalData = options.personal === true ? await data.personalData() : null;
  const clock = { now: ports.now };
  const exportPorts = { stores: data.stores, games: await ports.games(), clock, engineVersion: version };
  // Beside its place, so that it can be moved there in one step.
  const parent = path.dirname(path.resolve(options.to));
  await mkdir(parent, { recursive: true });
  // Not before the last of it is read may the database be closed.
  return await stageExport(exportPorts, { experiment, personalData }, parent);
}

/** `dcs export <experiment> --to <place>`: all data of an experiment, in a new folder or archive. Changes nothing else. */
export async function exportCommand(
  io: CliIo,
  options: ExportOptions,
  ports: ExportCommandPorts,
): Promise<ExitCode> {
  const place = path.resolve(options.to);
  // Before the database is opened, which takes a while.
  await assertNew(place);
  await using staged = await stage(options, ports);
  const { folder, manifest } = staged;
  if (isArchive(place)) await writeArchive(folder, place);
  else {
    await chmod(folder, 0o700);
    await rename(folder, place);
  }
  const { tables, asOf, personal } = manifest;
  if (options.json === true) {
    io.json({ to: place, experiment: manifest.experiment, personal, asOf, tables });
    return EXIT.ok;
  }
  for (const { name, rows } of tables) io.line(`${String(rows).padStart(9)} ${name}`);
  io.line('');
  io.line(`${manifest.experiment} as of event ${asOf.experimentSeq}, in ${shownPath(place)}.`);
  if (personal) io.note('It says who participants are: keep it where only those can read it who may.');
  return EXIT.ok;
}
