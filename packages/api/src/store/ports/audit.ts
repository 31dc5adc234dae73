/** The account of what admins and players did to what is kept. */
export interface AuditEntry {
  readonly auditId: string;
  readonly at: number;
  /** Who did it: a player's id, or `system`. */
  readonly actorId: string;
  /** A stable namespaced string such as `player/erased`. */
  readonly action: string;
  /** The id of what it was done to, or `null`. */
  readonly targetId: string | null;
  /** No personal data. */
  readonly details: Readonly<Record<string, string | number | boolean>>;
}

/** Which entries; all of them where nothing is said. */
export interface AuditFilter {
  readonly action?: string;
  readonly actorId?: string;
  readonly targetId?: string;
}

interface AuditPage extends AuditFilter {
  readonly limit: number;
  readonly before?: { readonly at: number; readonly auditId: string };
}

export interface AuditLog {
  /** Repeating it with the same auditId has no further effect. */
  append(entry: AuditEntry): Promise<void>;
  /** Newest first. */
  list(page: AuditPage): Promise<readonly AuditEntry[]>;
}
