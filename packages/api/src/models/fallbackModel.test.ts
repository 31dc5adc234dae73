import { ModelFailure } from '@dcs/engine';
import type { LanguageModel, ModelFailureReason } from '@dcs/engine';
import { describe, expect, it } from 'vitest';
import { modelRequest } from '../../test/support/modelRequest.ts';
import { createFallbackModel } from './fallbackModel.ts';

const failing = (id: string, reason: ModelFailureReason): LanguageModel => ({
  id,
  generate: async (_request, onText) => {
    onText(`${id} begins`);
    throw new ModelFailure(reason, id);
  },
});

const answering = (id: string): LanguageModel => ({
  id,
  generate: async (_request, onText) => {
    onText(`${id} answers`);
    return { text: `${id} answers`, model: id };
  },
});

describe('a chain of models', () => {
  it.each<ModelFailureReason>(['model/unavailable', 'model/timeout', 'model/refused'])(
    'asks the next one after %s, and says who answered',
    async (reason) => {
      const chain = createFallbackModel([
        failing('a', reason),
        failing('b', reason),
        answering('c'),
        answering('d'),
      ]);
      const seen: string[] = [];
      expect(chain.id).toBe('a');
      expect(await chain.generate(modelRequest(), (text) => seen.push(text))).toEqual({
        text: 'c answers',
        model: 'c',
      });
      expect(seen).toEqual(['a begins', 'b begins', 'c answers']);
    },
  );

  it.each<ModelFailureReason>([
    'model/cancelled',
    'limit/model-cost',
    'limit/model-tokens',
    'limit/model-time',
  ])('asks nobody else after %s', async (reason) => {
    const chain = createFallbackModel([failing('a', reason), answering('b')]);
    await expect(chain.generate(modelRequest(), () => undefined)).rejects.toMatchObject({ reason });
  });

  it('fails as the last one did when none answers, with all that went wrong', async () => {
    const chain = createFallbackModel([failing('a', 'model/refused'), failing('b', 'model/timeout')]);
    await expect(chain.generate(modelRequest(), () => undefined)).rejects.toMatchObject({
      reason: 'model/timeout',
      message: 'None of a, b answered.',
      cause: { errors: [{ message: 'a' }, { message: 'b' }] },
    });
  });
});
