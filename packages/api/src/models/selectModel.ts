import { createScriptedModel } from '@dcs/engine';
import type { LanguageModel } from '@dcs/engine';
import type { Env } from '../env.ts';
import type { Timers } from '../services/timers.ts';
import { createPacedModel } from './pacedModel.ts';
import { providerFrom } from './provider.ts';
import type { ModelSettings } from './provider.ts';

/** The model that the settings name. Throws EnvError if a setting that it needs is missing. */
export async function selectModel(
  env: ModelSettings & Pick<Env, 'SCRIPTED_PACE_MS'>,
  timers: Timers,
): Promise<LanguageModel> {
  const provider = providerFrom(env);
  if (provider === null)
    return createPacedModel(createScriptedModel(), { msPerWord: env.SCRIPTED_PACE_MS, timers });
  // Loaded only when it is used: the libraries behind it cost a tenth of a second and 70 MB.
  const { createProviderModel } = await import('./providerModel.ts');
  return createProviderModel(provider);
}
