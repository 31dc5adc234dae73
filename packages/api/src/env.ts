import { SNAPSHOT_POLICIES } from '@dcs/engine';
import { z } from 'zod';
import { SERVER_MODES } from './dto.ts';
import { choice, number, schemasOf, secret } from './envSetting.ts';
import type { Setting } from './envSetting.ts';
import { MODEL_SETTINGS, modelProblems, namedModels } from './modelSettings.ts';

/*
 * Every setting of the server. `.env.example` is written from this table (scripts/envExample.mjs), and nothing else
 * in the program reads the environment.
 */

const LOG_LEVELS = ['silent', 'error', 'warn', 'info', 'debug'] as const;

const DATABASE_URL_PATTERN = /^mongodb(\+srv)?:\/\/\S+$/;

const originList = z
  .string()
  .default('')
  .transform((text) => text.split(',').map((origin) => origin.trim()))
  .pipe(
    z.array(
      z
        .string()
        .regex(
          /^$|^https?:\/\/[^/\s]+$/,
          'must be origins such as https://dcs.example.org, with commas between',
        ),
    ),
  )
  .transform((origins) => origins.filter((origin) => origin !== ''));

const SETTINGS = {
  PORT: number([0, 65_535], 5173, 'The port to listen on; 0 takes a free one.'),
  HOST: {
    schema: z.string().max(255).default('127.0.0.1'),
    fallback: '127.0.0.1',
    about: 'The address to listen on. 0.0.0.0 lets other machines in.',
  },
  DATABASE_URL: {
    schema: z
      .string()
      .regex(DATABASE_URL_PATTERN, 'must be a MongoDB address such as mongodb://127.0.0.1:27017/dcs')
      .optional()
      .transform((text) => text ?? null),
    fallback: 'the embedded database',
    about: 'A MongoDB server to use instead of the embedded database.',
  },
  DATA_DIR: {
    schema: z.string().max(1024).default('./data'),
    fallback: './data',
    about: 'Where the embedded database and generated keys are kept.',
  },
  REDIS_URL: {
    schema: z
      .string()
      .regex(/^rediss?:\/\/\S+$/, 'must be a Redis address such as redis://127.0.0.1:6379')
      .optional()
      .transform((text) => text ?? null),
    fallback: 'none; one process does it all',
    about: 'Redis, for more than one server.',
  },
  REDIS_PREFIX: {
    schema: z
      .string()
      .regex(/^[\w.-]{1,64}$/, 'must be letters, digits, dots, dashes and underscores, at most 64')
      .default('dcs'),
    fallback: 'dcs',
    about: 'What all names in Redis begin with. Servers with the same REDIS_URL and prefix share the work.',
  },
  LEASE_TTL_MS: number(
    [300, 60_000],
    4_000,
    'After how many milliseconds of silence the others take the sessions of a server over. Needs REDIS_URL.',
  ),
  ...MODEL_SETTINGS,
  PII_KEY: secret(
    '32 bytes as base64 or hex that encrypt personal data. Without it a key file is made in DATA_DIR.',
  ),
  ADMIN_KEY: secret('The access key of the first administrator. Make one with: npx dcs admin keygen'),
  SERVER_MODE: choice(
    SERVER_MODES,
    'standard',
    'standard asks people to register; freePlay lets anybody play.',
  ),
  DEFAULT_EXPERIMENT: {
    schema: z
      .string()
      .max(60)
      .regex(/^[A-Za-z][\w-]*$/, 'must be the name of an experiment, such as pilot-study')
      .optional()
      .transform((name) => name?.toLowerCase() ?? null),
    fallback: 'none; one plays what one likes',
    about: 'The experiment that this server is for. Then players play in it and nowhere else.',
  },
  SESSION_TTL_SECONDS: number(
    [1, 31_536_000],
    86_400,
    'How long an unused session stays in memory. It can always be resumed later.',
  ),
  SNAPSHOT_POLICY: choice(
    SNAPSHOT_POLICIES,
    'interval',
    'When a session is kept in a form that loads faster than its log. No choice loses anything: the log is the truth.',
  ),
  SNAPSHOT_EVENTS: number(
    [1, 1_000_000],
    200,
    'After how many events the next snapshot is worth it: for the policy interval, and for any session that is loaded.',
  ),
  SNAPSHOT_SECONDS: number(
    [0, 86_400],
    30,
    'For the policy interval: the least time between two snapshots of a session that is being played.',
  ),
  SNAPSHOT_TTL_SECONDS: number(
    [1, 31_536_000],
    86_400,
    'How long a snapshot stays in Redis after it was taken. The database keeps it anyway.',
  ),
  ABANDON_AFTER_SECONDS: number(
    [0, 315_360_000],
    7_776_000,
    'A session in which nothing has happened for so long has been abandoned, and ends. 0 lets sessions wait for ever.',
  ),
  PAUSE_GRACE_SECONDS: number(
    [0, 86_400],
    20,
    "How long a session's clock runs on after its last player has gone, so that a reload costs no pause.",
  ),
  LIVE_SESSIONS_PER_PLAYER: number(
    [1, 1_000_000],
    10_000,
    'How many sessions one player may have running at once.',
  ),
  MODEL_PLAYERS_AT_ONCE: number(
    [0, 1_000],
    4,
    'How many sessions models play at once at this server, in experiments in which models take part. 0: none.',
  ),
  SCRIPTED_PACE_MS: number(
    [0, 5_000],
    20,
    'Milliseconds per word of the scripted model, so that its replies are seen being written. 0 writes at once.',
  ),
  MAX_CONNECTIONS: number([1, 1_000_000], 15_000, 'How many connections are held open at once.'),
  CONNECTIONS_PER_ADDRESS: number(
    [1, 1_000_000],
    12_000,
    'How many of them may come from one address, so that the others find room.',
  ),
  CONNECTIONS_PER_KEY: number([1, 1_000_000], 12_000, 'How many of them may come with one access key.'),
  MESSAGES_PER_SECOND: number(
    [1, 1_000_000],
    5_000,
    'How many messages one connection may send in the long run, and twice as many at once.',
  ),
  CALLS_PER_SECOND: number(
    [1, 1_000_000],
    5_000,
    'How many calls one access key may make in the long run over all its connections, and twice as many at once. Whoever has no key counts by address.',
  ),
  MAX_REQUEST_KB: number([4, 16_384], 64, 'How large a request may be, in kilobytes.'),
  SIGN_IN_SECONDS: number(
    [1, 600],
    5,
    'How long a connection that announces an access key may take to present it.',
  ),
  ARRIVALS_PER_MINUTE: number(
    [1, 1_000_000],
    600,
    'How many accounts one address may make in the long run, and a thousand at once.',
  ),
  DRAIN_SECONDS: number(
    [1, 3_600],
    20,
    'How long turns that are being played may take to end when the server is stopped.',
  ),
  TRUST_PROXY: choice(
    ['no', 'yes'],
    'no',
    'Whether a proxy in front sets x-forwarded-proto and x-forwarded-for. Say yes only if it does.',
  ),
  CORS_ORIGINS: {
    schema: originList,
    fallback: 'none but our own',
    about: 'Other web origins that may use the API, with commas between.',
  },
  ALERT_WEBHOOK_URL: {
    schema: z
      .url({ protocol: /^https?$/, error: 'must be an address such as https://alerts.example.org/dcs' })
      .max(2_000)
      .optional()
      .transform((text) => text ?? null),
    fallback: 'none; alerts stand in the log, in the metrics and on the pages of administrators',
    about: 'Where to POST when an experiment needs somebody to look at it, and when that is over.',
  },
  LOG_LEVEL: choice(LOG_LEVELS, 'info', 'How much is logged.'),
} as const satisfies Record<string, Setting<unknown>>;

type SettingName = keyof typeof SETTINGS;

/** The checked settings under their names. */
export type Env = { readonly [Name in SettingName]: z.output<(typeof SETTINGS)[Name]['schema']> };

const envSchema = z.object({
  PORT: SETTINGS.PORT.schema,
  HOST: SETTINGS.HOST.schema,
  DATABASE_URL: SETTINGS.DATABASE_URL.schema,
  DATA_DIR: SETTINGS.DATA_DIR.schema,
  REDIS_URL: SETTINGS.REDIS_URL.schema,
  REDIS_PREFIX: SETTINGS.REDIS_PREFIX.schema,
  LEASE_TTL_MS: SETTINGS.LEASE_TTL_MS.schema,
  ...schemasOf(MODEL_SETTINGS),
  PII_KEY: SETTINGS.PII_KEY.schema,
  ADMIN_KEY: SETTINGS.ADMIN_KEY.schema,
  SERVER_MODE: SETTINGS.SERVER_MODE.schema,
  DEFAULT_EXPERIMENT: SETTINGS.DEFAULT_EXPERIMENT.schema,
  SESSION_TTL_SECONDS: SETTINGS.SESSION_TTL_SECONDS.schema,
  SNAPSHOT_POLICY: SETTINGS.SNAPSHOT_POLICY.schema,
  SNAPSHOT_EVENTS: SETTINGS.SNAPSHOT_EVENTS.schema,
  SNAPSHOT_SECONDS: SETTINGS.SNAPSHOT_SECONDS.schema,
  SNAPSHOT_TTL_SECONDS: SETTINGS.SNAPSHOT_TTL_SECONDS.schema,
  ABANDON_AFTER_SECONDS: SETTINGS.ABANDON_AFTER_SECONDS.schema,
  PAUSE_GRACE_SECONDS: SETTINGS.PAUSE_GRACE_SECONDS.schema,
  LIVE_SESSIONS_PER_PLAYER: SETTINGS.LIVE_SESSIONS_PER_PLAYER.schema,
  MODEL_PLAYERS_AT_ONCE: SETTINGS.MODEL_PLAYERS_AT_ONCE.schema,
  SCRIPTED_PACE_MS: SETTINGS.SCRIPTED_PACE_MS.schema,
  MAX_CONNECTIONS: SETTINGS.MAX_CONNECTIONS.schema,
  CONNECTIONS_PER_ADDRESS: SETTINGS.CONNECTIONS_PER_ADDRESS.schema,
  CONNECTIONS_PER_KEY: SETTINGS.CONNECTIONS_PER_KEY.schema,
  MESSAGES_PER_SECOND: SETTINGS.MESSAGES_PER_SECOND.schema,
  CALLS_PER_SECOND: SETTINGS.CALLS_PER_SECOND.schema,
  MAX_REQUEST_KB: SETTINGS.MAX_REQUEST_KB.schema,
  SIGN_IN_SECONDS: SETTINGS.SIGN_IN_SECONDS.schema,
  ARRIVALS_PER_MINUTE: SETTINGS.ARRIVALS_PER_MINUTE.schema,
  DRAIN_SECONDS: SETTINGS.DRAIN_SECONDS.schema,
  TRUST_PROXY: SETTINGS.TRUST_PROXY.schema,
  CORS_ORIGINS: SETTINGS.CORS_ORIGINS.schema,
  ALERT_WEBHOOK_URL: SETTINGS.ALERT_WEBHOOK_URL.schema,
  LOG_LEVEL: SETTINGS.LOG_LEVEL.schema,
} satisfies Record<SettingName, z.ZodType>);

/** The operator must act; every problem is named at once. */
export class EnvError extends Error {
  readonly reason = 'env/invalid';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`Please correct the environment:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.name = 'EnvError';
    this.problems = problems;
  }
}

/** Checks `source`, by default the environment of the process; an empty setting counts as absent. Throws EnvError. */
export function readEnv(source: Readonly<Record<string, string | undefined>> = process.env): Env {
  const given = Object.fromEntries(
    Object.keys(SETTINGS).flatMap((name) => {
      const value = source[name]?.trim();
      return value === undefined || value === '' ? [] : [[name, value]];
    }),
  );
  const parsed = envSchema.safeParse(given);
  if (parsed.success) {
    const problems = modelProblems(parsed.data, [...namedModels(parsed.data)]);
    if (problems.length > 0) throw new EnvError(problems);
    return parsed.data;
  }
  // The value is left out: it may be a secret.
  throw new EnvError(parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}.`));
}

/** The text of `.env.example`: every setting, commented out, with its meaning. */
export function envExample(): string {
  const head = '# Settings of the server. Copy this file to .env and uncomment what you change.\n';
  const entries = Object.entries(SETTINGS).map(
    ([name, { about, fallback }]) => `\n# ${about}\n# Default: ${fallback}\n#${name}=\n`,
  );
  return head + entries.join('');
}

/** What SvelteKit's handler reads when it is imported: the protocol is ours to say, and the longest form is a character sheet. */
export function preparePageEnvironment(): void {
  process.env['PROTOCOL_HEADER'] ??= 'x-forwarded-proto';
  process.env['BODY_SIZE_LIMIT'] ??= '512K';
}
