import { MODEL_FAILURE_REASONS } from '@dcs/engine';
import type { ModelOccasion, ModelRole } from '@dcs/engine';

/** How a call to a model ended: `ok`, or why there was no answer. */
export const CALL_OUTCOMES = ['ok', ...MODEL_FAILURE_REASONS] as const;
export type CallOutcome = (typeof CALL_OUTCOMES)[number];

/** One call to a model behind a provider. What was said in it is not here but in the log. */
export interface ModelCall {
  readonly callId: string;
  /** When it began. */
  readonly at: number;
  readonly role: ModelRole;
  readonly task: string;
  readonly provider: string;
  /** As the provider names it. */
  readonly model: string;
  readonly promptVersion: string;
  /** SHA-256 of the prompt, in hexadecimal. */
  readonly promptHash: string;
  /** What was sent beside the prompt. */
  readonly parameters: Readonly<Record<string, number>>;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Whether the tokens are counted from the length of the texts, because the provider did not tell. */
  readonly isEstimated: boolean;
  /** US dollars; `null` when nobody knows. */
  readonly costUsd: number | null;
  /** Milliseconds; `null` when no byte came. */
  readonly firstByteMs: number | null;
  readonly totalMs: number;
  readonly outcome: CallOutcome;
  /** For which turn: what came of the call stands after `afterSeq`. `null` when it was asked outside a session. */
  readonly occasion: ModelOccasion | null;
}

export interface ModelCallPage {
  readonly limit: number;
  readonly sessionId?: string;
  readonly before?: { readonly at: number; readonly callId: string };
}

/** In the order in which they began; `after` is the cursor of the last row seen. */
export interface ExperimentCallPage {
  readonly limit: number;
  readonly after?: { readonly at: number; readonly callId: string };
}

export interface ModelCallFilter {
  /** Only calls that began at this time or later. */
  readonly since?: number;
  readonly sessionId?: string;
  readonly playerId?: string;
  readonly experimentId?: string;
  readonly role?: ModelRole;
  readonly provider?: string;
  /** As its provider calls it. */
  readonly model?: string;
}

/** What the calls of one role to one model amount to. */
export interface ModelCallSum {
  readonly provider: string;
  readonly model: string;
  readonly role: ModelRole;
  readonly calls: number;
  /** Calls that brought no answer. */
  readonly failures: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** US dollars, of the calls whose cost is known. */
  readonly costUsd: number;
  /** Calls whose cost nobody knows. */
  readonly unpriced: number;
  /** Milliseconds of all calls together. */
  readonly totalMs: number;
}

/** What any number of calls amount to. */
export type ModelCallAmounts = Omit<ModelCallSum, 'provider' | 'model' | 'role'>;

/** How long things took, in whole milliseconds: half of them at most so long, and all but one in twenty. */
export interface Latency {
  readonly p50Ms: number;
  readonly p95Ms: number;
}

/** How long the answers of one role by one model took. */
export interface ModelCallLatency extends Pick<ModelCallSum, 'provider' | 'model' | 'role'> {
  /** Until the first byte, of calls that brought one; `null` when none did. */
  readonly firstByte: Latency | null;
  /** Of calls that brought an answer. */
  readonly total: Latency | null;
}

/** What went wrong with a model, and how often. */
export interface ModelCallFailures extends Pick<ModelCallSum, 'provider' | 'model'> {
  readonly outcome: CallOutcome;
  readonly calls: number;
}

/** What the calls of a day amount to; days begin at midnight UTC. */
export interface ModelCallDay extends ModelCallAmounts {
  /** Such as `2026-11-21`. */
  readonly day: string;
}

export interface ModelCallFigures {
  /** In the order of `sums`. */
  readonly latencies: readonly ModelCallLatency[];
  /** The most frequent ones first. */
  readonly failures: readonly ModelCallFailures[];
  /** Only days with calls, in their order. */
  readonly days: readonly ModelCallDay[];
}

/** For what calls are counted together when what they use is limited. */
export const CALL_SCOPES = ['turn', 'session', 'player', 'experiment'] as const;
export type CallScope = (typeof CALL_SCOPES)[number];

/** What calls use, as it is limited. */
export interface ModelCallUse {
  readonly tokens: number;
  /** US dollars. */
  readonly dollars: number;
  /** Milliseconds. */
  readonly ms: number;
}

/** Whom calls are charged to, so that they are counted together. */
export interface ModelCallPayer {
  /** Of the session, also where a turn of it is meant, of the player, or of the experiment. */
  readonly id: string;
  /** The turn that is meant, with the event after which its models were asked; `null` in other scopes. */
  readonly turn: Pick<ModelOccasion, 'turn' | 'afterSeq'> | null;
}

/** The most that any one of a scope has used. */
export interface HighestUse {
  readonly amount: number;
  /** `null` when nobody has used anything of the kind. */
  readonly by: ModelCallPayer | null;
}

/** What was asked of models, and what it took. */
export interface ModelCallStore {
  /** Keeps the first call of each id. Repeatable, also after a part of it was written. */
  add(calls: readonly ModelCall[]): Promise<void>;
  list(page: ModelCallPage): Promise<readonly ModelCall[]>;
  listByExperiment(experimentId: string, page: ExperimentCallPage): Promise<readonly ModelCall[]>;
  /** Ordered by provider, model and role. */
  sums(filter: ModelCallFilter): Promise<readonly ModelCallSum[]>;
  /** For people who look at it: latencies may be estimates. */
  figures(filter: ModelCallFilter): Promise<ModelCallFigures>;
  /** The most that any one turn, session, player or experiment has used since a time, each measure for itself. */
  highest(scope: CallScope, since: number): Promise<Readonly<Record<keyof ModelCallUse, HighestUse>>>;
}
