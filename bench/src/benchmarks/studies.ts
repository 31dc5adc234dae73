import { ASSIGNMENT_STRATEGIES, builtInGames, createGameRegistry, experimentSchema } from '@dcs/engine';
import type { AssignmentStrategyName, CurrentCharacter, ExperimentConfig, GameEntry } from '@dcs/engine';
import path from 'node:path';
import { loadCatalog } from '../../../packages/api/src/catalog/index.ts';
import type { Catalog } from '../../../packages/api/src/catalog/index.ts';
import { offeredFrom, plannedFrom } from '../../../packages/api/src/services/experiments/plannedFrom.ts';

const PROJECT_DIR = path.resolve(import.meta.dirname, '../../..');

/** An experiment with all that it takes to plan it. */
export interface Study {
  readonly label: string;
  /** Plans it anew: nothing that was found for an earlier plan is known to this one. */
  plan(): ReturnType<typeof plannedFrom>;
}

const readCatalog = (): Promise<Catalog> =>
  loadCatalog({
    gamesDir: path.join(PROJECT_DIR, 'games'),
    experimentsDir: path.join(PROJECT_DIR, 'experiments'),
    seedsDir: path.join(PROJECT_DIR, 'seeds'),
    games: builtInGames,
  });

const gamesOf = ({ gameFiles }: Catalog): readonly GameEntry[] =>
  createGameRegistry(
    builtInGames,
    gameFiles.map(({ gameFile }) => gameFile),
  ).entries;

/** The experiments that come with the product, as their files say them. */
export async function exampleStudies(): Promise<readonly Study[]> {
  const catalog = await readCatalog();
  const games = gamesOf(catalog);
  return catalog.experiments.map(({ config }) => ({
    label: config.name,
    plan: () => plannedFrom(offeredFrom(config, { games, characters: catalog.characters })),
  }));
}

/** The largest cast of the reference system. */
const PLAYED = 34;
const MET = 44;
const WIDE_GAMES = ['explore', 'foresight', 'infer-intent', 'goal-horizon', 'teamwork'];

/** As many as are wanted, made of the real ones under other handles. */
function manyCharacters({ characters }: Catalog): readonly CurrentCharacter[] {
  return Array.from({ length: MET }, (_, index) => {
    const { sheet } = characters[index % characters.length] ?? {};
    if (sheet === undefined) throw new Error('There are no characters.');
    const hid = `W${String(index).padStart(2, '0')}`;
    const commonLabels = [...sheet.commonLabels, `${sheet.commonLabels[0]} number ${index}`];
    return { sheet: { ...sheet, hid, commonLabels }, revision: hid };
  });
}

/** Strategies that list everything are for participants who choose. */
const CHOSEN_FROM: ReadonlySet<AssignmentStrategyName> = new Set<AssignmentStrategyName>([
  'full-character-access',
  'unplayed-combination-choice',
  'max-contrast-pairing',
  'expertise-matched-character-choice',
]);

/** Everything is asked for, and every quota is there to be filled. */
function wideConfig(strategy: AssignmentStrategyName, cast: readonly CurrentCharacter[]): ExperimentConfig {
  return experimentSchema.parse({
    name: `wide-${strategy}`,
    games: WIDE_GAMES.map((name) => ({ name })),
    assignment: {
      strategy,
      participantChooses: CHOSEN_FROM.has(strategy),
      playerCharacters: cast.slice(0, PLAYED).map(({ sheet }) => sheet.hid),
    },
    quotas: { perGame: 500, perCharacter: 200, perCombination: 2 },
    forms: [
      {
        name: 'background',
        trigger: { event: 'before-all-assignments' },
        questions: [{ key: 'expertise', prompt: 'What do you know about?', type: 'string' }],
      },
      {
        name: 'impression',
        trigger: { event: 'after-assignment' },
        questions: [{ key: 'remark', prompt: 'What was it like?', type: 'string' }],
      },
    ],
  });
}

/** Every strategy with 5 games of 34 × 44 characters. */
export async function wideStudies(): Promise<readonly Study[]> {
  const catalog = await readCatalog();
  const cast = manyCharacters(catalog);
  const games = gamesOf(catalog).map(({ game, file }) => ({ game, file: admittingAll(file) }));
  return ASSIGNMENT_STRATEGIES.map((strategy) => {
    const config = wideConfig(strategy, cast);
    return {
      label: `wide, ${strategy}`,
      plan: () => plannedFrom(offeredFrom(config, { games, characters: cast })),
    };
  });
}

function admittingAll({ pcs: _pcs, npcs: _npcs, ...file }: GameEntry['file']): GameEntry['file'] {
  return file;
}
