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

interface AuditPage {
  readonly limit: number;
  readonly before?: { readonly at: number; readonly auditId: string };
}

export interface AuditLog {
  /** Repeating it with the same auditId has no further effect. */
  append(entry: AuditEntry): Promise<void>;
  list(page: AuditPage): Promise<readonly AuditEntry[]>;
}
