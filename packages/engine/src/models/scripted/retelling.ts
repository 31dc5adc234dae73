import { INNER_VERBS } from './data/judgeRules.ts';
import { AUXILIARIES, OF_OTHERS, OTHERS_ACT, OUTCOME_VERBS, PLAIN_VERBS, VOICED } from './data/retelling.ts';
import { inSecondPerson } from './secondPerson.ts';
import { isBaseVerb } from './understand.ts';
import type { Understanding } from './understand.ts';
import { splitSpeech, wordsOf } from './words.ts';

/** What the player does, told back: `you tap twice on the glass`. Lower-case at the start, no mark at the end. */
export interface Retelling {
  readonly text: string;
  /** Whether it is short and simple enough to stand inside a longer sentence. */
  readonly isClause: boolean;
}

const MOST_WORDS = 12;
const MOST_WORDS_OF_CLAUSE = 9;

const PLAIN = /^[a-z' ,.;-]+$/i;
const ADVERB = /^(?:[a-z]+ly|then|now|just|also|once|again)$/;

/** Whether `place` holds a verb in the present that anybody could see being done. */
function isActAt(words: readonly string[], place: number): boolean {
  const verb = words[place] ?? '';
  if (INNER_VERBS.includes(verb) || OUTCOME_VERBS.has(verb)) return false;
  return isBaseVerb(verb) || PLAIN_VERBS.has(verb);
}

function isOwnAct(words: readonly string[]): boolean {
  const verb = words.findIndex((word, place) => place > 0 && !ADVERB.test(word));
  const isGoing = (words[verb] ?? '').endsWith('ing');
  if (words[0] === "i'm")
    return isGoing && !INNER_VERBS.some((inner) => words[verb]?.startsWith(inner.slice(0, -1)));
  if (words[0] !== 'i') return false;
  if (words[verb] === 'am') return (words[verb + 1] ?? '').endsWith('ing');
  return isActAt(words, verb);
}

/** `Wave at it.` is an act, too, as long as nobody is asked for it. */
const isImperative = (words: readonly string[]): boolean =>
  isBaseVerb(words[0] ?? '') && isActAt(words, 0) && !words.includes('me') && !words.includes('please');

/** `I wave` of `i wave`, `You wave`; and `you wave` for `wave`. `null` where it might say more than the player does. */
function retoldAct(narration: string): string | null {
  const text = narration
    .replaceAll('’', "'")
    .replaceAll(/\s+/g, ' ')
    .replace(/[\s.,;:!-]+$/, '')
    .trim();
  const words = wordsOf(text);
  if (
    words.length < 1 ||
    words.length > MOST_WORDS ||
    !PLAIN.test(text) ||
    words.some((word) => word.length > 18)
  )
    return null;
  if (
    words.some((word) => AUXILIARIES.has(word) || OF_OTHERS.has(word)) ||
    OTHERS_ACT.test(text.toLowerCase())
  )
    return null;
  const turned = isOwnAct(words)
    ? inSecondPerson(text)
    : isImperative(words)
      ? `you ${inSecondPerson(text.slice(0, 1).toLowerCase() + text.slice(1))}`
      : null;
  return turned === null ? null : turned.slice(0, 1).toLowerCase() + turned.slice(1);
}

function voiceOf({ isQuestion, asked }: Understanding, narration: string): string {
  const told = wordsOf(narration).find((word) => VOICED.has(word));
  if (told !== undefined) return told;
  if (isQuestion) return 'ask';
  if (/^\P{L}*(?:hello|hi|hey)\b/u.test(asked)) return 'say hello';
  return /^\P{L}*(?:thank you|thanks)\b/u.test(asked) ? 'say thank you' : 'say it';
}

const SAYING =
  /(?:^|,?\s*\b(?:and|then|and then)\s+|(?<=^i)\s+)(?:\p{L}+ly\s+)?(?:say|ask|tell|reply|answer|speak|shout|whisper|call|murmur|mutter|mumble|yell|sing)(?:\s+(?:out|aloud|loudly|softly|quietly))?(?:\s+(?:to\s+)?(?:it|him|her|them|the \p{L}+))?$/iu;

/** Quoted words are not repeated: `you wave and ask`. Only where they stand at one end. */
function retoldSpeech(narration: string, understanding: Understanding): string | null {
  const text = narration.replaceAll(/^[\s,.:]+|[\s,.:]+$/g, '');
  if (text.includes(' ,')) return null;
  const voice = voiceOf(understanding, text);
  const rest = text.replace(SAYING, '').trim();
  if (rest === '' || /^i$/i.test(rest)) return `you ${voice}`;
  const act = retoldAct(rest);
  return act === null || act.includes('.') ? null : `${act} and ${voice}`;
}

/** Tells the player's act back, or `null` where that is not safe: then the reaction has to speak for itself. */
export function retell(action: string, understanding: Understanding): Retelling | null {
  const { narration } = splitSpeech(action);
  const isQuoted = narration !== action;
  const isBare = !isQuoted && understanding.speech !== null;
  if (isQuoted && understanding.speech === null) return null;
  const text = isQuoted
    ? retoldSpeech(narration, understanding)
    : isBare
      ? `you ${voiceOf(understanding, '')}`
      : retoldAct(narration);
  if (text === null) return null;
  const isClause = !/[.,;]/.test(text) && wordsOf(text).length <= MOST_WORDS_OF_CLAUSE;
  return { text, isClause };
}
