import type { ParticipantKind } from '../event.ts';
import type { FormEvent } from '../forms/form.schema.ts';

/** Where somebody can leave, in the order in which people come by. */
export const STAGES = [
  'joining',
  'before-all-assignments',
  'before-assignment',
  'assignment',
  'session',
  'after-turns',
  'on-finish',
  'after-assignment',
  'after-all-assignments',
] as const satisfies readonly (FormEvent | 'joining' | 'assignment' | 'session')[];
export type Stage = (typeof STAGES)[number];

/** How it went for somebody. */
export type Outcome =
  /** There was nothing more to do for them. */
  | { readonly type: 'finished' }
  | { readonly type: 'left'; readonly stage: Stage }
  /** They would have gone on. `reason` as the API would tell it. */
  | { readonly type: 'turnedAway'; readonly stage: Stage; readonly reason: string };

/** The way of one simulated participant through an experiment. */
export interface Journey {
  readonly participantId: string;
  readonly kind: ParticipantKind;
  /** Epoch ms. */
  readonly arrivedAt: number;
  readonly endedAt: number;
  /** Time for which they were busy with forms and play. */
  readonly activeMs: number;
  /** Every stage that they came to, each once. */
  readonly reached: ReadonlySet<Stage>;
  /** Names of forms that they were asked. */
  readonly asked: ReadonlySet<string>;
  readonly outcome: Outcome;
}
