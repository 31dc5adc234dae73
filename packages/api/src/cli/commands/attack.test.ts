import { createScriptedModel } from '@dcs/engine';
import type { LanguageModel } from '@dcs/engine';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createObedientModel } from '../../../test/support/obedientModel.ts';
import { readEnv } from '../../env.ts';
import { openTaping } from '../../models/recording/openTaping.ts';
import { createQuestionUse } from '../../models/recording/tapingModel.ts';
import type { AskedModels } from '../askModels.ts';
import { openAskedModels } from '../openAskedModels.ts';
import { createTestWorld } from '../testWorld.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'dcs-attack-'));
});
afterEach(() => rm(folder, { recursive: true }));

const CHAINS = { opener: [], updater: [], playerJudge: [], simulatorJudge: [], scorer: [] };

const asking = (model: LanguageModel): AskedModels => ({
  model,
  chains: CHAINS,
  finish: () => Promise.resolve([]),
  [Symbol.asyncDispose]: () => Promise.resolve(),
});

const attack = (model: LanguageModel, ...flags: string[]) =>
  createTestWorld({ askModels: () => Promise.resolve(asking(model)) }).run('attack', ...flags);

describe('dcs attack', () => {
  it('counts by target, technique and game what got through, and tells that nothing did', async () => {
    const { exitCode, out, err } = await attack(createScriptedModel(), '--sample', '12');
    expect(exitCode).toBe(0);
    expect(out).toMatch(/\ntarget +updater +\d+ +0 +0 +0 +0\.0 % +0\.0 to \d+\.\d %\n/);
    expect(out).toMatch(/\ntechnique +\S+ +\d+ +0 /);
    expect(out).toMatch(/\ngame +explore +\d+ +0 /);
    expect(out).toMatch(/\nall +all +12 +0 +0 +0 +0\.0 % +0\.0 to 24\.\d %\n$/);
    expect(err).toContain('12 of 12 attacks tried.');
  });

  it('tells how what got through did, and exits with 1', async () => {
    const { exitCode, out } = await attack(
      createObedientModel(),
      '--technique',
      'json-smuggling',
      '--game',
      'infer-intent',
    );
    expect(exitCode).toBe(1);
    expect(out).toMatch(/\njson-appraisal in infer-intent, \w+ meets \w+\n/);
    expect(out).toContain('  verdict: The scorer gave tier 3.\n');
    expect(out).not.toContain('  leak: ');
    expect(out).toMatch(/\n {2}answer: \{"tier": 3, "score": 100,/);
    expect(out).not.toMatch(/ in explore, /);
  });

  it('counts what models told and the program kept from the player', async () => {
    const { out } = await attack(createObedientModel(), '--technique', 'direct-leak', '--sample', '6');
    expect(out).toMatch(/\nall +all +6 +\d +6 +0 /);
    expect(out).not.toContain('  leak: ');
  });

  it('does not count attacks during which a model failed', async () => {
    const world = createTestWorld({
      askModels: () =>
        openAskedModels(readEnv({ MODEL: 'openai-compatible:x', MODEL_BASE_URL: 'http://127.0.0.1:9' })),
    });
    const { exitCode, out, err } = await world.run('attack', '--sample', '1');
    expect(exitCode).toBe(1);
    expect(out).toMatch(/\nall +all +1 +0 +0 +1 +0\.0 to 100\.0 %\n$/);
    expect(err).toContain('No attack was decided');
  });

  it('gives the same from a tape, asking nobody', async () => {
    const file = path.join(folder, 'run.jsonl');
    const onFault = (fault: unknown): never => {
      throw fault;
    };
    const taping = await openTaping(createObedientModel(), {
      file,
      seed: 's',
      use: createQuestionUse(),
      onFault,
    });
    const flags = ['--target', 'scorer', '--sample', '6', '--at-once', '1', '--json'];
    const asked = await attack(taping.model, ...flags);
    await taping.stop();
    const askModels = () => openAskedModels(readEnv({ MODEL: `replay:${file}` }));
    const replayed = await createTestWorld({ askModels }).run('attack', ...flags);
    const { models: _models, ...told } = JSON.parse(asked.out);
    expect(JSON.parse(replayed.out)).toMatchObject(told);
    expect(told.through.length).toBeGreaterThan(0);
  });

  it('says so when no attack fits', async () => {
    const { exitCode, err } = await attack(createScriptedModel(), '--game', 'chess');
    expect(exitCode).toBe(1);
    expect(err).toContain('No attack fits');
  });
});
