import type { PlayerObjection } from '../judging.ts';
import type { PlayerRule } from '../rules.ts';
import type { Score } from '../scoring/score.ts';
import type { Disclosed } from './disclosed.ts';
import { disclosedInReason } from './disclosure.ts';
import type { Telling } from './disclosure.ts';

/* What a judge or a scorer has decided stands. Words beside it that tell what they must not are withheld, and others said instead. */

/** What a player is told of a rule when its judge may not be quoted. */
const IN_OTHER_WORDS: Readonly<Record<PlayerRule, string>> = {
  action:
    'That is nothing your character does or says. Write, in the first person, what the others could notice of it.',
  ability: 'Your character could not try that. Write something that is within its abilities.',
  authority:
    'That decides more than what your own character does. Write what it attempts; what comes of it, the scene shows.',
};

const REASONING_WITHHELD =
  'The reasoning is withheld, because it told word for word what is not for players to read. The score stands.';

/** An objection as its player may read it. */
export interface TellableObjection extends PlayerObjection {
  /** What its judge said, and what of that is not for the player; left out where all of it is told. */
  readonly withheld?: { readonly reason: string; readonly disclosed: Disclosed };
}

export function tellableObjection(objection: PlayerObjection, telling: Telling): TellableObjection {
  const { rule, reason } = objection;
  const disclosed = disclosedInReason(reason, telling);
  if (disclosed === null) return objection;
  return { ...objection, reason: IN_OTHER_WORDS[rule], withheld: { reason, disclosed } };
}

/** A score as its player may read it, with what its reasoning rests on. */
export function tellableScore(score: Score, telling: Telling): Score {
  const told = score.evidence.map((text) => ({ text, disclosed: disclosedInReason(text, telling) }));
  const inReasoning = disclosedInReason(score.reasoning, telling);
  const withheld = inReasoning ?? told.find(({ disclosed }) => disclosed !== null)?.disclosed ?? null;
  if (withheld === null) return score;
  return {
    ...score,
    reasoning: inReasoning === null ? score.reasoning : REASONING_WITHHELD,
    evidence: told.flatMap(({ text, disclosed }) => (disclosed === null ? [text] : [])),
    withheld,
  };
}
