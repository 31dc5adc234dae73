import type { Cancellation } from '../cancellation.ts';
import type { ModelChoice } from './modelChoice.ts';
import type { ModelRole } from './modelRole.ts';
import type { Scene } from './scene.ts';
import type { SeatSight } from './seatSight.ts';

export interface Prompt {
  readonly system: string;
  /** Player text stands only here, fenced as data; never in `system`. */
  readonly messages: readonly { readonly role: 'user' | 'assistant'; readonly content: string }[];
}

/** The turn for which a model is asked, so that a call can be found from the log and the log from a call. */
export interface ModelOccasion {
  readonly sessionId: string;
  /** Whose session it is. */
  readonly playerId: string;
  /** The experiment that the session is a part of, or `null`. */
  readonly experimentId: string | null;
  /** The turn that is being played. */
  readonly turn: number;
  /** The last event before the turn's command: what the call led to comes after it. The same for all calls of a command. */
  readonly afterSeq: number;
}

export interface ModelRequest {
  readonly role: ModelRole;
  /** Which of the role's tasks: the rule that a judge checks, what a scorer scores. For records, and for the scripted simulator. */
  readonly task: string;
  /** Recorded with whatever the answer leads to. */
  readonly promptVersion: string;
  /** The situation in words, for models that read. */
  readonly prompt: Prompt;
  /** The same situation as data, for the scripted simulator; `null` for a player, who is told nothing but `sight`. */
  readonly scene: Scene | null;
  /** The situation of a player as data; left out for every other role. */
  readonly sight?: SeatSight;
  /** What is judged or scored, word for word: an action, a reply, a guess. `null` where something is yet to be written. */
  readonly subject: string | null;
  /** Makes a deterministic model's answer repeatable. */
  readonly seed: string;
  /** Whom the session wants asked. */
  readonly models: ModelChoice;
  /** `null` when it is asked outside a session. */
  readonly occasion: ModelOccasion | null;
  readonly cancellation: Cancellation;
}

export interface ModelReply {
  readonly text: string;
  /** The model that answered, e.g. `scripted`. */
  readonly model: string;
}

/**
 * Port. May take seconds, and rejects with a `ModelFailure` when no answer is to be had; never retried by the engine.
 * `onText` receives the whole text so far, each time it grows.
 */
export interface LanguageModel {
  readonly id: string;
  generate(request: ModelRequest, onText: (textSoFar: string) => void): Promise<ModelReply>;
}

export const MODEL_FAILURE_REASONS = [
  'model/unavailable',
  'model/timeout',
  'model/refused',
  'model/cancelled',
  /* Answers come from a tape, and this question is not on it. */
  'model/not-recorded',
  /* What the operator lets a turn, a session or a player spend is spent. */
  'limit/model-tokens',
  'limit/model-cost',
  'limit/model-time',
] as const;
export type ModelFailureReason = (typeof MODEL_FAILURE_REASONS)[number];

/** The model, not the player, is at fault: it costs the player nothing. */
export class ModelFailure extends Error {
  readonly reason: ModelFailureReason;

  constructor(reason: ModelFailureReason, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'ModelFailure';
    this.reason = reason;
  }
}
