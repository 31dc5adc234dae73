import { MOST_MODELS_OF_A_ROLE, PROVIDERS } from '@dcs/engine';
import type { GameRole } from '@dcs/engine';
import { z } from 'zod';
import { dollars, number, secret } from './envSetting.ts';
import type { Setting } from './envSetting.ts';
import type { Caps } from './models/budget.ts';

/* Which models speak, where they answer, and what they may use. */

const MODEL_PATTERN = new RegExp(`^(scripted|(${PROVIDERS.join('|')}|replay):[^\\s,]+)$`);

const MODEL_FORM =
  'must be scripted, openrouter:<id>, huggingface:<id>, openai-compatible:<id> or replay:<file>, or several with commas between';

const parts = (text: string): readonly string[] => text.split(',').map((part) => part.trim());

const chain = z
  .array(z.string().regex(MODEL_PATTERN, MODEL_FORM))
  .max(MOST_MODELS_OF_A_ROLE, `must name at most ${MOST_MODELS_OF_A_ROLE} models`)
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

const DAY_SECONDS = 86_400;
const MOST_TOKENS = 1_000_000_000;
const MOST_DOLLARS = 1_000_000;

const tokens = (who: string): Setting<number> =>
  number([0, MOST_TOKENS], 0, `How many tokens the models may use for ${who}. 0 sets no limit.`);
const cost = (who: string): Setting<number> =>
  dollars(MOST_DOLLARS, `How many US dollars the models may cost for ${who}. 0 sets no limit.`);
const seconds = (who: string): Setting<number> =>
  number([0, 31_536_000], 0, `How many seconds the models may work for ${who}. 0 sets no limit.`);

const A_SESSION = 'one session';
const A_PLAYER = 'all sessions of one player within 24 hours';
const AN_EXPERIMENT = 'all sessions of one experiment';

export const MODEL_SETTINGS = {
  MODEL: {
    schema: z.string().max(2_000).default('scripted').transform(parts).pipe(chain),
    fallback: 'scripted',
    about:
      'Who plays the simulated characters: a model, or several with commas between, of which the next is asked when one fails. scripted needs no key and no network; replay:<file> answers from a tape alone.',
  },
  MODEL_OPENER: roleModels('opens scenes'),
  MODEL_UPDATER: roleModels('answers players'),
  MODEL_PLAYER_JUDGE: roleModels('judges what players do'),
  MODEL_SIMULATOR_JUDGE: roleModels('judges what characters do'),
  MODEL_SCORER: roleModels('scores'),
  MODEL_RECORD: {
    schema: z
      .string()
      .max(1024)
      .optional()
      .transform((text) => text ?? null),
    fallback: 'none',
    about:
      'A new file for a tape of all that the models answer, to be given again with MODEL=replay:<file>. It holds what characters said.',
  },
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
      'What a million tokens cost in US dollars, read and written: openai-compatible:llama=0.25/2, with commas between. Needed where the cost is limited; what the provider itself names counts first.',
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
  MODEL_TURN_TOKENS: tokens('one turn'),
  MODEL_TURN_DOLLARS: cost('one turn'),
  MODEL_SESSION_TOKENS: tokens(A_SESSION),
  MODEL_SESSION_DOLLARS: cost(A_SESSION),
  MODEL_SESSION_SECONDS: seconds(A_SESSION),
  MODEL_PLAYER_TOKENS: tokens(A_PLAYER),
  MODEL_PLAYER_DOLLARS: cost(A_PLAYER),
  MODEL_PLAYER_SECONDS: seconds(A_PLAYER),
  MODEL_EXPERIMENT_TOKENS: tokens(AN_EXPERIMENT),
  MODEL_EXPERIMENT_DOLLARS: cost(AN_EXPERIMENT),
  MODEL_EXPERIMENT_SECONDS: seconds(AN_EXPERIMENT),
} as const satisfies Record<string, Setting<unknown>>;

/** The checked settings under their names. */
export type ModelSettings = {
  readonly [Name in keyof typeof MODEL_SETTINGS]: z.output<(typeof MODEL_SETTINGS)[Name]['schema']>;
};

/** The models that serve a role, in the order in which they are asked. */
export function chainsOf(env: ModelSettings): Readonly<Record<GameRole, readonly string[]>> {
  return {
    opener: env.MODEL_OPENER ?? env.MODEL,
    updater: env.MODEL_UPDATER ?? env.MODEL,
    playerJudge: env.MODEL_PLAYER_JUDGE ?? env.MODEL,
    simulatorJudge: env.MODEL_SIMULATOR_JUDGE ?? env.MODEL,
    scorer: env.MODEL_SCORER ?? env.MODEL,
  };
}

const REPLAY = 'replay:';

/** The file of the tape that a model answers from; `null` for any other model. */
export const tapeFileOf = (model: string): string | null =>
  model.startsWith(REPLAY) ? model.slice(REPLAY.length) : null;

/** Whether a model is behind a provider, which may charge for it. */
export const isProvided = (model: string): boolean => model !== 'scripted' && tapeFileOf(model) === null;

/** All models that the settings name. */
export const namedModels = (env: ModelSettings): ReadonlySet<string> =>
  new Set(Object.values(chainsOf(env)).flat());

/** What each kind of model cannot do without. */
const NEEDS = [
  { prefix: 'openrouter:', setting: 'OPENROUTER_API_KEY' },
  { prefix: 'huggingface:', setting: 'HF_TOKEN' },
  { prefix: 'openai-compatible:', setting: 'MODEL_BASE_URL' },
] as const;

const capsMoney = (env: ModelSettings): boolean =>
  env.MODEL_TURN_DOLLARS > 0 ||
  env.MODEL_SESSION_DOLLARS > 0 ||
  env.MODEL_PLAYER_DOLLARS > 0 ||
  env.MODEL_EXPERIMENT_DOLLARS > 0;

/** What the settings lack for these models, though each stands alone as it should. */
export function modelProblems(env: ModelSettings, models: readonly string[]): readonly string[] {
  const missing = NEEDS.flatMap(({ prefix, setting }) => {
    const model = models.find((name) => name.startsWith(prefix));
    return model !== undefined && env[setting] === null ? [`${setting} is needed for ${model}.`] : [];
  });
  // Also where the provider names the cost: it does so when the answer is over, which is too late to stop it.
  const unpriced = models.filter((model) => isProvided(model) && !env.MODEL_PRICES.has(model));
  const blind = capsMoney(env)
    ? unpriced.map((model) => `MODEL_PRICES must name the price of ${model}: what it costs is limited.`)
    : [];
  return [...missing, ...blind];
}

const limitOf = (most: number): number => (most === 0 ? Infinity : most);

/** What the models may use for a turn, a session, a player and an experiment. The time of a turn is limited elsewhere: it passes. */
export function capsOf(env: ModelSettings): Caps {
  return {
    turn: {
      tokens: limitOf(env.MODEL_TURN_TOKENS),
      dollars: limitOf(env.MODEL_TURN_DOLLARS),
      ms: Infinity,
    },
    session: {
      tokens: limitOf(env.MODEL_SESSION_TOKENS),
      dollars: limitOf(env.MODEL_SESSION_DOLLARS),
      ms: limitOf(env.MODEL_SESSION_SECONDS * 1000),
    },
    player: {
      tokens: limitOf(env.MODEL_PLAYER_TOKENS),
      dollars: limitOf(env.MODEL_PLAYER_DOLLARS),
      ms: limitOf(env.MODEL_PLAYER_SECONDS * 1000),
    },
    playerWindowMs: DAY_SECONDS * 1000,
    experiment: {
      tokens: limitOf(env.MODEL_EXPERIMENT_TOKENS),
      dollars: limitOf(env.MODEL_EXPERIMENT_DOLLARS),
      ms: limitOf(env.MODEL_EXPERIMENT_SECONDS * 1000),
    },
  };
}
