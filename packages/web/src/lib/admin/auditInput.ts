import { ACTION_WORDS } from '#lib/admin/auditWords.ts';
import { cursorIn, listAddress, PAGE, wordIn } from '#lib/admin/listAddress.ts';

/** What a page of the audit log shows. */
export interface AuditInput {
  readonly action?: string;
  readonly actorId?: string;
  readonly targetId?: string;
  readonly limit: number;
  readonly cursor?: string;
}

const MOST_ID = 128;

/** What an address asks for; everything, newest first, where it asks for nothing that there is. */
export function readAuditInput(asked: URLSearchParams): AuditInput {
  const action = asked.get('action') ?? '';
  const [actorId, targetId] = [wordIn(asked, 'actor', MOST_ID), wordIn(asked, 'target', MOST_ID)];
  return {
    ...(Object.hasOwn(ACTION_WORDS, action) ? { action } : {}),
    ...(actorId === null ? {} : { actorId }),
    ...(targetId === null ? {} : { targetId }),
    limit: PAGE,
    ...cursorIn(asked),
  };
}

/** The address of another page of the same list. */
export function auditAddress({ action, actorId, targetId }: AuditInput, cursor: string | null): string {
  return listAddress({ action, actor: actorId, target: targetId, cursor });
}
