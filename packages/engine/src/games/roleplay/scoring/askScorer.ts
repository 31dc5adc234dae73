import type { DecisionTools } from '../../../game/game.ts';
import { askUsable } from '../usableAnswer.ts';
import type { UsableAnswer } from '../usableAnswer.ts';
import type { Scorer, ScoringMaterial } from './score.ts';
import { SCORING_VERSION } from './version.ts';

/** All that scoring needs of the world. */
export type Asker = Pick<DecisionTools, 'ask'>;

/** What is put to a scorer. */
export interface ScoringQuestion {
  readonly scorer: Scorer;
  readonly material: ScoringMaterial;
}

/** Asks a scorer; `read` throws `UnusableAnswer`. Rejects with a `ModelFailure`. */
export function askScorer<T>(
  { scorer, material }: ScoringQuestion,
  read: (text: string) => T,
  { ask }: Asker,
): Promise<UsableAnswer<T>> {
  const question = {
    role: 'scorer',
    task: scorer.task,
    promptVersion: SCORING_VERSION,
    prompt: scorer.prompt(material),
    scene: material.scene,
    subject: material.claim,
  } as const;
  return askUsable(ask, question, read);
}
