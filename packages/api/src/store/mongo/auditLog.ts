import type { AuditEntry, AuditLog } from '../ports.ts';
import type { Models } from '../../../../../prisma/contract.d.ts';
import { after } from './filters.ts';
import { guarded, isDuplicateKey, mapMongoError } from './mongoErrors.ts';
import type { Collections } from './prismaClient.ts';

function fromRow(row: Models.unbound_AuditEntry): AuditEntry {
  const { auditId, at, actorId, action, targetId, detailsJson } = row;
  return { auditId, at: at.getTime(), actorId, action, targetId, details: JSON.parse(detailsJson) };
}

/** The audit log in MongoDB. */
export function createMongoAuditLog({ auditLog }: Collections): AuditLog {
  return {
    async append({ auditId, at, actorId, action, targetId, details }) {
      const detailsJson = JSON.stringify(details);
      try {
        await auditLog.createAndCount([
          { auditId, at: new Date(at), actorId, action, targetId, detailsJson },
        ]);
      } catch (error) {
        if (!isDuplicateKey(error)) throw mapMongoError(error);
      }
    },
    async list({ limit, before, ...filter }) {
      if (limit < 1) return [];
      const place = before && { time: before.at, id: before.auditId };
      const names = { time: 'at', id: 'auditId' };
      const wanted = Object.keys(filter).length === 0 ? auditLog : auditLog.where(filter);
      const rest = place === undefined ? wanted : wanted.where(after(names, place));
      const page = rest.orderBy({ at: -1, auditId: -1 }).limit(limit);
      return (await guarded(() => page.all())).map(fromRow);
    },
  };
}
