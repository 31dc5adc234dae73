import { describe, expect, it } from 'vitest';
import { manualTimers } from '../../test/support/manualTimers.ts';
import { modelRequest } from '../../test/support/modelRequest.ts';
import { startScriptedProvider } from '../../test/support/scriptedProvider.ts';
import { readEnv } from '../env.ts';
import { createLogger } from '../logger.ts';
import { createMetrics } from '../metrics/metrics.ts';
import { createMemoryStores } from '../store/memory/stores.ts';
import { openModels } from './openModels.ts';

describe('the log of a server whose model fails', () => {
  it('says which model failed how for whom, and nothing of what was said', async () => {
    await using upstream = await startScriptedProvider();
    const lines: string[] = [];
    const logger = createLogger('info', { write: (line: string) => void lines.push(line) });
    const env = readEnv({
      MODEL: 'openai-compatible:unpaid',
      MODEL_BASE_URL: upstream.baseUrl,
      MODEL_API_KEY: 'hunter2',
    });
    const models = await openModels(env, {
      stores: createMemoryStores(),
      timers: manualTimers(),
      now: () => 0,
      logger,
      metrics: createMetrics({ version: '1', ofProcess: false }),
    });
    const occasion = {
      sessionId: 'session-1',
      playerId: 'player-1',
      experimentId: null,
      turn: 2,
      afterSeq: 3,
    };
    const asked = models.model.generate(modelRequest({ occasion }), () => undefined);
    await expect(asked).rejects.toMatchObject({ reason: 'model/refused' });
    await models.stop();
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      {
        reason: 'model/refused',
        role: 'updater',
        sessionId: 'session-1',
        msg: 'openai-compatible:unpaid answered with status 402.',
      },
    ]);
    expect(lines.join('')).not.toMatch(/barnacle|wave|hunter2|player-1/);
  });
});
