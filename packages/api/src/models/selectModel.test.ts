import type { ModelChoice } from '@dcs/engine';
import { describe, expect, it } from 'vitest';
import { manualTimers } from '../../test/support/manualTimers.ts';
import { modelRequest } from '../../test/support/modelRequest.ts';
import { startScriptedProvider } from '../../test/support/scriptedProvider.ts';
import type { ScriptedProvider } from '../../test/support/scriptedProvider.ts';
import { readEnv } from '../env.ts';
import { capsOf } from '../modelSettings.ts';
import { createMemoryStores } from '../store/memory/stores.ts';
import { createModelBudget } from './budget.ts';
import { createExperimentCaps } from './experimentCaps.ts';
import type { GuardedModel } from './guardedModel.ts';
import { selectModel } from './selectModel.ts';

async function select(upstream: ScriptedProvider, replayed = new Map()) {
  const env = readEnv({ MODEL: 'openai-compatible:settings', MODEL_BASE_URL: upstream.baseUrl });
  const guarded: GuardedModel[] = [];
  const { modelCalls } = createMemoryStores();
  const now = () => 0;
  const recorded = () => Promise.resolve();
  const model = await selectModel(env, {
    timers: manualTimers(),
    now,
    budget: createModelBudget({
      caps: capsOf(env),
      experiments: createExperimentCaps(),
      store: modelCalls,
      recorded,
      now,
    }),
    onCall: () => undefined,
    onGuarded: (found) => void guarded.push(found),
    replayed,
  });
  const ask = (models: ModelChoice) => model.generate(modelRequest({ models }), () => undefined);
  return { ask, guarded };
}

const askedModels = ({ calls }: ScriptedProvider) => calls.map(({ body }) => body.model);

describe('the model that is asked', () => {
  it('is the one that the session chooses for the role, or else that of the settings', async () => {
    await using upstream = await startScriptedProvider();
    const { ask } = await select(upstream);
    await ask({ updater: ['openai-compatible:chosen'] });
    await ask({ scorer: ['openai-compatible:chosen'] });
    await ask({});
    expect(askedModels(upstream)).toEqual(['chosen', 'settings', 'settings']);
  });

  it('is the next of those that are chosen when the first one fails', async () => {
    await using upstream = await startScriptedProvider();
    const { ask } = await select(upstream);
    const reply = await ask({ updater: ['openai-compatible:unpaid', 'openai-compatible:chosen'] });
    expect(reply).toEqual({ text: 'It opens.', model: 'openai-compatible:chosen' });
  });

  it('is the same one for all who choose it: they share its breaker', async () => {
    await using upstream = await startScriptedProvider();
    const { ask, guarded } = await select(upstream);
    await Promise.all([
      ask({ updater: ['openai-compatible:chosen'] }),
      ask({ updater: ['openai-compatible:chosen'] }),
      ask({ updater: ['openai-compatible:chosen', 'openai-compatible:settings'] }),
    ]);
    expect(guarded.map(({ id }) => id)).toEqual(['openai-compatible:settings', 'openai-compatible:chosen']);
  });

  it('fails as unavailable when the session chooses one that the settings cannot ask any more', async () => {
    await using upstream = await startScriptedProvider();
    const { ask } = await select(upstream);
    await expect(ask({ updater: ['openrouter:a/b'] })).rejects.toMatchObject({
      reason: 'model/unavailable',
      isRetryable: false,
      message: 'The models of this session cannot be asked: openrouter:a/b.',
    });
    expect(upstream.calls).toEqual([]);
  });

  it('is never a chosen one when answers come from a tape', async () => {
    await using upstream = await startScriptedProvider();
    const tape = { id: 'tape', generate: () => Promise.reject(new Error('This test asks no tape.')) };
    const { ask } = await select(upstream, new Map([['replay:tape', tape]]));
    await ask({ updater: ['openai-compatible:chosen'] });
    expect(askedModels(upstream)).toEqual(['settings']);
  });
});
