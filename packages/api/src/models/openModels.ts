import type { LanguageModel, ModelRequest } from '@dcs/engine';
import { randomUUID } from 'node:crypto';
import type { Env } from '../env.ts';
import type { Logger } from '../logger.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { capsOf } from '../modelSettings.ts';
import type { Timers } from '../services/timers.ts';
import type { Stores } from '../store/ports.ts';
import { createModelBudget } from './budget.ts';
import type { CallFailure } from './callFailure.ts';
import { createCallRecorder } from './callRecorder.ts';
import { endpointId } from './modelEndpoint.ts';
import { selectModel } from './selectModel.ts';

export interface OpenModelsPorts {
  readonly stores: Pick<Stores, 'modelCalls'>;
  readonly timers: Timers;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly logger: Logger;
  readonly metrics: Pick<Metrics, 'providers' | 'fault'>;
}

export interface OpenedModels {
  readonly model: LanguageModel;
  /** Writes the records of the last calls. To be called when nothing is played any more. */
  stop(): Promise<void>;
}

/** Only what we say ourselves: what a provider says of a failure may repeat what a player wrote. */
function logFailure(logger: Logger, { role, task, occasion }: ModelRequest, failure: CallFailure): void {
  const facts = { reason: failure.reason, role, task, sessionId: occasion?.sessionId ?? null };
  if (failure.reason === 'model/cancelled') logger.debug(facts, failure.message);
  else logger.warn(facts, failure.message);
}

/** The models that the settings name, with all that counts, records and limits what they do. Throws EnvError. */
export async function openModels(env: Env, ports: OpenModelsPorts): Promise<OpenedModels> {
  const { stores, timers, now, logger, metrics } = ports;
  const store = stores.modelCalls;
  const recorder = createCallRecorder({
    store,
    timers,
    now,
    newId: randomUUID,
    onFault: (fault, lost) => {
      metrics.fault();
      logger.error({ err: fault, lost }, 'Records of calls to models could not be written.');
    },
  });
  const model = await selectModel(env, {
    timers,
    now: () => performance.now(),
    budget: createModelBudget({ caps: capsOf(env), store, recorded: () => recorder.flush(), now }),
    onCall: (request, result, endpoint) => {
      metrics.providers.called(endpointId(endpoint), result);
      recorder.record(request, result, endpoint);
      if (!result.ending.ok) logFailure(logger, request, result.ending.failure);
    },
    onGuarded: (guarded) => metrics.providers.guarded(guarded),
  });
  return { model, stop: () => recorder.stop() };
}
