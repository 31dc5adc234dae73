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

/** An experiment with all that its assignments depend on beside its log. Made once for each revision. */
export interface ExperimentPlan {
  readonly name: string;
  readonly config: ExperimentConfig;
  /** What chance is drawn from, as text. */
  readonly seed: string;
  /** In the order of the file, each with its whole cast. */
  readonly games: readonly PoolGame[];
  /** At what the sessions of each game end, by variant. */
  readonly limits: ReadonlyMap<string, UpperLimits>;
  /** Of all characters that there are, by handle. */
  readonly sheets: ReadonlyMap<string, CharacterSheet>;
  readonly divergence: StrategyInput['divergence'];
  readonly expertise: ExpertiseMatcher;
}

/**
 * A game whose cast is empty, or that is not among `games` any more, stays in the plan and is offered to nobody: what was
 * played of it must be readable for ever. Of a file that names no game, `dcs check` says so.
 */
export function planExperiment(
  config: ExperimentConfig,
  games: readonly GameEntry[],
  characters: readonly CurrentCharacter[],
): ExperimentPlan {
  const sheets = characters.map(({ sheet }) => sheet);
  return {
    name: config.name,
    config,
    seed: String(config.seed ?? config.name),
    games: config.games.map((game) => {
      const entry = findGame(games, game.name);
      const nobody: Casting = { title: game.name, pcs: [], npcs: [] };
      return poolGame(game, entry === null ? nobody : castingOf(wantedIn(game, config), entry, characters));
    }),
    limits: new Map(config.games.map((game) => [variantOf(game), limitsOf(game, games)])),
    sheets: new Map(sheets.map((sheet) => [sheet.hid, sheet])),
    divergence: divergenceTable(sheets),
    expertise: expertiseMatcher(new Map(sheets.map(({ hid, commonLabels }) => [hid, commonLabels]))),
  };
}

const MINUTE_MS = 60_000;

/** For how long (ms) a place is kept for somebody who does nothing. */
export const holdMsOf = ({ config }: Pick<ExperimentPlan, 'config'>): number =>
  config.assignment.holdMinutes * MINUTE_MS;

/** Nothing is known of a game that cannot be played with these settings. */
function limitsOf({ name, overrides }: ExperimentGame, games: readonly GameEntry[]): UpperLimits {
  const entry = findGame(games, name);
  const configured = entry === null ? null : configureGame(entry, overrides);
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
