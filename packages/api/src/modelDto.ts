import type { GameRole, ModelChoice, ModelRole } from '@dcs/engine';
import type { BreakerState } from './models/guardedModel.ts';
import type { CallScope, Latency, ModelCallAmounts, ModelCallDay } from './store/ports.ts';

/* What crosses the wire about models behind providers. All of it is for administrators. Times of calls are in milliseconds. */

/** What one role has asked of one model. */
export interface RoleUseDto extends ModelCallAmounts {
  /** Such as `openrouter:openai/gpt-5-mini`. */
  readonly model: string;
  readonly role: ModelRole;
  /** Until the first byte; `null` when none came. */
  readonly firstByte: Latency | null;
  /** Until the end of an answer; `null` when there was none. */
  readonly total: Latency | null;
}

/** How often a model failed in one way. */
export interface ModelFailuresDto {
  readonly model: string;
  /** Such as `model/timeout`. */
  readonly reason: string;
  readonly calls: number;
}

export type CapMeasure = 'tokens' | 'dollars' | 'seconds';

/** Who has used the most. */
export interface CapPayerDto {
  /** Of the session, also where a turn of it is meant, of the player, or of the experiment. */
  readonly id: string;
  /** In the scope of turns: which one, and the place in the log after which its models were asked. */
  readonly turn: { readonly turn: number; readonly afterSeq: number } | null;
}

/** A cap of the settings, and how near anybody came to it. */
export interface CapDto {
  readonly scope: CallScope;
  readonly measure: CapMeasure;
  readonly most: number;
  /** The most that one of the scope has used in the time of the report; of players within the window of their cap. */
  readonly highest: number;
  /** Who that is; `null` when nobody has used anything. */
  readonly by: CapPayerDto | null;
}

/** Whether a model behind a provider is asked as usual, left alone, or on trial, at the server that answers. */
export interface BreakerDto {
  readonly model: string;
  readonly state: BreakerState;
}

/** A game whose file names models. Sessions that exist keep those that it named when they were created. */
export interface GameModelsDto {
  readonly title: string;
  readonly models: ModelChoice;
}

/** What a report is about: of all roles and models, or of some. Chains, breakers and caps are always shown whole. */
export interface ModelReportInput {
  /** How far it looks back. */
  readonly hours: number;
  readonly role: ModelRole | null;
  /** Such as `openrouter:openai/gpt-5-mini`; `openrouter` alone is all models of that provider. */
  readonly model: string | null;
}

export interface ModelReportDto {
  readonly since: string;
  readonly until: string;
  /** The models of each role, in the order in which they are asked by the server that answers. */
  readonly chains: Readonly<Record<GameRole, readonly string[]>>;
  /** Games in which others are asked. */
  readonly games: readonly GameModelsDto[];
  readonly breakers: readonly BreakerDto[];
  /** All models that may be asked now, or were asked in this time, whatever the report is about; ordered. */
  readonly models: readonly string[];
  /** Ordered by model and role. */
  readonly roles: readonly RoleUseDto[];
  readonly total: ModelCallAmounts;
  /** The most frequent ones first. */
  readonly failures: readonly ModelFailuresDto[];
  /** Only days with calls, in their order; days begin at midnight UTC. */
  readonly days: readonly ModelCallDay[];
  /** Empty where nothing is limited. */
  readonly caps: readonly CapDto[];
}
