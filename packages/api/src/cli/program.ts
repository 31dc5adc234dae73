import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { TARGETS, TECHNIQUES } from '../injection/vocabulary.ts';
import { CASE_KINDS } from '../quality/labelledCase.ts';
import { CliFailure, EXIT } from './cliFailure.ts';
import type { ExitCode } from './cliFailure.ts';
import type { AttackOptions } from './commands/attack.ts';
import type { CheckOptions } from './commands/check.ts';
import type { CreateAdminOptions } from './commands/createAdmin.ts';
import type { ExperimentsOptions } from './commands/experiments.ts';
import type { PreflightOptions } from './commands/experimentsPreflight.ts';
import type { ExportOptions } from './commands/export.ts';
import type { ModelsOptions } from './commands/models.ts';
import type { QualityOptions } from './commands/quality.ts';
import type { ReplayOptions } from './commands/replay.ts';
import * as help from './help.ts';
import { createIo, describeFault } from './io.ts';
import type { CliIo } from './io.ts';
import type { DatabaseFlags } from './openData.ts';
import { printable } from './printable.ts';
import { projectFolder } from './projectFolders.ts';
import type { ServerFlags } from './serving.ts';
import { version } from './version.ts';
import type { CliWorld } from './world.ts';

interface Run {
  readonly io: CliIo;
  readonly world: CliWorld;
  exitCode: ExitCode;
}

/** Runs the command line `args` (without `node` and the program) to its end. Never rejects. */
export async function runCli(args: readonly string[], world: CliWorld): Promise<ExitCode> {
  const run: Run = { io: createIo(world), world, exitCode: EXIT.ok };
  try {
    await createProgram(run).parseAsync(args, { from: 'user' });
    return run.exitCode;
  } catch (fault) {
    // Commander has said what was wrong; asking for help or the version is no failure.
    if (fault instanceof CommanderError) return fault.exitCode === 0 ? EXIT.ok : EXIT.usage;
    for (const line of describeFault(fault).split('\n')) run.io.note(line);
    return fault instanceof CliFailure ? fault.exitCode : EXIT.failed;
  }
}

/* Commands are imported when they are run: `dcs --help` and `dcs admin keygen` need no database driver. */

function createProgram(run: Run): Command {
  const program = new Command('dcs')
    .description(
      'Play with minds unlike our own: run the server, check the data files, replay and manage what is kept.',
    )
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'explain a command')
    .helpCommand('help [command]', 'explain a command')
    .addHelpText('after', help.PROGRAM_HELP)
    .configureHelp({ showGlobalOptions: false })
    .configureOutput({
      writeOut: (text) => run.world.out(text),
      writeErr: (text) => run.world.err(text),
      outputError: (text, write) => write(`${printable(text)}\nSee "dcs --help".\n`),
    })
    .exitOverride();
  addServer(program, run);
  addCheck(program, run);
  addReplay(program, run);
  addExport(program, run);
  addVerify(program, run);
  addModels(program, run);
  addQuality(program, run);
  addAttack(program, run);
  const experiments = program
    .command('experiments')
    .description('list the experiments of the files, and simulate one before anybody is invited')
    .addHelpText('after', help.EXPERIMENTS_HELP);
  addExperimentsList(experiments, run);
  addPreflight(experiments, run);
  const admin = program
    .command('admin')
    .description('manage characters, keys and admins')
    .addHelpText('after', help.ADMIN_HELP);
  addKeygen(admin, run);
  addSeed(admin, run);
  addCreateAdmin(admin, run);
  return program;
}

const jsonOption = (): Option => new Option('--json', 'print the result as JSON');

const dataDirOption = (): Option =>
  new Option(
    '--data-dir <dir>',
    'where the embedded database and the generated keys are (default: DATA_DIR)',
  );

/** A folder of the project; help shows its name, not where the project happens to be. */
const folderOption = (name: string, what: string): Option =>
  new Option(`--${name} <dir>`, what).default(projectFolder(name), `./${name} of the project`);

function port(text: string): number {
  const number = Number(text);
  if (/^\d{1,5}$/.test(text) && number <= 65_535) return number;
  throw new InvalidArgumentError('It must be a number from 0 to 65535; 0 picks a free one.');
}

/** An empty address would mean every address: a variable that is not set must not open the server to the network. */
function host(text: string): string {
  if (text.trim() !== '') return text.trim();
  throw new InvalidArgumentError('It must be an address such as 127.0.0.1, or 0.0.0.0 for every one.');
}

function addServer(parent: Command, run: Run): void {
  parent
    .command('server')
    .description('run the server until it is stopped')
    .option('-p, --port <port>', 'where to listen (default: PORT or 5173)', port)
    .option('--host <host>', 'on which address to listen (default: HOST or 127.0.0.1)', host)
    .option('--in-memory', 'keep nothing: no database, all is gone when the server stops')
    .option('--headless', 'the API alone, without the pages')
    .addOption(dataDirOption().conflicts('inMemory'))
    .addHelpText('after', help.SERVER_HELP)
    .action(async (flags: ServerFlags) => {
      const { serve } = await import('./commands/server.ts');
      run.exitCode = await serve(run.io, flags, run.world);
    });
}

function addCheck(parent: Command, run: Run): void {
  parent
    .command('check')
    .description('check the files of games, experiments, seeds and attacks, offline')
    .addOption(folderOption('games', 'where the files of games are'))
    .addOption(folderOption('experiments', 'where the files of experiments are'))
    .addOption(folderOption('seeds', 'where the folder characters is'))
    .addOption(folderOption('attacks', 'where the files of attacks are'))
    .addOption(jsonOption())
    .addHelpText('after', help.CHECK_HELP)
    .action(async (options: CheckOptions) => {
      const { check } = await import('./commands/check.ts');
      run.exitCode = await check(run.io, options);
    });
}

function seq(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be the number of an event.');
}

function addReplay(parent: Command, run: Run): void {
  parent
    .command('replay')
    .description('tell a session from its log, verify it, or record it')
    .argument('<sessionId>', 'the session; the page and the API show its id')
    .option('--after <seq>', 'begin after this event', seq, 0)
    .option('--until <seq>', 'end with this event', seq)
    .addOption(new Option('--json', 'print JSON: the steps, one a line, or what was verified'))
    .addOption(
      new Option('--verify', 'compare what is kept with what the log folds to').conflicts(['after', 'until']),
    )
    .addOption(
      new Option('--record <file>', 'write a recording into a new file').conflicts([
        'after',
        'until',
        'json',
        'verify',
      ]),
    )
    .addOption(dataDirOption())
    .addHelpText('after', help.REPLAY_HELP)
    .action(async (sessionId: string, flags: Omit<ReplayOptions, 'sessionId'>) => {
      const { replay } = await import('./commands/replay.ts');
      run.exitCode = await replay(run.io, { ...flags, sessionId }, run.world);
    });
}

function addExport(parent: Command, run: Run): void {
  parent
    .command('export')
    .description('write all data of an experiment into a new folder or archive')
    .argument('<experiment>', 'the name of the experiment')
    .requiredOption('--to <place>', 'a folder, or a file that ends in .tar.gz; neither may be there yet')
    .option('--personal', 'say who participants are, too')
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .addHelpText('after', help.EXPORT_HELP)
    .action(async (experiment: string, flags: Omit<ExportOptions, 'experiment'>) => {
      const { exportCommand } = await import('./commands/export.ts');
      run.exitCode = await exportCommand(run.io, { ...flags, experiment }, run.world);
    });
}

function addVerify(parent: Command, run: Run): void {
  parent
    .command('verify')
    .description('check that an export is whole, unchanged, and fits together')
    .argument('<export>', 'a folder or an archive that dcs export has written')
    .addOption(jsonOption())
    .addHelpText('after', help.VERIFY_HELP)
    .action(async (place: string, flags: { json?: boolean }) => {
      const { verifyCommand } = await import('./commands/verify.ts');
      run.exitCode = await verifyCommand(run.io, { ...flags, place }, run.world);
    });
}

function days(text: string): number {
  const number = Number(text);
  if (/^\d{1,4}$/.test(text) && number >= 1) return number;
  throw new InvalidArgumentError('It must be a number of days from 1 to 9999.');
}

function addModels(parent: Command, run: Run): void {
  parent
    .command('models')
    .description('show which models are asked for what, and what that took')
    .option('--days <number>', 'how far to look back', days, 30)
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .addHelpText('after', help.MODELS_HELP)
    .action(async (options: ModelsOptions) => {
      const { models } = await import('./commands/models.ts');
      run.exitCode = await models(run.io, options, run.world);
    });
}

function questionsAtOnce(text: string): number {
  const number = Number(text);
  if (/^\d{1,2}$/.test(text) && number >= 1 && number <= 64) return number;
  throw new InvalidArgumentError('It must be a number of questions from 1 to 64.');
}

function perCent(text: string): number {
  const number = Number(text);
  if (/^\d{1,3}(\.\d+)?$/.test(text) && number <= 100) return number;
  throw new InvalidArgumentError('It must be a percentage from 0 to 100.');
}

function addQuality(parent: Command, run: Run): void {
  parent
    .command('quality')
    .description('ask judges and scorers about labelled cases, and say how often they are right')
    .argument('<dir>', 'a folder with files named *_cases.json and their characters.json')
    .addOption(new Option('--only <kind>', 'only cases of one kind').choices(CASE_KINDS))
    .option('--at-once <number>', 'how many questions are asked at once', questionsAtOnce, 4)
    .option('--at-least <percent>', 'exit with 1 unless every line reaches this', perCent)
    .option('--wrong', 'tell every answer that was not right')
    .addOption(jsonOption())
    .addHelpText('after', help.QUALITY_HELP)
    .action(async (folder: string, flags: Omit<QualityOptions, 'folder'>) => {
      const { quality } = await import('./commands/quality.ts');
      run.exitCode = await quality(run.io, { ...flags, folder }, run.world);
    });
}

function sessionsAtOnce(text: string): number {
  const number = Number(text);
  if (/^\d{1,2}$/.test(text) && number >= 1 && number <= 64) return number;
  throw new InvalidArgumentError('It must be a number of sessions from 1 to 64.');
}

function sample(text: string): number {
  const number = Number(text);
  if (/^\d{1,5}$/.test(text) && number >= 1) return number;
  throw new InvalidArgumentError('It must be a number of attacks from 1 to 99999.');
}

function addAttack(parent: Command, run: Run): void {
  parent
    .command('attack')
    .description('try on the models what players may try on them, and say what gets through')
    .addOption(new Option('--target <role>', 'only attacks that are aimed at it').choices(TARGETS))
    .addOption(new Option('--technique <name>', 'only attacks that go by it').choices(TECHNIQUES))
    .option('--game <name>', 'only in this game')
    .option('--sample <number>', 'only so many attacks, spread over all that fit', sample)
    .option('--at-once <number>', 'how many sessions are played at once', sessionsAtOnce, 2)
    .addOption(folderOption('attacks', 'where the files of attacks are'))
    .addOption(folderOption('games', 'where the files of games are'))
    .addOption(folderOption('seeds', 'where the folder characters is'))
    .addOption(jsonOption())
    .addHelpText('after', help.ATTACK_HELP)
    .action(async (options: AttackOptions) => {
      const { attack } = await import('./commands/attack.ts');
      run.exitCode = await attack(run.io, options, run.world);
    });
}

function addExperimentsList(parent: Command, run: Run): void {
  parent
    .command('list')
    .description('list the experiments of the files, offline')
    .addOption(folderOption('experiments', 'where the files of experiments are'))
    .addOption(folderOption('games', 'where the files of games are'))
    .addOption(folderOption('seeds', 'where the folder characters is'))
    .addOption(jsonOption())
    .addHelpText('after', help.EXPERIMENTS_LIST_HELP)
    .action(async (options: ExperimentsOptions) => {
      const { listExperiments } = await import('./commands/experiments.ts');
      run.exitCode = await listExperiments(run.io, options);
    });
}

function participants(text: string): number {
  const number = Number(text);
  if (/^\d{1,5}$/.test(text) && number >= 1 && number <= 10_000) return number;
  throw new InvalidArgumentError('It must be a number of participants from 1 to 10000.');
}

function dollars(text: string): number {
  const number = Number(text);
  if (/^\d{1,4}(\.\d{1,8})?$/.test(text)) return number;
  throw new InvalidArgumentError('It must be a number of dollars such as 0.002.');
}

function addPreflight(parent: Command, run: Run): void {
  parent
    .command('preflight')
    .description('simulate an experiment, and say whether it is ready for people')
    .argument('<name>', 'the experiment; "dcs experiments list" shows the names')
    .option('--participants <number>', 'how many come (default: as many as may, or 100)', participants)
    .option('--seed <text>', 'what chance is drawn from', 'preflight')
    .option('--dollars-per-call <number>', 'what a call to a model costs', dollars)
    .addOption(folderOption('experiments', 'where the files of experiments are'))
    .addOption(folderOption('games', 'where the files of games are'))
    .addOption(folderOption('seeds', 'where the folder characters is'))
    .addOption(jsonOption())
    .addHelpText('after', help.PREFLIGHT_HELP)
    .action(async (name: string, flags: Omit<PreflightOptions, 'name'>) => {
      const { preflight } = await import('./commands/experimentsPreflight.ts');
      run.exitCode = await preflight(run.io, { ...flags, name }, run.world);
    });
}

function addKeygen(parent: Command, run: Run): void {
  parent
    .command('keygen')
    .description('print a new access key without keeping it')
    .addOption(jsonOption())
    .addHelpText('after', help.KEYGEN_HELP)
    .action(async (options: { json?: boolean }) => {
      const { keygen } = await import('./commands/keygen.ts');
      run.exitCode = keygen(run.io, options);
    });
}

function addSeed(parent: Command, run: Run): void {
  parent
    .command('seed')
    .description('make the character files of a folder, or a dump, the current ones')
    .argument('<dir>', 'a folder of character files, one with a folder named characters, or a JSON dump')
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .addHelpText('after', help.SEED_HELP)
    .action(async (folder: string, flags: DatabaseFlags & { json?: boolean }) => {
      const { seed } = await import('./commands/seed.ts');
      run.exitCode = await seed(run.io, { ...flags, folder }, run.world);
    });
}

function addCreateAdmin(parent: Command, run: Run): void {
  parent
    .command('create-admin')
    .description('create a player who is an admin, and print the access key')
    .option('--name <name>', 'the full name, for the lists of players', 'Admin')
    .addOption(dataDirOption())
    .addOption(jsonOption())
    .addHelpText('after', help.CREATE_ADMIN_HELP)
    .action(async (options: CreateAdminOptions) => {
      const { createAdmin } = await import('./commands/createAdmin.ts');
      run.exitCode = await createAdmin(run.io, options, run.world);
    });
}
