import type { CharacterSheet } from '../../characters/character.schema.ts';
import { selectCharacters } from '../../characters/filters.ts';
import { eligibleCharacters, findGame } from '../../game/registry.ts';
import type { GameEntry } from '../../game/registry.ts';
import type { CurrentCharacter } from '../../ports.ts';
import { configureGame } from '../../session/configureGame.ts';
import { upperLimit } from '../../session/stoppingConditions.ts';
import type { UpperLimits } from '../../session/stoppingConditions.ts';
import { variantOf } from '../experiment.schema.ts';
import type { ExperimentConfig, ExperimentGame } from '../experiment.schema.ts';
import { divergenceTable } from './divergenceTable.ts';
import { expertiseMatcher } from './expertise.ts';
import type { ExpertiseMatcher } from './expertise.ts';
import type { PoolGame, StrategyInput } from './strategy.ts';

/** What an experiment goes by beside its own file. */
export interface ExperimentDependencies {
  readonly games: readonly GameEntry[];
  /** Ordered by hid. */
  readonly characters: readonly CurrentCharacter[];
}

/** An experiment with all that its assignments depend on beside its log. Made once for each revision. */
export interface ExperimentPlan {
  readonly name: string;
  readonly config: ExperimentConfig;
  readonly dependencies: ExperimentDependencies;
  /** What chance is drawn from, as text. */
  readonly seed: string;
  /** In the order of the file, each with its whole cast. */
  readonly games: readonly PoolGame[];
  /** By which rules and which file each game is played, by variant; a game that is not offered is not among them. */
  readonly entries: ReadonlyMap<string, GameEntry>;
  /** At what the sessions of each game end, by variant. */
  readonly limits: ReadonlyMap<string, UpperLimits>;
  /** Of its characters, by handle. */
  readonly sheets: ReadonlyMap<string, CharacterSheet>;
  readonly divergence: StrategyInput['divergence'];
  readonly expertise: ExpertiseMatcher;
}

/**
 * A game whose cast is empty, or that is not among its dependencies any more, stays in the plan and is offered to nobody: what was
 * played of it must be readable for ever. Of a file that names no game, `dcs check` says so.
 */
export function planExperiment(
  config: ExperimentConfig,
  dependencies: ExperimentDependencies,
): ExperimentPlan {
  const { games, characters } = dependencies;
  const sheets = characters.map(({ sheet }) => sheet);
  const entries = entriesOf(config, games);
  return {
    name: config.name,
    config,
    dependencies,
    seed: String(config.seed ?? config.name),
    games: poolGames(config, entries, characters),
    entries,
    limits: new Map(config.games.map((game) => [variantOf(game), limitsOf(game, entries)])),
    sheets: new Map(sheets.map((sheet) => [sheet.hid, sheet])),
    divergence: divergenceTable(sheets),
    expertise: expertiseMatcher(new Map(sheets.map(({ hid, commonLabels }) => [hid, commonLabels]))),
  };
}

export function entriesOf(config: ExperimentConfig, games: readonly GameEntry[]): ExperimentPlan['entries'] {
  return new Map(
    config.games.flatMap((game) => {
      const entry = findGame(games, game.name);
      return entry === null ? [] : [[variantOf(game), entry] as const];
    }),
  );
}

/** The games of an experiment in the order of its file, each with its whole cast. */
export function poolGames(
  config: ExperimentConfig,
  entries: ExperimentPlan['entries'],
  characters: readonly CurrentCharacter[],
): readonly PoolGame[] {
  return config.games.map((game) => {
    const entry = entries.get(variantOf(game));
    const nobody: Casting = { title: game.name, pcs: [], npcs: [] };
    return poolGame(
      game,
      entry === undefined ? nobody : castingOf(wantedIn(game, config), entry, characters),
    );
  });
}

const MINUTE_MS = 60_000;

/** For how long (ms) a place is kept for somebody who does nothing. */
export const holdMsOf = ({ config }: Pick<ExperimentPlan, 'config'>): number =>
  config.assignment.holdMinutes * MINUTE_MS;

/** Nothing is known of a game that cannot be played with these settings. */
function limitsOf(game: ExperimentGame, entries: ExperimentPlan['entries']): UpperLimits {
  const entry = entries.get(variantOf(game));
  const configured = entry === undefined ? null : configureGame(entry, game.overrides);
  const conditions = configured?.ok === true ? configured.stoppingConditions : [];
  return {
    turns: upperLimit(conditions, 'turns'),
    runtimeSeconds: upperLimit(conditions, 'runtimeSeconds'),
  };
}

interface Casting {
  readonly title: string;
  readonly pcs: readonly (string | null)[];
  readonly npcs: readonly (string | null)[];
}

function poolGame(game: ExperimentGame, { title, pcs, npcs }: Casting): PoolGame {
  return { game: variantOf(game), drawnAs: game.variant ?? title, pcs, npcs };
}

interface Wanted {
  readonly pcs: readonly string[] | undefined;
  readonly npcs: readonly string[] | undefined;
}

/** What a game says of its cast goes before what is said for all games. */
function wantedIn({ pcs, npcs }: ExperimentGame, { assignment }: ExperimentConfig): Wanted {
  return { pcs: pcs ?? assignment.playerCharacters, npcs: npcs ?? assignment.simulatedCharacters };
}

function castingOf(wantedHere: Wanted, entry: GameEntry, characters: readonly CurrentCharacter[]): Casting {
  const castOf = (seat: 'pc' | 'npc', wanted: readonly string[] = ['all']): readonly (string | null)[] =>
    playsCharacter(entry, seat)
      ? selectCharacters(eligibleCharacters(entry, seat, characters).map(sheetOf), wanted).map(hidOf)
      : [null];
  return {
    title: entry.file.title,
    pcs: castOf('pc', wantedHere.pcs),
    npcs: castOf('npc', wantedHere.npcs),
  };
}

const playsCharacter = ({ game }: GameEntry, seat: string): boolean =>
  game.seats.some(({ name, playsCharacter: plays }) => name === seat && plays);

const sheetOf = ({ sheet }: CurrentCharacter): CharacterSheet => sheet;
const hidOf = ({ hid }: CharacterSheet): string => hid;
