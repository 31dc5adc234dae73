import type {
  CharacterSheet,
  PlayerRule,
  PlayToScore,
  ScoreTask,
  SimulatorRule,
  TranscriptLine,
} from '@dcs/engine';
import type { Bounds } from './bounds.ts';

/* Material with what people say that judges and scorers should make of it. */

interface Labelled {
  /** The name of the file it stands in. */
  readonly file: string;
  readonly id: string;
  readonly description: string;
}

interface LabelledTurn<Rule> extends Labelled {
  readonly pc: CharacterSheet;
  readonly npc: CharacterSheet;
  /** Before the action. */
  readonly transcript: readonly TranscriptLine[];
  readonly action: string;
  readonly broken: readonly Rule[];
  readonly kept: readonly Rule[];
}

export interface ActionCase extends LabelledTurn<PlayerRule> {
  readonly kind: 'action';
}

export interface ReplyCase extends LabelledTurn<SimulatorRule> {
  readonly kind: 'reply';
  readonly reply: string;
  /** What the game is about; `null` where nothing is said of it. */
  readonly objective: string | null;
}

export interface PlayCase extends Labelled {
  readonly kind: 'play';
  readonly task: ScoreTask;
  readonly play: PlayToScore;
  readonly tier: Bounds;
  readonly score: Bounds;
}

export type LabelledCase = ActionCase | ReplyCase | PlayCase;
export type CaseKind = LabelledCase['kind'];
export const CASE_KINDS = ['action', 'reply', 'play'] as const satisfies readonly CaseKind[];
