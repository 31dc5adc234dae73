import { FELT_WITH_THE_HAND, INNER_OBJECT, INNER_VERBS, THOUGHT_ALOUD } from './data/judgeRules.ts';
import { isObservable } from './understand.ts';
import { formsOf, wordsOf } from './words.ts';

const inner: ReadonlySet<string> = new Set(INNER_VERBS.flatMap((verb) => formsOf(verb)));

const SUBORDINATE =
  /^(?:that|what|how|why|whether|if|because|when|where|who|which|since|as|about|of|than|or)\b/;
const FILLER =
  /^(?:am|just|really|still|also|only|always|suddenly|to|do|quietly|silently|inwardly|secretly|myself|'m)$/;

/** `I think ...`, `I feel sad`, `I'm wondering`. */
function isInnerClause(clause: string): boolean {
  const words = wordsOf(clause);
  const [first = '', ...rest] = words;
  if (first !== 'i' && first !== "i'm") return false;
  const place = rest.findIndex((word) => !FILLER.test(word));
  const verb = rest[place] ?? '';
  if (!inner.has(verb)) return false;
  const after = rest.slice(place + 1).join(' ');
  const isAct = /^fe(?:el|lt)/.test(verb)
    ? FELT_WITH_THE_HAND.test(after) && !INNER_OBJECT.test(after)
    : THOUGHT_ALOUD.test(after);
  return !isAct;
}

/** A clause that continues a thought rather than doing something. */
function continuesThought(clause: string): boolean {
  if (SUBORDINATE.test(clause)) return true;
  return !wordsOf(clause).some((word) => isObservable(word));
}

/** Whether a text holds nothing that anybody could notice: no speech, and every clause a thought or feeling. */
export function isOnlyInner(narration: string, speech: string): boolean {
  if (wordsOf(speech).length > 0 || narration.trim().endsWith('?')) return false;
  const clauses = narration
    .split(/[.;!\n]+|,|\b(?:and then|and|then|but|so)\b/)
    .map((clause) => clause.trim())
    .filter((clause) => wordsOf(clause).length > 0);
  const [first] = clauses;
  if (first === undefined || !isInnerClause(first)) return false;
  return clauses.every((clause) => isInnerClause(clause) || continuesThought(clause));
}
