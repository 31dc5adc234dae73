import type { z } from 'zod';
import type { JsonObject } from '../../../json.ts';
import type { Scene } from '../../../models/scene.ts';
import type { LanguageGameSpec } from '../languageGame.ts';
import type { Asker } from './askScorer.ts';
import type { Closing, ClosingQuestion } from './closing.ts';
import type { Scoring } from './conclusion.ts';
import type { Playthrough } from './playthrough.ts';
import type { Score } from './score.ts';
import type { ScoredConfig } from './scoredConfig.ts';
import type { ScoredOwn, ScoredState } from './scoredState.ts';

/** All that a game is scored by. */
export interface ScoredPlay {
  readonly played: Playthrough;
  /** The whole transcript, with who plays and what the other one was after. */
  readonly scene: Scene;
  readonly answers: Closing['answers'];
}

/** Everything in which one scored game differs from another. */
export interface ScoredGameSpec
  extends
    Scoring,
    Pick<
      LanguageGameSpec<ScoredConfig, ScoredOwn>,
      'name' | 'intro' | 'guidance' | 'readAction' | 'chooseObjective' | 'appraiseReply' | 'afterOpening'
    > {
  readonly configSchema?: z.ZodType<ScoredConfig>;
  /** The slash commands that end the game, by way of the questions. */
  readonly endings: readonly { readonly name: string; readonly description: string }[];
  readonly questions: readonly ClosingQuestion[];
  /** Never fails for a model's sake. Asked only when at least one turn was played. */
  score(play: ScoredPlay, repeats: number, asker: Asker): Promise<Score>;
  /** What the player has to know now, beside the introduction. Markdown. */
  brief?(state: ScoredState): string | null;
  /** What the page is told beside the question and the score. */
  view?(state: ScoredState): JsonObject;
}
