import { readEnv } from '../env.ts';
import type { Env } from '../env.ts';
import { createLogger } from '../logger.ts';
import { createMetrics } from '../metrics/metrics.ts';
import { chainsOf } from '../modelSettings.ts';
import { createExperimentCaps } from '../models/experimentCaps.ts';
import { openModels } from '../models/openModels.ts';
import { systemTimers } from '../services/timers.ts';
import { createMemoryStores } from '../store/memory/stores.ts';
import type { ModelCallSum } from '../store/ports.ts';
import type { AskedModels } from './askModels.ts';
import { version } from './version.ts';

/**
 * Opens the models that the settings name, as the server does; what calls took is counted in memory. Failures of models are
 * told by whoever asks them, so only our own faults are logged. Rejects with EnvError or TapeError.
 */
export async function openAskedModels(env: Env = readEnv()): Promise<AskedModels> {
  const stores = createMemoryStores();
  // Nobody reads along, so what is offline need not write at the pace of a reader.
  const models = await openModels(
    { ...env, SCRIPTED_PACE_MS: 0 },
    {
      stores,
      // Between two calls nothing else may keep the process alive.
      timers: systemTimers({ keepAlive: true }),
      now: () => Date.now(),
      logger: createLogger('error'),
      metrics: createMetrics({ version, ofProcess: false }),
      experimentCaps: createExperimentCaps(),
    },
  );
  let finished: Promise<readonly ModelCallSum[]> | null = null;
  const finish = (): Promise<readonly ModelCallSum[]> =>
    (finished ??= models.stop().then(() => stores.modelCalls.sums({})));
  return {
    model: models.model,
    chains: chainsOf(env),
    finish,
    [Symbol.asyncDispose]: async () => {
      await finish();
    },
  };
}
