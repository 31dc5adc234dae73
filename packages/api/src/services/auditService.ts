import type { AuditPageDto } from '../sessionAdminDto.ts';
import { isoTime } from '../isoTime.ts';
import type { AuditFilter, AuditLog } from '../store/ports.ts';
import { authorise } from './authorise.ts';
import type { Principal } from './authorise.ts';
import { listPage } from './listPages.ts';
import type { ListRequest } from './listPages.ts';

export interface AuditServicePorts {
  readonly audit: Pick<AuditLog, 'list'>;
}

type AskedFilter = { readonly [Name in keyof AuditFilter]: AuditFilter[Name] | undefined };

/** The account of what administrators and players did to what is kept, for administrators. */
export interface AuditService {
  list(principal: Principal | null, request: ListRequest & AskedFilter): Promise<AuditPageDto>;
}

export function createAuditService({ audit }: AuditServicePorts): AuditService {
  return {
    list: async (principal, { limit, cursor, action, actorId, targetId }) => {
      authorise(principal, 'admin.audit', null);
      const { rows, nextCursor } = await listPage(
        { limit, cursor },
        (most, before) =>
          audit.list({
            ...(action === undefined ? {} : { action }),
            ...(actorId === undefined ? {} : { actorId }),
            ...(targetId === undefined ? {} : { targetId }),
            limit: most,
            ...(before && { before: { at: before.at, auditId: before.id } }),
          }),
        ({ at, auditId }) => ({ at, id: auditId }),
      );
      return { entries: rows.map(({ at, ...entry }) => ({ ...entry, at: isoTime(at) })), nextCursor };
    },
  };
}
