import type { ReconstructionDto } from '@dcs/api';
import type { Answered } from '#lib/answered.ts';

/** What a replay asks of the server. Nothing here rejects, and nothing disturbs the session. */
export interface ReplayLink {
  /** The steps after a place in the log, at most `PAGE` of them. */
  steps(afterSeq: number): Promise<Answered<ReconstructionDto>>;
  /** How far the log goes by now. */
  extent(): Promise<Answered<{ readonly lastSeq: number }>>;
  /** Begins a session that shares its past up to `atSeq`. Sent again with the same id, it is the same session. */
  branch(atSeq: number, commandId: string): Promise<Answered<{ readonly sessionId: string }>>;
}
