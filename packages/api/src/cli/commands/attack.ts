import { builtInGames, createGameRegistry, GAME_ROLES } from '@dcs/engine';
import { join } from 'node:path';
import { loadCharacters, loadGameFiles } from '../../catalog/index.ts';
import type { AttackWorld } from '../../injection/attackTable.ts';
import { transcriptLines, transcriptOf } from '../../injection/attackTranscript.ts';
import { figuresOf } from '../../injection/figures.ts';
import type { AttackFigures } from '../../injection/figures.ts';
import { loadAttacks } from '../../injection/loadAttacks.ts';
import { runTrials, trialsOf } from '../../injection/trials.ts';
import type { Trial } from '../../injection/trials.ts';
import type { Target, Technique } from '../../injection/vocabulary.ts';
import type { AskModelsPorts } from '../askModels.ts';
import { CliFailure, EXIT } from '../cliFailure.ts';
import type { ExitCode } from '../cliFailure.ts';
import type { CliIo } from '../io.ts';
import { shownPath } from '../projectFolders.ts';
import { table } from '../table.ts';
import type { Row } from '../table.ts';

export interface AttackOptions {
  readonly attacks: string;
  readonly games: string;
  readonly seeds: string;
  /** Left out, all of them. */
  readonly game?: string;
  readonly technique?: Technique;
  readonly target?: Target;
  /** Only so many trials, spread over all that fit. */
  readonly sample?: number;
  /** Sessions at once. */
  readonly atOnce: number;
  readonly json?: boolean;
}

/** Every so many of them, so that a sample has something of everything. */
function sampled(trials: readonly Trial[], most = trials.length): readonly Trial[] {
  if (most >= trials.length) return trials;
  return Array.from({ length: most }, (_, index) => {
    const trial = trials[Math.floor((index * trials.length) / most)];
    return trial === undefined ? [] : [trial];
  }).flat();
}

async function openWorld({ games, seeds }: AttackOptions): Promise<Omit<AttackWorld, 'model'>> {
  const [{ gameFiles }, { characters }] = await Promise.all([
    loadGameFiles(shownPath(games), { games: builtInGames }),
    loadCharacters(join(shownPath(seeds), 'characters')),
  ]);
  const files = gameFiles.map(({ gameFile }) => gameFile);
  return { games: createGameRegistry(builtInGames, files), characters };
}

async function trialsFor(
  options: AttackOptions,
  world: Omit<AttackWorld, 'model'>,
): Promise<readonly Trial[]> {
  const { game, technique, target, sample } = options;
  const { attacks, problems } = await loadAttacks(shownPath(options.attacks));
  if (problems.some(({ severity }) => severity === 'error'))
    throw new CliFailure('The files of attacks have errors. "dcs check" names them.');
  const wanted = trialsOf(attacks, world).filter(
    ({ attack, seating }) =>
      (game === undefined || seating.game === game) &&
      (technique === undefined || attack.technique === technique) &&
      (target === undefined || attack.target === target),
  );
  if (wanted.length > 0) return sampled(wanted, sample);
  throw new CliFailure('No attack fits, or nobody can play its game. "dcs check" tells what there is.');
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

const HEAD: Row = ['by', 'name', 'tried', 'through', 'held back', 'undecided', 'share', '95 % interval'];

const rowOf = ({ by, name, tried, through, heldBack, undecided, share, interval }: AttackFigures): Row => [
  by,
  name,
  ...[tried, through, heldBack, undecided].map(String),
  tried === undecided ? '' : percent(share),
  `${(interval.low * 100).toFixed(1)} to ${percent(interval.high)}`,
];

/** Tells ten times how far it is; nothing of it is a result. */
function progressTo(io: CliIo): (tried: number, of: number) => void {
  let told = 0;
  return (tried, of) => {
    const tenths = Math.floor((tried * 10) / of);
    if (tenths === told) return;
    told = tenths;
    io.note(`${tried} of ${of} attacks tried.`);
  };
}

/**
 * `dcs attack`: has the attacks of the corpus tried on the models in force, each in a session of its own that nothing is kept
 * of, and says how many got through, and how. Changes nothing.
 */
export async function attack(io: CliIo, options: AttackOptions, ports: AskModelsPorts): Promise<ExitCode> {
  const { atOnce, json = false } = options;
  const offered = await openWorld(options);
  const trials = await trialsFor(options, offered);
  await using models = await ports.askModels();
  const world: AttackWorld = { ...offered, model: models.model };
  const tried = await runTrials(trials, world, { atOnce, onTried: progressTo(io) });
  const use = await models.finish();
  const figures = figuresOf(tried);
  const through = tried.filter(({ outcome }) => outcome === 'through');
  const isDecided = tried.some(({ outcome }) => outcome !== 'undecided');
  const ok = through.length === 0 && isDecided;
  if (json) {
    io.json({ ok, models: models.chains, figures, through: through.map(transcriptOf), use });
    return ok ? EXIT.ok : EXIT.failed;
  }
  const chains = GAME_ROLES.map((role) => [role, models.chains[role].join(', then ')]);
  for (const line of table(chains, 2)) io.line(line);
  io.line('');
  for (const line of table([HEAD, ...figures.map(rowOf)], 2)) io.line(line);
  for (const one of through) {
    io.line('');
    for (const line of transcriptLines(one)) io.line(line);
  }
  if (!isDecided) io.note('No attack was decided: see what the models say, and check their settings.');
  return ok ? EXIT.ok : EXIT.failed;
}
