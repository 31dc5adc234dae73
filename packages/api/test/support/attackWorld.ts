import { builtInGames, createGameRegistry } from '@dcs/engine';
import type { LanguageModel } from '@dcs/engine';
import { join } from 'node:path';
import { loadCharacters, loadGameFiles } from '../../src/catalog/index.ts';
import type { AttackWorld } from '../../src/injection/attackTable.ts';

export const PROJECT_DIR = join(import.meta.dirname, '../../../..');

/** The games and characters of this project, played by a model of the test. */
export async function attackWorld(): Promise<(model: LanguageModel) => AttackWorld> {
  const [{ gameFiles }, { characters }] = await Promise.all([
    loadGameFiles(join(PROJECT_DIR, 'games'), { games: builtInGames }),
    loadCharacters(join(PROJECT_DIR, 'seeds/characters')),
  ]);
  const files = gameFiles.map(({ gameFile }) => gameFile);
  return (model) => ({ games: createGameRegistry(builtInGames, files), characters, model });
}
