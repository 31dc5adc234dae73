import { DETERMINERS, MEASURES, MODIFIER_ENDING, MODIFIERS, NEVER_NOUNS } from './data/nounPhrases.ts';
import { NOT_OBJECTS, STOP_WORDS } from './data/stopWords.ts';
import { stem } from './words.ts';

const LONGEST_WORD = 18;

/** A word that tells what a text is about, and can be repeated to the player: letters, of a bearable length. */
export const isTelling = (word: string): boolean =>
  /^\p{L}{2,}$/u.test(word) && word.length <= LONGEST_WORD && !STOP_WORDS.has(word) && !NOT_OBJECTS.has(word);

/** `a wave`, `a nod` are what one gives; behind other determiners a word is a noun: `my hand`, `the light`. */
export const isNounAt = (words: readonly string[], place: number): boolean => {
  const before = words[place - 1] ?? '';
  return DETERMINERS.has(before) && before !== 'a' && before !== 'an';
};

const isModifier = (word: string): boolean => MODIFIERS.has(word) || MODIFIER_ENDING.test(word);

/** No noun at all, unlike `glass` or `light`, which are either. */
const isModifierOnly = (word: string): boolean => MODIFIER_ENDING.test(word) || NEVER_NOUNS.has(word);

/** Where the thing itself begins: behind `piece of`, unless what follows has a determiner of its own. */
function behindMeasure(words: readonly string[], from: number): number {
  const isMeasured =
    MEASURES.has(words[from] ?? '') && words[from + 1] === 'of' && !DETERMINERS.has(words[from + 2] ?? '');
  return isMeasured ? from + 2 : from;
}

/** The noun phrase that starts at `from`, shortened to two words: `red ball` of `small red ball to`. */
function phraseAt(words: readonly string[], from: number): string | null {
  const phrase: string[] = [];
  for (const word of words.slice(from, from + 4)) {
    if (!isTelling(word) && !isModifier(word)) break;
    phrase.push(word);
    if (!isModifier(word)) break;
  }
  const head = phrase.at(-1);
  if (head === undefined || !isTelling(head) || isModifierOnly(head)) return null;
  // In `the kitchen floor` the kitchen is not what is acted upon.
  if (NOT_OBJECTS.has(words[from + phrase.length] ?? '')) return null;
  return phrase.slice(-2).join(' ');
}

/**
 * What is acted upon: the first noun phrase that is neither a part or manner of the act nor a character. `names` are stems
 * of the words by which the characters are called.
 */
export function objectOf(words: readonly string[], names: ReadonlySet<string>): string | null {
  for (const [place, word] of words.entries()) {
    if (!DETERMINERS.has(word)) continue;
    const phrase = phraseAt(words, behindMeasure(words, place + 1));
    if (phrase !== null && !phrase.split(' ').some((part) => names.has(stem(part)))) return phrase;
  }
  return null;
}
