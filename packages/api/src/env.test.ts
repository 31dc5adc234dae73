import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { EnvError, envExample, readEnv } from './env.ts';
import { chainsOf } from './modelSettings.ts';

describe('readEnv', () => {
  it('gives every setting its default', () => {
    expect(readEnv({})).toMatchObject({
      PORT: 5173,
      HOST: '127.0.0.1',
      DATABASE_URL: null,
      DATA_DIR: './data',
      MODEL: ['scripted'],
      SERVER_MODE: 'standard',
      SESSION_TTL_SECONDS: 86_400,
      CORS_ORIGINS: [],
      LOG_LEVEL: 'info',
      SCRIPTED_PACE_MS: 20,
    });
  });

  it('takes an empty setting for an absent one', () => {
    expect(readEnv({ PORT: ' ', PII_KEY: '' })).toMatchObject({ PORT: 5173, PII_KEY: null });
  });

  it('names every problem at once, and no value', () => {
    const read = () =>
      readEnv({
        PORT: '99999',
        DATABASE_URL: 'postgres://u:hunter2@h',
        LOG_LEVEL: 'loud',
        SERVER_MODE: 'party',
      });
    expect(read).toThrow(EnvError);
    try {
      read();
    } catch (error) {
      const { problems, message } = error as EnvError;
      expect(problems).toHaveLength(4);
      for (const name of ['PORT', 'DATABASE_URL', 'LOG_LEVEL', 'SERVER_MODE'])
        expect(message).toContain(name);
      expect(message).not.toContain('hunter2');
    }
  });

  it.each(['-1', '1.5', 'NaN', '0x10', '99999999999999999999', 'port'])('refuses %s as a port', (PORT) => {
    expect(() => readEnv({ PORT })).toThrow(/PORT/);
  });

  it('reads origins with commas between, and refuses paths in them', () => {
    expect(readEnv({ CORS_ORIGINS: 'https://a.example, http://b.example:81,' }).CORS_ORIGINS).toEqual([
      'https://a.example',
      'http://b.example:81',
    ]);
    expect(() => readEnv({ CORS_ORIGINS: 'https://a.example/path' })).toThrow(/CORS_ORIGINS/);
  });
});

describe('the settings of models', () => {
  const keys = { OPENROUTER_API_KEY: 'k', HF_TOKEN: 't', MODEL_BASE_URL: 'http://127.0.0.1:1/v1' };
  const problemsOf = (settings: Record<string, string>): readonly string[] => {
    try {
      readEnv(settings);
      return [];
    } catch (error) {
      if (error instanceof EnvError) return error.problems;
      throw error;
    }
  };

  it.each([
    'scripted',
    'openrouter:some/model:free',
    'huggingface:x',
    'openai-compatible:llama',
    'replay:tapes/run.jsonl',
  ])('know the model %s', (MODEL) => {
    expect(readEnv({ ...keys, MODEL }).MODEL).toEqual([MODEL]);
  });

  it.each([
    'gpt',
    'openrouter:',
    'openrouter: x',
    'replay:',
    'scripted,',
    'scripted,gpt',
    Array(6).fill('scripted').join(),
  ])('refuse the models %s', (MODEL) => {
    expect(() => readEnv({ ...keys, MODEL })).toThrow(/MODEL/);
  });

  it('give each role the models of MODEL, in order, unless it has its own', () => {
    const env = readEnv({ ...keys, MODEL: 'huggingface:x, scripted', MODEL_SCORER: 'openrouter:y' });
    const chain = ['huggingface:x', 'scripted'];
    expect(chainsOf(env)).toEqual({
      opener: chain,
      updater: chain,
      playerJudge: chain,
      simulatorJudge: chain,
      scorer: ['openrouter:y'],
    });
  });

  it('name everything that is missing for any role', () => {
    expect(
      problemsOf({
        MODEL: 'huggingface:x,openrouter:a',
        MODEL_SCORER: 'openai-compatible:llama',
        MODEL_OPENER: 'openrouter:b',
      }),
    ).toEqual([
      'OPENROUTER_API_KEY is needed for openrouter:b.',
      'HF_TOKEN is needed for huggingface:x.',
      'MODEL_BASE_URL is needed for openai-compatible:llama.',
    ]);
  });

  it('want a price for whatever may cost only so much', () => {
    const capped = { ...keys, MODEL: 'openrouter:a,openai-compatible:b', MODEL_SESSION_DOLLARS: '0.5' };
    expect(problemsOf(capped)).toHaveLength(2);
    expect(problemsOf({ MODEL: 'scripted,replay:run.jsonl', MODEL_SESSION_DOLLARS: '0.5' })).toEqual([]);
    const env = readEnv({ ...capped, MODEL_PRICES: 'openrouter:a=0.25/2,openai-compatible:b=0/0' });
    expect(env.MODEL_SESSION_DOLLARS).toBe(0.5);
    expect(env.MODEL_PRICES.get('openrouter:a')).toEqual({ input: 0.25, output: 2 });
  });

  it.each(['x', 'm=1', 'm=1/', 'm=-1/2', 'm=1/2,n'])('refuse the prices %s', (MODEL_PRICES) => {
    expect(() => readEnv({ MODEL_PRICES })).toThrow(/MODEL_PRICES/);
  });

  it.each(['-1', '1,5', '1e3', '0.00001', '1000001'])('refuse to spend %s dollars', (MODEL_TURN_DOLLARS) => {
    expect(() => readEnv({ MODEL_TURN_DOLLARS })).toThrow(/MODEL_TURN_DOLLARS/);
  });
});

describe('envExample', () => {
  it('is what stands in .env.example', async () => {
    const file = path.resolve(import.meta.dirname, '../../../.env.example');
    expect(await readFile(file, 'utf8')).toBe(envExample());
  });
});
