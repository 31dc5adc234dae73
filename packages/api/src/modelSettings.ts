import type { ModelRole } from '@dcs/engine';
import { z } from 'zod';
import { number, secret } from './envSetting.ts';
import type { Setting } from './envSetting.ts';

/* Which models speak, where they answer, and what they may use. */

const MODEL_PATTERN = /^(scripted|(openrouter|huggingface|openai-compatible):[^\s,]+)$/;
const MOST_MODELS = 5;

const MODEL_FORM =
  'must be scripted, openrouter:<id>, huggingface:<id> or openai-compatible:<id>, or several with commas between';

const parts = (text: string): readonly string[] => text.split(',').map((part) => part.trim());

const chain = z
  .array(z.string().regex(MODEL_PATTERN, MODEL_FORM))
  .max(MOST_MODELS, `must name at most ${MOST_MODELS} models`)
  .readonly();

/** The models of a role, in the order in which they are asked; `null` leaves the choice to MODEL. */
const roleModels = (who: string): Setting<readonly string[] | null> => ({
  schema: z
    .string()
    .max(2_000)
    .optional()
    .transform((text) => (text === undefined ? null : parts(text)))
    .pipe(chain.nullable()),
  fallback: 'as MODEL',
  about: `Who ${who}, if not MODEL.`,
});

/** US dollars for a million tokens, as told to us. */
export interface Price {
  readonly input: number;
  readonly output: number;
}

const PRICE_PATTERN = /^(?<model>[^\s,=]+)=(?<input>\d{1,6}(\.\d{1,6})?)\/(?<output>\d{1,6}(\.\d{1,6})?)$/;

const prices = z
  .string()
  .max(4_000)
  .default('')
  .transform((text) => parts(text).filter((part) => part !== ''))
  .pipe(
    z.array(
      z.string().regex(PRICE_PATTERN, 'must be such as openai-compatible:llama=0.25/2, with commas between'),
    ),
  )
  .transform((lines): ReadonlyMap<string, Price> => {
    const entries = lines.map((line) => {
      const { model = '', input, output } = PRICE_PATTERN.exec(line)?.groups ?? {};
      return [model, { input: Number(input), output: Number(output) }] as const;
    });
    return new Map(entries);
  });

export const MODEL_SETTINGS = {
  MODEL: {
    schema: z.string().max(2_000).default('scripted').transform(parts).pipe(chain),
    fallback: 'scripted',
    about:
      'Who plays the simulated characters: a model, or several with commas between, of which the next is asked when one fails. scripted needs no key and no network.',
  },
  MODEL_OPENER: roleModels('opens scenes'),
  MODEL_UPDATER: roleModels('answers players'),
  MODEL_PLAYER_JUDGE: roleModels('judges what players do'),
  MODEL_SIMULATOR_JUDGE: roleModels('judges what characters do'),
  MODEL_SCORER: roleModels('scores'),
  OPENROUTER_API_KEY: secret('Key for openrouter models.'),
  HF_TOKEN: secret('Token for huggingface models.'),
  MODEL_BASE_URL: {
    schema: z
      .string()
      .regex(/^https?:\/\/\S+$/, 'must be an address such as http://127.0.0.1:8080/v1')
      .optional()
      .transform((text) => text ?? null),
    fallback: 'none',
    about: 'Where an openai-compatible model answers.',
  },
  MODEL_API_KEY: secret('Key for an openai-compatible model, if it asks for one.'),
  MODEL_PRICES: {
    schema: prices,
    fallback: 'none',
    about:
      'What a million tokens cost in US dollars, read and written: openai-compatible:llama=0.25/2, with commas between. What the provider itself names counts first.',
  },
  MODEL_FIRST_BYTE_SECONDS: number(
    [1, 600],
    20,
    'How long a model may take until the first byte of its answer.',
  ),
  MODEL_SILENCE_SECONDS: number(
    [1, 600],
    15,
    'How long a model may fall silent in the middle of its answer.',
  ),
  MODEL_CALL_SECONDS: number([1, 600], 60, 'How long one answer of a model may take.'),
  MODEL_TURN_SECONDS: number(
    [1, 3_600],
    120,
    'How long all models together may take for one turn, repetitions and waiting included.',
  ),
} as const satisfies Record<string, Setting<unknown>>;

/** The checked settings under their names. */
export type ModelSettings = {
  readonly [Name in keyof typeof MODEL_SETTINGS]: z.output<(typeof MODEL_SETTINGS)[Name]['schema']>;
};

/** The models that serve a role, in the order in which they are asked. */
export function chainsOf(env: ModelSettings): Readonly<Record<ModelRole, readonly string[]>> {
  return {
    opener: env.MODEL_OPENER ?? env.MODEL,
    updater: env.MODEL_UPDATER ?? env.MODEL,
    playerJudge: env.MODEL_PLAYER_JUDGE ?? env.MODEL,
    simulatorJudge: env.MODEL_SIMULATOR_JUDGE ?? env.MODEL,
    scorer: env.MODEL_SCORER ?? env.MODEL,
  };
}

/** What each kind of model cannot do without. */
const NEEDS = [
  { prefix: 'openrouter:', setting: 'OPENROUTER_API_KEY' },
  { prefix: 'huggingface:', setting: 'HF_TOKEN' },
  { prefix: 'openai-compatible:', setting: 'MODEL_BASE_URL' },
] as const;

/** What the settings that stand alone as they should lack together. */
export function modelProblems(env: ModelSettings): readonly string[] {
  const models = [...new Set(Object.values(chainsOf(env)).flat())];
  return NEEDS.flatMap(({ prefix, setting }) => {
    const model = models.find((name) => name.startsWith(prefix));
    return model !== undefined && env[setting] === null ? [`${setting} is needed for ${model}.`] : [];
  });
}
