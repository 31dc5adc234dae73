import { EnvError } from '../env.ts';
import type { Env } from '../env.ts';

/** Where a model answers, and as whom we ask. */
export interface Provider {
  readonly name: string;
  readonly modelId: string;
  readonly baseUrl: string;
  readonly apiKey: string | null;
  /** Sent with each question so that the answer names its cost; `null` for a provider that cannot. */
  readonly askForCost: Readonly<Record<string, unknown>> | null;
}

export type ProviderSettings = Pick<
  Env,
  'OPENROUTER_API_KEY' | 'HF_TOKEN' | 'MODEL_BASE_URL' | 'MODEL_API_KEY'
>;

function required(value: string | null, name: string, model: string): string {
  if (value !== null) return value;
  throw new EnvError([`${name} is needed for ${model}.`]);
}

/**
 * The provider behind a model's name such as `openrouter:openai/gpt-5-mini`; `null` for the scripted simulator. Throws
 * EnvError if a setting it needs is missing.
 */
export function providerOf(model: string, env: ProviderSettings): Provider | null {
  const [, name = '', modelId = ''] = /^([a-z-]+):(.+)$/.exec(model) ?? [];
  switch (name) {
    case '':
      return null;
    case 'openrouter':
      return {
        name,
        modelId,
        baseUrl: 'https://openrouter.ai/api/v1',
        apiKey: required(env.OPENROUTER_API_KEY, 'OPENROUTER_API_KEY', model),
        askForCost: { usage: { include: true } },
      };
    case 'huggingface':
      return {
        name,
        modelId,
        baseUrl: 'https://router.huggingface.co/v1',
        apiKey: required(env.HF_TOKEN, 'HF_TOKEN', model),
        askForCost: null,
      };
    case 'openai-compatible':
      return {
        name,
        modelId,
        baseUrl: required(env.MODEL_BASE_URL, 'MODEL_BASE_URL', model),
        apiKey: env.MODEL_API_KEY,
        askForCost: null,
      };
    default:
      throw new EnvError([`${model} names no provider that we know.`]);
  }
}
