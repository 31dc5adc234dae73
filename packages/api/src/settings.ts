import packageJson from '../package.json' with { type: 'json' };
import type { AppSettings } from './appPorts.ts';
import type { Env } from './env.ts';
import type { NetworkLimits } from './http/network.ts';
import type { OriginPolicy } from './http/origin.ts';
import { chainsOf } from './modelSettings.ts';
import type { Storage } from './storage.ts';
import { BUFFER_LIMITS } from './stream/connection.ts';
import type { ConnectionLimits } from './stream/connection.ts';

/* What the settings mean to the parts of the server, in their own words and units. */

export function settingsFrom(env: Env, storage: Storage['kind']): AppSettings {
  return {
    mode: env.SERVER_MODE,
    storage,
    defaultExperiment: env.DEFAULT_EXPERIMENT,
    version: packageJson.version,
    sessionTtlMs: env.SESSION_TTL_SECONDS * 1000,
    pauseGraceMs: env.PAUSE_GRACE_SECONDS * 1000,
    snapshots: {
      name: env.SNAPSHOT_POLICY,
      events: env.SNAPSHOT_EVENTS,
      ms: env.SNAPSHOT_SECONDS * 1000,
    },
    abandonAfterMs: env.ABANDON_AFTER_SECONDS === 0 ? null : env.ABANDON_AFTER_SECONDS * 1000,
    liveSessionsPerPlayer: env.LIVE_SESSIONS_PER_PLAYER,
    modelPlayersAtOnce: env.MODEL_PLAYERS_AT_ONCE,
    arrivalsPerMinute: env.ARRIVALS_PER_MINUTE,
    judge: chainsOf(env).scorer.join(','),
    callsPerSecond: env.CALLS_PER_SECOND,
    alertWebhookUrl: env.ALERT_WEBHOOK_URL,
    origins: originPolicy(env),
  };
}

export function limitsFrom(env: Env, changes: Partial<ConnectionLimits> = {}): NetworkLimits {
  return {
    door: {
      connections: env.MAX_CONNECTIONS,
      perAddress: env.CONNECTIONS_PER_ADDRESS,
      perKey: env.CONNECTIONS_PER_KEY,
    },
    connection: {
      ...BUFFER_LIMITS,
      messagesPerSecond: env.MESSAGES_PER_SECOND,
      signInMs: env.SIGN_IN_SECONDS * 1000,
      ...changes,
    },
    requestBytes: env.MAX_REQUEST_KB * 1024,
    drainMs: env.DRAIN_SECONDS * 1000,
  };
}

export function originPolicy(env: Env): OriginPolicy {
  return { allowed: env.CORS_ORIGINS, trustProxy: env.TRUST_PROXY === 'yes' };
}
