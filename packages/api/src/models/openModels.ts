import type { Ids, LanguageModel, ModelRequest } from '@dcs/engine';
import { randomUUID } from 'node:crypto';
import type { Env } from '../env.ts';
import type { Logger } from '../logger.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { capsOf, chainsOf, modelProblems, namedModels } from '../modelSettings.ts';
import type { Timers } from '../services/timers.ts';
import type { Stores } from '../store/ports.ts';
import { createModelBudget } from './budget.ts';
import type { CallFailure } from './callFailure.ts';
import { createCallRecorder } from './callRecorder.ts';
import type { ExperimentCaps } from './experimentCaps.ts';
import type { GuardedModel } from './guardedModel.ts';
import { endpointId } from './modelEndpoint.ts';
import type { ModelsInForce } from './modelsInForce.ts';
import { openTaping } from './recording/openTaping.ts';
import { replayedModels } from './recording/replayedModels.ts';
import type { ReplayPorts } from './recording/replayedModels.ts';
import { createSessionSeeds } from './recording/sessionSeeds.ts';
import { createQuestionUse } from './recording/tapingModel.ts';
import { selectModel } from './selectModel.ts';

export interface OpenModelsPorts {
  readonly stores: Pick<Stores, 'modelCalls'>;
  readonly timers: Timers;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly logger: Logger;
  readonly metrics: Pick<Metrics, 'providers' | 'fault'>;
  readonly experimentCaps: Pick<ExperimentCaps, 'of'>;
}

export interface OpenedModels {
  readonly model: LanguageModel;
  readonly inForce: ModelsInForce;
  /** What the settings lack for models that a game or an experiment names. */
  readonly problemsOf: (models: readonly string[]) => readonly string[];
  /** For sessions of a run that is taped, or played again from a tape; `null` when it is neither. */
  readonly seeds: Ids | null;
  /** Writes the records of the last calls. To be called when nothing is played any more. */
  stop(): Promise<void>;
}

/** Only what we say ourselves: what a provider says of a failure may repeat what a player wrote. */
function logFailure(logger: Logger, { role, task, occasion }: ModelRequest, failure: CallFailure): void {
  const facts = { reason: failure.reason, role, task, sessionId: occasion?.sessionId ?? null };
  if (failure.reason === 'model/cancelled') logger.debug(facts, failure.message);
  else logger.warn(facts, failure.message);
}

const replayPorts = (logger: Logger): ReplayPorts => ({
  onOpened: ({ file, answers, isCut }) => {
    logger.info({ file, answers: answers.length }, 'Answers of models come from a tape.');
    if (isCut) logger.warn({ file }, 'The last line of the tape is cut off: it is left out.');
  },
  onMissing: ({ role, task, promptVersion, occasion }) =>
    logger.warn(
      { reason: 'model/not-recorded', role, task, promptVersion, sessionId: occasion?.sessionId ?? null },
      'A question is not on the tape.',
    ),
});

/** The models that the settings name, with all that counts, records and limits what they do. Throws EnvError and TapeError. */
export async function openModels(env: Env, ports: OpenModelsPorts): Promise<OpenedModels> {
  const { stores, timers, now, logger, metrics, experimentCaps } = ports;
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
  const replayed = await replayedModels(namedModels(env), replayPorts(logger));
  const use = createQuestionUse();
  const caps = capsOf(env);
  const guardedModels: GuardedModel[] = [];
  const selected = await selectModel(env, {
    timers,
    now: () => performance.now(),
    budget: createModelBudget({
      caps,
      experiments: experimentCaps,
      store,
      recorded: () => recorder.flush(),
      now,
    }),
    onCall: (request, result, endpoint) => {
      metrics.providers.called(endpointId(endpoint), result);
      recorder.record(request, result, endpoint);
      use.onCall(request, result, endpoint);
      if (!result.ending.ok) logFailure(logger, request, result.ending.failure);
    },
    onGuarded: (guarded) => {
      guardedModels.push(guarded);
      metrics.providers.guarded(guarded);
    },
    replayed: replayed.models,
  });
  const seed = replayed.seed ?? randomUUID();
  if (env.MODEL_RECORD !== null) {
    logger.info({ file: env.MODEL_RECORD }, 'What models answer is written on a tape.');
  }
  const taping = await openTaping(selected, {
    file: env.MODEL_RECORD,
    seed,
    use,
    onFault: (fault) => {
      metrics.fault();
      logger.error({ err: fault }, 'The tape cannot be written any more: the rest of the run is not on it.');
    },
  });
  return {
    model: taping.model,
    inForce: {
      chains: chainsOf(env),
      caps,
      breakers: () => guardedModels.map(({ id, breaker }) => ({ model: id, state: breaker })),
    },
    problemsOf: (models) => (replayed.models.size > 0 ? [] : modelProblems(env, models)),
    seeds: replayed.seed === null && env.MODEL_RECORD === null ? null : createSessionSeeds(seed),
    stop: async () => {
      await recorder.stop();
      await taping.stop();
    },
  };
}
