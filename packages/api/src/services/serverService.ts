import type { Clock, SessionManager } from '@dcs/engine';
import type { ServerConfigDto, ServerStatusDto } from '../dto.ts';

export interface ServerServicePorts {
  readonly config: Pick<ServerConfigDto, 'mode' | 'storage' | 'model'>;
  readonly version: string;
  readonly clock: Clock;
  readonly manager: Pick<SessionManager, 'liveSessions'>;
}

/** What anybody may know of the server. */
export interface ServerService {
  readonly config: () => ServerConfigDto;
  readonly status: () => ServerStatusDto;
}

export function createServerService({ config, version, clock, manager }: ServerServicePorts): ServerService {
  const startedAt = clock.now();
  const standard = config.mode === 'standard';
  return {
    config: () => ({
      mode: config.mode,
      authenticationRequired: standard,
      registrationEnabled: standard,
      experimentsEnabled: false,
      defaultExperiment: null,
      storage: config.storage,
      model: config.model,
    }),
    status: () => ({
      status: 'ok',
      startedAt: new Date(startedAt).toISOString(),
      uptimeSeconds: Math.max(0, Math.floor((clock.now() - startedAt) / 1000)),
      activeSessions: manager.liveSessions,
      version,
    }),
  };
}
