import type { Clock, SessionManager } from '@dcs/engine';
import type { ServerConfigDto, ServerStatusDto } from '../dto.ts';

export interface ServerServicePorts {
  readonly config: Pick<ServerConfigDto, 'mode' | 'storage' | 'model' | 'defaultExperiment'>;
  readonly version: string;
  readonly clock: Clock;
  readonly manager: Pick<SessionManager, 'liveSessions'>;
  /** The other servers that share the work, as of a moment ago. */
  readonly otherNodes: () => readonly { readonly liveSessions: number }[];
}

/** What anybody may know of the server. */
export interface ServerService {
  readonly config: () => ServerConfigDto;
  readonly status: () => ServerStatusDto;
}

export function createServerService(ports: ServerServicePorts): ServerService {
  const { config, version, clock, manager, otherNodes } = ports;
  const startedAt = clock.now();
  const standard = config.mode === 'standard';
  return {
    config: () => ({
      mode: config.mode,
      authenticationRequired: standard,
      registrationEnabled: standard,
      experimentsEnabled: standard,
      defaultExperiment: config.defaultExperiment,
      storage: config.storage,
      model: config.model,
    }),
    status: () => ({
      status: 'ok',
      startedAt: new Date(startedAt).toISOString(),
      uptimeSeconds: Math.max(0, Math.floor((clock.now() - startedAt) / 1000)),
      activeSessions: otherNodes().reduce((sum, node) => sum + node.liveSessions, manager.liveSessions),
      nodes: otherNodes().length + 1,
      version,
    }),
  };
}
