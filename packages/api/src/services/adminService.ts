import type { AdminOverviewDto, ServerStatusDto } from '../dto.ts';
import type { AlertCountsDto } from '../alertDto.ts';
import type { SessionCatalogue } from '../store/ports.ts';
import { authorise } from './authorise.ts';
import type { Principal } from './authorise.ts';

export interface AdminServicePorts {
  readonly sessions: Pick<SessionCatalogue, 'countUnfinished'>;
  /** What the servers that share the work say of themselves. */
  readonly status: () => ServerStatusDto;
  readonly alerts: () => readonly AlertCountsDto[];
}

/** What administrators see of everything. */
export interface AdminService {
  overview(principal: Principal | null): Promise<AdminOverviewDto>;
}

export function createAdminService({ sessions, status, alerts }: AdminServicePorts): AdminService {
  return {
    overview: async (principal) => {
      authorise(principal, 'admin.overview', null);
      const unfinished = await sessions.countUnfinished();
      const { activeSessions, nodes } = status();
      return { sessions: { unfinished, live: activeSessions }, nodes, alerts: alerts() };
    },
  };
}
