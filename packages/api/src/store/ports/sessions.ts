import type { SessionRecord, SessionStatus, SessionStore } from '@dcs/engine';

/** The oldest sessions first; `after` is the cursor of the last row seen. */
export interface UnfinishedPage {
  readonly limit: number;
  /** Only sessions in which nothing has happened since, by their summaries. */
  readonly idleSince?: number;
  readonly after?: { readonly createdAt: number; readonly sessionId: string };
}

/** The sessions that ended first come first; `after` is the cursor of the last row seen. */
export interface UnarchivedPage {
  readonly limit: number;
  readonly after?: { readonly endedAt: number; readonly sessionId: string };
}

/** The sessions that were created first come first; `after` is the cursor of the last row seen. */
export interface ExperimentSessionPage {
  readonly limit: number;
  readonly after?: { readonly createdAt: number; readonly sessionId: string };
}

/** The engine's view of sessions, and the means to look after those that nobody looks after. */
export interface SessionCatalogue extends SessionStore {
  /** Those that exist, in any order. For callers that ask for at most some hundreds at once. */
  getAll(sessionIds: readonly string[]): Promise<readonly SessionRecord[]>;
  /** How many have not ended, by their summaries. */
  countUnfinished(): Promise<number>;
  listUnfinished(page: UnfinishedPage): Promise<readonly SessionRecord[]>;
  /** What has ended, by its summary, and is not marked as archived. */
  listUnarchived(page: UnarchivedPage): Promise<readonly SessionRecord[]>;
  /** The session's entry in the history is complete. Repeatable. */
  markArchived(sessionId: string, at: number): Promise<void>;
  listByExperiment(experimentId: string, page: ExperimentSessionPage): Promise<readonly SessionRecord[]>;
  /** How many have which status, by their summaries. */
  countByExperiment(experimentId: string): Promise<Readonly<Record<SessionStatus, number>>>;
}
