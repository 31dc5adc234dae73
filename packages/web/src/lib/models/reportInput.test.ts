import { describe, expect, it } from 'vitest';
import { modelChoices, readReportInput } from './reportInput.ts';

const read = (query: string) => readReportInput(new URLSearchParams(query));

describe('The address of the page of models', () => {
  it.each([
    ['hours=168', 168],
    ['', 24],
    ['hours=', 24],
    ['hours=13', 24],
    ['hours=24;%20drop', 24],
  ])('%j looks back over %d hours', (query, hours) => {
    expect(read(query).hours).toBe(hours);
  });

  it('may be about one role, one model, or all of a provider', () => {
    expect(read('role=scorer&model=openrouter:some/model')).toEqual({
      hours: 24,
      role: 'scorer',
      model: 'openrouter:some/model',
    });
    expect(read('model=openrouter')).toMatchObject({ role: null, model: 'openrouter' });
  });

  it('is about everything where it names nothing that there can be', () => {
    for (const query of ['role=&model=', 'role=jester', 'role=constructor', `model=${'m'.repeat(301)}`]) {
      expect(read(query)).toMatchObject({ role: null, model: null });
    }
  });
});

describe('The choice of models', () => {
  const MODELS = ['huggingface:a/b', 'openrouter:c', 'openrouter:d:free'];

  it('is ordered by provider', () => {
    expect(modelChoices(MODELS, null)).toEqual([
      { provider: 'huggingface', models: ['huggingface:a/b'] },
      { provider: 'openrouter', models: ['openrouter:c', 'openrouter:d:free'] },
    ]);
    expect(modelChoices(MODELS, 'openrouter:c')).toEqual(modelChoices(MODELS, null));
    expect(modelChoices(MODELS, 'openrouter')).toEqual(modelChoices(MODELS, null));
  });

  it('holds what the address asks for, also when nobody knows it', () => {
    expect(modelChoices([], 'openrouter:c')).toEqual([{ provider: 'openrouter', models: ['openrouter:c'] }]);
    expect(modelChoices([], 'openrouter')).toEqual([{ provider: 'openrouter', models: [] }]);
  });
});
