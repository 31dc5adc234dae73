import { createScriptedModel } from '@dcs/engine';
import type { GameRole, LanguageModel } from '@dcs/engine';
import type { Env } from '../env.ts';
import { chainsOf, isProvided } from '../modelSettings.ts';
import type { ModelSettings } from '../modelSettings.ts';
import type { Timers } from '../services/timers.ts';
import type { ModelBudget } from './budget.ts';
import { CallFailure } from './callFailure.ts';
import { createDeadlineModel } from './deadlineModel.ts';
import { createEndpointModel } from './endpointModel.ts';
import type { OnCall } from './endpointModel.ts';
import { createFallbackModel } from './fallbackModel.ts';
import { createGuardedModel } from './guardedModel.ts';
import type { GuardedModel } from './guardedModel.ts';
import { createPacedModel } from './pacedModel.ts';
import { providerOf } from './provider.ts';
import type { ReplayedModels } from './recording/replayedModels.ts';
import { createRetryingModel } from './retryingModel.ts';
import { createRoleModel } from './roleModel.ts';
import type { FindModels } from './roleModel.ts';

export interface SelectPorts {
  readonly timers: Timers;
  /** Milliseconds from any origin; never steps back. */
  readonly now: () => number;
  readonly onCall: OnCall;
  readonly budget: ModelBudget;
  /** A model behind a provider is in use: its breaker can be looked at. */
  readonly onGuarded: (model: GuardedModel) => void;
  readonly replayed: ReplayedModels['models'];
}

type SelectSettings = ModelSettings & Pick<Env, 'SCRIPTED_PACE_MS'>;

type ModelsByName = (name: string) => Promise<LanguageModel>;

/** Each model is made once, so that all roles share its breaker. Rejects with EnvError if a setting that it needs is missing. */
function createModels(env: SelectSettings, ports: SelectPorts): ModelsByName {
  const { timers, now, onGuarded, replayed } = ports;
  const made = new Map<string, Promise<LanguageModel>>();
  const limits = {
    firstByteMs: env.MODEL_FIRST_BYTE_SECONDS * 1000,
    silenceMs: env.MODEL_SILENCE_SECONDS * 1000,
    callMs: env.MODEL_CALL_SECONDS * 1000,
  };

  async function make(name: string): Promise<LanguageModel> {
    const provider = isProvided(name) ? providerOf(name, env) : null;
    if (provider === null) {
      const instant = replayed.get(name) ?? createScriptedModel();
      return createPacedModel(instant, { msPerWord: env.SCRIPTED_PACE_MS, timers });
    }
    // Loaded only when it is used: the libraries behind it cost a tenth of a second.
    const { createProviderModel } = await import('./providerModel.ts');
    const price = env.MODEL_PRICES.get(name) ?? null;
    const endpoint = createProviderModel(provider, { timers, now, limits, price });
    const calling = createEndpointModel(endpoint, ports);
    const guarded = createGuardedModel(createRetryingModel(calling, { timers }), { now });
    onGuarded(guarded);
    return guarded;
  }

  return (name) => {
    const model = made.get(name) ?? make(name);
    made.set(name, model);
    return model;
  };
}

async function chained(names: readonly string[], modelOf: ModelsByName): Promise<LanguageModel> {
  const [first, ...others] = await Promise.all(names.map(modelOf));
  if (first === undefined) throw new RangeError('A role has no model.');
  return createFallbackModel([first, ...others]);
}

/** Chains that sessions choose. One that was chosen when the settings were others may not be had any more. */
function createChosenModels(modelOf: ModelsByName): FindModels {
  const made = new Map<string, Promise<LanguageModel>>();
  return async (names) => {
    const key = names.join(',');
    const model = made.get(key) ?? chained(names, modelOf);
    made.set(key, model);
    try {
      return await model;
    } catch (cause) {
      throw new CallFailure('model/unavailable', `The models of this session cannot be asked: ${key}.`, {
        cause,
      });
    }
  };
}

/**
 * The models that the settings name, behind one door, and those that sessions choose instead. Who plays again from a tape wants
 * nobody else asked, so that then choices do not count. Throws EnvError if a setting that a model needs is missing.
 */
export async function selectModel(env: SelectSettings, ports: SelectPorts): Promise<LanguageModel> {
  const chains = chainsOf(env);
  const modelOf = createModels(env, ports);
  const serving = (role: GameRole): Promise<LanguageModel> => chained(chains[role], modelOf);
  const byRole = {
    opener: await serving('opener'),
    updater: await serving('updater'),
    playerJudge: await serving('playerJudge'),
    simulatorJudge: await serving('simulatorJudge'),
    scorer: await serving('scorer'),
  };
  const isOffline = ports.replayed.size > 0;
  const model = createRoleModel({ byRole, chosen: isOffline ? null : createChosenModels(modelOf) });
  return createDeadlineModel(model, { turnMs: env.MODEL_TURN_SECONDS * 1000, ...ports });
}
