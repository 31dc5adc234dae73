import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { createGameRegistry } from '../game/registry.ts';
import { exampleSheet } from '../testing/exampleSheet.ts';
import { builtInGames } from './index.ts';

const ROOT = path.resolve(import.meta.dirname, '../../../..');

/** The code that CONTRIBUTING tells its reader to write, as a module of the folder it is meant for. */
async function contributedGame(): Promise<Record<string, unknown>> {
  const code =
    /```ts\n([\s\S]*?)```/.exec(readFileSync(path.join(ROOT, 'CONTRIBUTING.md'), 'utf8'))?.[1] ?? '';
  const here = pathToFileURL(path.join(import.meta.dirname, 'roleplay/')).href;
  const folder = mkdtempSync(path.join(import.meta.dirname, '.contributed-'));
  try {
    const file = path.join(folder, 'barter.ts');
    writeFileSync(file, code.replaceAll("from './", `from '${here}`));
    return await import(file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('the sixth language game of CONTRIBUTING', () => {
  it('is one file and one YAML, and can be played', async () => {
    const { barter } = await contributedGame();
    const game = builtInGames.find(({ name }) => name === 'explore');
    if (game === undefined) throw new Error('Explore is missing.');
    expect(barter).toMatchObject({ name: 'barter', kind: 'language', takesText: true });
    const sixth = { ...game, ...(typeof barter === 'object' ? barter : {}) };
    const file = {
      name: 'barter',
      title: 'Barter',
      version: '1.0.0',
      authors: ['DCS'],
      description: 'Trade with a mind that may value other things than you do.',
      config: {},
      stoppingConditions: {},
    };
    const entry = createGameRegistry([...builtInGames, sixth], [file]).find('Barter');
    const config = entry?.game.configSchema.parse({});
    const state = entry?.game.init({ config, characters: { pc: exampleSheet(), npc: exampleSheet() } });
    expect(entry?.game.progress(state)).toEqual({ turns: 0, finished: null });
  });
});
