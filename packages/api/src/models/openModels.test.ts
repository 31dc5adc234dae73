import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { manualTimers } from '../../test/support/manualTimers.ts';
import { modelRequest } from '../../test/support/modelRequest.ts';
import { startScriptedProvider } from '../../test/support/scriptedProvider.ts';
import { readEnv } from '../env.ts';
import { createLogger } from '../logger.ts';
import { createMetrics } from '../metrics/metrics.ts';
import { createMemoryStores } from '../store/memory/stores.ts';
import { createExperimentCaps } from './experimentCaps.ts';
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
      experimentCaps: createExperimentCaps(),
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

describe('the log of a server with tapes', () => {
  it('says where answers come from and where they go, what is cut off and what is missing', async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'dcs-tape-'));
    const from = path.join(folder, 'from.jsonl');
    const to = path.join(folder, 'to.jsonl');
    try {
      await writeFile(from, '{"format":"dcs-tape","version":1,"model":"m","seed":"s"}\n{"key":"0');
      const lines: string[] = [];
      const models = await openModels(readEnv({ MODEL: `replay:${from}`, MODEL_RECORD: to }), {
        stores: createMemoryStores(),
        timers: manualTimers(),
        now: () => 0,
        logger: createLogger('info', { write: (line: string) => void lines.push(line) }),
        metrics: createMetrics({ version: '1', ofProcess: false }),
        experimentCaps: createExperimentCaps(),
      });
      const asked = models.model.generate(modelRequest(), () => undefined);
      await expect(asked).rejects.toMatchObject({ reason: 'model/not-recorded' });
      await models.stop();
      expect(lines.map((line) => JSON.parse(line))).toMatchObject([
        { file: from, answers: 0 },
        { file: from, msg: expect.stringContaining('cut off') },
        { file: to },
        { reason: 'model/not-recorded', role: 'updater', task: 'reply' },
      ]);
      expect(lines.join('')).not.toMatch(/barnacle|wave/);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
