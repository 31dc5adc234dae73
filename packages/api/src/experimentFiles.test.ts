import { builtInGames } from '@dcs/engine';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openExperimentFiles } from './experimentFiles.ts';
import { createLogger } from './logger.ts';
import { seed } from './seeding.ts';
import { sampleSheet } from './store/contract/samples.ts';
import { createMemoryStores } from './store/memory/stores.ts';

const PROJECT_DIR = path.resolve(import.meta.dirname, '../../..');
const clock = { now: () => 1_800_000_000_000 };

/** A project with the games of this one, and its files of experiments as a researcher writes them. */
async function researcher() {
  const projectDir = await mkdtemp(path.join(tmpdir(), 'dcs-files-'));
  for (const folder of ['games', 'seeds']) {
    await symlink(path.join(PROJECT_DIR, folder), path.join(projectDir, folder));
  }
  await mkdir(path.join(projectDir, 'experiments'));
  const stores = createMemoryStores();
  const games = await seed({
    projectDir,
    games: builtInGames,
    moreGames: [],
    stores,
    clock,
    logger: createLogger('silent'),
  });
  const files = await openExperimentFiles({
    projectDir,
    games,
    gameNames: builtInGames.map(({ name }) => name),
    characters: stores.characters,
    modelProblems: () => [],
    more: [],
  });
  return {
    stores,
    files,
    write: async (text: string) => {
      await writeFile(path.join(projectDir, 'experiments', 'pilot.yaml'), text);
      await files.reread();
      return files.offered.map((config) => config.name);
    },
    [Symbol.asyncDispose]: () => rm(projectDir, { recursive: true, force: true }),
  };
}

describe('files of experiments', () => {
  it('are seen while the server runs, with everything that is to be mended in them', async () => {
    await using project = await researcher();
    expect(project.files.offered).toEqual([]);
    expect(await project.write('name: pilot\ngames: [{ name: explore }]\n')).toEqual(['pilot']);
    expect(await project.write('name: pilot\ngames: [{ name: exlpore }]\nquota: 3\n')).toEqual([]);
    expect(
      project.files.problems.map(({ file, line, severity }) => [file.replace(path.sep, '/'), line, severity]),
    ).toEqual([
      ['experiments/pilot.yaml', 2, 'error'],
      ['experiments/pilot.yaml', 3, 'error'],
    ]);
    expect(await project.write('name: pilot\ngames: [{ name: explore }]\n')).toEqual(['pilot']);
    expect(project.files.problems).toEqual([]);
  });

  it('may name characters that are in no file but were added by an administrator', async () => {
    await using project = await researcher();
    const text = 'name: pilot\ngames: [{ name: explore }]\nassignment: { simulatedCharacters: [NEW-1] }\n';
    expect(await project.write(text)).toEqual([]);
    await project.stores.characters.put(sampleSheet('NEW-1'), { revision: 'r1', at: clock.now() });
    expect(await project.write(text)).toEqual(['pilot']);
  });
});
