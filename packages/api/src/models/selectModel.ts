import { createScriptedModel } from '@dcs/engine';
import type { LanguageModel, ModelRole } from '@dcs/engine';
import type { Env } from '../env.ts';
import { chainsOf, isProvided, namedModels } from '../modelSettings.ts';
import type { ModelSettings } from '../modelSettings.ts';
import type { Timers } from '../services/timers.ts';
import type { ModelBudget } from './budget.ts';
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

/** What the models of the settings are made with; each is made once, so that all roles share its breaker. */
async function modelMaker(env: SelectSettings, ports: SelectPorts): Promise<(name: string) => LanguageModel> {
  const { timers, now, onGuarded, replayed } = ports;
  const made = new Map<string, LanguageModel>();
  // Loaded only when it is used: the libraries behind it cost a tenth of a second.
  const adapter = [...namedModels(env)].some(isProvided) ? await import('./providerModel.ts') : null;
  const limits = {
    firstByteMs: env.MODEL_FIRST_BYTE_SECONDS * 1000,
    silenceMs: env.MODEL_SILENCE_SECONDS * 1000,
    callMs: env.MODEL_CALL_SECONDS * 1000,
  };

  function make(name: string): LanguageModel {
    const provider = isProvided(name) ? providerOf(name, env) : null;
    if (provider === null || adapter === null) {
      const instant = replayed.get(name) ?? createScriptedModel();
      return createPacedModel(instant, { msPerWord: env.SCRIPTED_PACE_MS, timers });
    }
    const price = env.MODEL_PRICES.get(name) ?? null;
    const endpoint = adapter.createProviderModel(provider, { timers, now, limits, price });
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

function chained(names: readonly string[], modelOf: (name: string) => LanguageModel): LanguageModel {
  const [first, ...others] = names;
  if (first === undefined) throw new RangeError('A role has no model.');
  return createFallbackModel([modelOf(first), ...others.map(modelOf)]);
}

/** The models that the settings name, behind one door. Throws EnvError if a setting that one needs is missing. */
export async function selectModel(env: SelectSettings, ports: SelectPorts): Promise<LanguageModel> {
  const chains = chainsOf(env);
  const modelOf = await modelMaker(env, ports);
  const serving = (role: ModelRole): LanguageModel => chained(chains[role], modelOf);
  const model = createRoleModel({
    opener: serving('opener'),
    updater: serving('updater'),
    playerJudge: serving('playerJudge'),
    simulatorJudge: serving('simulatorJudge'),
    scorer: serving('scorer'),
  });
  const onlyScripted = Object.values(chains).every((chain) => chain.every((name) => name === 'scripted'));
  if (onlyScripted) return model;
  return createDeadlineModel(model, { turnMs: env.MODEL_TURN_SECONDS * 1000, ...ports });
}
