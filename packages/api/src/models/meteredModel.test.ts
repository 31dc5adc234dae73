import { ModelFailure } from '@dcs/engine';
import type { LanguageModel, ModelRequest } from '@dcs/engine';
import { describe, expect, it } from 'vitest';
import { createMeteredModel } from './meteredModel.ts';

const request = { role: 'updater' } as ModelRequest;

function metered(generate: LanguageModel['generate']) {
  const told: unknown[] = [];
  let now = 100;
  const model = createMeteredModel(
    {
      id: 'm',
      generate: (...args) => {
        now += 40;
        return generate(...args);
      },
    },
    { meter: { asked: (...facts) => void told.push(facts) }, now: () => now },
  );
  return { model, told };
}

describe('a metered model', () => {
  it('tells how long an answer took, and passes on what is written', async () => {
    const { model, told } = metered(async (_request, onText) => {
      onText('Hel');
      return { text: 'Hello', model: 'm' };
    });
    const texts: string[] = [];
    expect(await model.generate(request, (text) => texts.push(text))).toEqual({ text: 'Hello', model: 'm' });
    expect(texts).toEqual(['Hel']);
    expect(told).toEqual([['updater', 'ok', 40]]);
  });

  it('tells why there was none, and lets the failure through', async () => {
    const failure = new ModelFailure('model/timeout', 'Too late.');
    const slow = metered(() => Promise.reject(failure));
    await expect(slow.model.generate(request, () => undefined)).rejects.toBe(failure);
    expect(slow.told).toEqual([['updater', 'model/timeout', 40]]);
    const broken = metered(() => Promise.reject(new TypeError('bug')));
    await expect(broken.model.generate(request, () => undefined)).rejects.toThrow('bug');
    expect(broken.told).toEqual([['updater', 'fault', 40]]);
  });
});
