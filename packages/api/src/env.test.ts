import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { EnvError, envExample, readEnv } from './env.ts';

describe('readEnv', () => {
  it('gives every setting its default', () => {
    expect(readEnv({})).toMatchObject({
      PORT: 5173,
      HOST: '127.0.0.1',
      DATABASE_URL: null,
      DATA_DIR: './data',
      MODEL: 'scripted',
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

  it.each(['scripted', 'openrouter:some/model', 'huggingface:x', 'openai-compatible:llama'])(
    'knows the model %s',
    (MODEL) => {
      expect(readEnv({ MODEL }).MODEL).toBe(MODEL);
    },
  );

  it.each(['gpt', 'openrouter:', 'openrouter: x'])('refuses the model %s', (MODEL) => {
    expect(() => readEnv({ MODEL })).toThrow(/MODEL/);
  });
});

describe('envExample', () => {
  it('is what stands in .env.example', async () => {
    const file = path.resolve(import.meta.dirname, '../../../.env.example');
    expect(await readFile(file, 'utf8')).toBe(envExample());
  });
});
