import { PRESUPPOSED } from './data/presupposed.ts';
import { reactionsFor } from './situation.ts';
import type { Situation } from './situation.ts';
import { freshest } from './variety.ts';

/** A clause that speaks of a voice fits where there was one; one that takes a thing, where there is one to take. */
function fits(clause: string, { understanding, perception }: Situation): boolean {
  if (perception.kind !== 'perceived') return true;
  const intents = understanding.meanings.map(({ intent }) => intent);
  return PRESUPPOSED.every(
    ({ pattern, by }) => !pattern.test(clause) || intents.some((intent) => by.includes(intent)),
  );
}

/** What one sees the character do: a clause of its sheet for its mood, one that has rested and presupposes nothing. */
export function reactionFor(situation: Situation): string | undefined {
  const { scene, mood, recent, random } = situation;
  const clauses = reactionsFor(scene.npc, mood);
  const fitting = clauses.filter((clause) => fits(clause, situation));
  return freshest(fitting.length >= 2 ? fitting : clauses, recent, random);
}
