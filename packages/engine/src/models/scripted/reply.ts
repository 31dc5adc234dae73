import type { Scene } from '../scene.ts';
import { firstSentence } from './firstSentence.ts';
import { wordCount } from './grammar.ts';
import { secondSentence } from './secondSentence.ts';
import { situationOf } from './situation.ts';

/** About what one takes in at a glance; the second sentence is left out when both would be longer. */
const MOST_WORDS = 45;

/** What follows from the player's action: two or three short sentences at most, the same for the same scene and seed. */
export function composeReply(scene: Scene, action: string, seed: string): string {
  const situation = situationOf(scene, action, seed);
  const first = firstSentence(situation, action);
  const second = secondSentence(situation);
  if (second === null || wordCount(first) + wordCount(second) > MOST_WORDS) return first;
  return `${first} ${second}`;
}
