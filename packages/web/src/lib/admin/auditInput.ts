import { ACTION_WORDS } from '#lib/admin/auditWords.ts';

/** What a page of the audit log shows. */
export interface AuditInput {
  readonly action?: string;
  readonly actorId?: string;
  readonly targetId?: string;
  readonly limit: number;
  /** Of the API: where the page begins. */
  readonly cursor?: string;
}

const PAGE = 50;
const MOST_ID = 128;
const MOST_CURSOR = 256;

function textOf(asked: URLSearchParams, name: string, most: number): string | null {
  const text = (asked.get(name) ?? '').trim();
  return text === '' || text.length > most ? null : text;
}

/** What an address asks for; everything, newest first, where it asks for nothing that there is. */
export function readAuditInput(asked: URLSearchParams): AuditInput {
  const action = asked.get('action') ?? '';
  const [actorId, targetId] = [textOf(asked, 'actor', MOST_ID), textOf(asked, 'target', MOST_ID)];
  const cursor = textOf(asked, 'cursor', MOST_CURSOR);
  return {
    ...(Object.hasOwn(ACTION_WORDS, action) ? { action } : {}),
    ...(actorId === null ? {} : { actorId }),
    ...(targetId === null ? {} : { targetId }),
    limit: PAGE,
    ...(cursor === null ? {} : { cursor }),
  };
}

/** The address of another page of the same list. */
export function auditAddress({ action, actorId, targetId }: AuditInput, cursor: string | null): string {
  const asked = new URLSearchParams();
  if (action !== undefined) asked.set('action', action);
  if (actorId !== undefined) asked.set('actor', actorId);
  if (targetId !== undefined) asked.set('target', targetId);
  if (cursor !== null) asked.set('cursor', cursor);
  return `?${asked}`;
}
