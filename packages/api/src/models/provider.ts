import { EnvError } from '../env.ts';
import type { Env } from '../env.ts';

/** Where a model answers, and as whom we ask. */
export interface Provider {
  readonly name: string;
  readonly modelId: string;
  readonly baseUrl: string;
  readonly apiKey: string | null;
}

export type ModelSettings = Pick<
  Env,
  'MODEL' | 'OPENROUTER_API_KEY' | 'HF_TOKEN' | 'MODEL_BASE_URL' | 'MODEL_API_KEY'
>;

function required(value: string | null, name: string, model: string): string {
  if (value !== null) return value;
  throw new EnvError([`${name} is needed for MODEL=${model}.`]);
}

/** The provider that `MODEL` names; `null` for the scripted simulator. Throws EnvError if a setting it needs is missing. */
export function providerFrom(env: ModelSettings): Provider | null {
  const [, name = '', modelId = ''] = /^([a-z-]+):(.+)$/.exec(env.MODEL) ?? [];
  switch (name) {
    case '':
      return null;
    case 'openrouter':
      return {
        name,
        modelId,
        baseUrl: 'https://openrouter.ai/api/v1',
        apiKey: required(env.OPENROUTER_API_KEY, 'OPENROUTER_API_KEY', env.MODEL),
      };
    case 'huggingface':
      return {
        name,
        modelId,
        baseUrl: 'https://router.huggingface.co/v1',
        apiKey: required(env.HF_TOKEN, 'HF_TOKEN', env.MODEL),
      };
    case 'openai-compatible':
      return {
        name,
        modelId,
        baseUrl: required(env.MODEL_BASE_URL, 'MODEL_BASE_URL', env.MODEL),
        apiKey: env.MODEL_API_KEY,
      };
    default:
      throw new EnvError([`MODEL names no provider that we know: ${name}.`]);
  }
}
