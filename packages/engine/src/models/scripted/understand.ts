import { FOODS, GREETINGS, INTENTS, LEXICON, PHRASALS } from './data/intents.ts';
import type { Intent, Tone } from './data/intents.ts';
import { NOT_OBJECTS, STOP_WORDS } from './data/stopWords.ts';
import { formsOf, splitSpeech, stem, wordsOf } from './words.ts';

/** One thing that the player does, and the word that told it, in its base form. */
export interface Meaning {
  readonly intent: Intent;
  readonly verb: string;
}

/** What the simulator makes of a player's words. */
export interface Understanding extends Meaning {
  /** Everything that the words suggest, the main thing first; never empty. */
  readonly meanings: readonly [Meaning, ...Meaning[]];
  readonly tone: Tone;
  /** What is said, or `null` if nothing is. */
  readonly speech: string | null;
  readonly isQuestion: boolean;
  /** What is said, or else told about what is said; lower-case. */
  readonly asked: string;
  /** Stems of the telling words: for looking things up in a sheet. */
  readonly topics: readonly string[];
  /** A telling word of the speech, as written but lower-case, letters only; or `null`. */
  readonly topicWord: string | null;
  /** What is acted upon, e.g. `red ball`: one or two words of letters; or `null`. */
  readonly object: string | null;
  /** Stems of all words of the narration: for cues. */
  readonly cues: ReadonlySet<string>;
}

type Meanings = ReadonlyMap<string, readonly Meaning[]>;

function index(entries: readonly (readonly [string, Meaning])[]): Meanings {
  const map = new Map<string, Meaning[]>();
  for (const [word, meaning] of entries) map.set(word, [...(map.get(word) ?? []), meaning]);
  return map;
}

const BY_VERB = index(
  INTENTS.flatMap((intent) =>
    LEXICON[intent].verbs.flatMap((verb) => formsOf(verb).map((form) => [form, { intent, verb }] as const)),
  ),
);
const BY_WORD = index(
  INTENTS.flatMap((intent) => LEXICON[intent].also.map((word) => [word, { intent, verb: word }] as const)),
);

/** Whether a word names something that can be seen, heard or felt from outside. */
export const isObservable = (word: string): boolean => BY_VERB.has(word) || BY_WORD.has(word);

const DETERMINERS: ReadonlySet<string> = new Set(
  'a an the my this that these those some another his her its their your our one two three four five'.split(
    ' ',
  ),
);
const MODIFIERS =
  /^(?:\p{L}+(?:ed|y|ish|ful|less|ous)|red|green|blue|white|black|brown|grey|gray|yellow|orange|pink|small|big|large|tiny|long|short|old|new|wet|dry|warm|hot|cold|cool|soft|hard|glass|wooden|metal|paper|plastic|smooth|rough|round|sharp|bright|dark|sweet|fresh|broken|silver|golden|live|little|smallest|own|piece|cup|bowl|bucket|can|drop|handful|bit|slice|spoonful|glass|bottle|pair|spare)$/u;
const LONGEST_WORD = 18;

const usable = (word: string): boolean =>
  /^\p{L}{2,}$/u.test(word) && word.length <= LONGEST_WORD && !STOP_WORDS.has(word) && !NOT_OBJECTS.has(word);

/** The head of the noun phrase that starts at `from`: `red ball` of `the small red ball to`. */
function phraseFrom(words: readonly string[], from: number): string | null {
  const phrase: string[] = [];
  for (const word of words.slice(from, from + 4)) {
    if (word === 'of' && phrase.length > 0) {
      phrase.length = 0;
      continue;
    }
    if (!usable(word) && !MODIFIERS.test(word)) break;
    phrase.push(word);
    if (!MODIFIERS.test(word)) break;
  }
  const head = phrase.at(-1);
  if (head === undefined || !usable(head) || (phrase.length === 1 && /^\p{L}+ed$/u.test(head))) return null;
  return phrase.slice(-2).join(' ');
}

/** The first noun phrase that is a thing rather than a part or manner of the act. `not` are names of the characters. */
function objectOf(words: readonly string[], not: ReadonlySet<string>): string | null {
  for (const [index, word] of words.entries()) {
    if (!DETERMINERS.has(word)) continue;
    const phrase = phraseFrom(words, index + 1);
    if (phrase !== null && !phrase.split(' ').some((part) => not.has(stem(part)))) return phrase;
  }
  return null;
}

/** Behind a determiner a word is a noun: `my hand`, `the light`; but `a wave`, `a nod` are what one gives. */
const isNounAt = (words: readonly string[], place: number): boolean => {
  const before = words[place - 1] ?? '';
  return DETERMINERS.has(before) && before !== 'a' && before !== 'an';
};

function meaningsIn(words: readonly string[]): readonly Meaning[] {
  const found = words.flatMap((word, place) => [
    ...(isNounAt(words, place) ? [] : (BY_VERB.get(word) ?? [])),
    ...(BY_WORD.get(word) ?? []),
  ]);
  return found.toSorted((a, b) => INTENTS.indexOf(a.intent) - INTENTS.indexOf(b.intent));
}

/** Text without quotation marks that is nevertheless something said: `Hello there`, `What are you?`. */
function isBareSpeech(narration: string, words: readonly string[]): boolean {
  const [first = ''] = words;
  if (words.length === 0 || first === 'i' || first === "i'm") return false;
  if (GREETINGS.has(first) || narration.trim().endsWith('?')) return true;
  return /^(?:you|do|are|can|what|where|who|why|how|please|thanks|thank|good|yes|no|let's|my name)$/.test(
    first,
  );
}

function speechIntent(speech: string): Intent {
  const words = wordsOf(speech);
  if (speech.includes('?')) return 'ask';
  if (words.some((word) => GREETINGS.has(word)) && words.length <= 8) return 'greet';
  if (words.some((word) => /^(?:thank|thanks|sorry|apolog)/.test(word))) return 'thank';
  return 'speak';
}

/** A spoken act is known by what is said, unless the act beside it says more. */
function withSpeech(found: readonly Meaning[], speech: string): readonly Meaning[] {
  const written = found.find(({ intent: other }) => other === 'write');
  if (written !== undefined) return [written, ...found];
  const intent = speechIntent(speech);
  const physical = found.filter(
    ({ intent: other }) => !['speak', 'ask', 'greet', 'look', 'wait'].includes(other),
  );
  return [{ intent, verb: intent }, ...physical];
}

/** `hold out` and `hold up` are no holding. */
function withPhrasals(action: string): string {
  return PHRASALS.reduce((text, [pattern, replacement]) => text.replace(pattern, replacement), action);
}

function offersFood(meanings: readonly Meaning[], words: readonly string[]): boolean {
  return meanings.some(({ intent }) => intent === 'give') && words.some((word) => FOODS.has(word));
}

/** Reads a player's words. `names` are the words by which the characters are called. */
export function understand(action: string, names: readonly string[]): Understanding {
  const split = splitSpeech(withPhrasals(action));
  const words = wordsOf(split.narration);
  const bare = split.speech === '' && isBareSpeech(split.narration, words);
  const speech = bare ? split.narration.trim() : split.speech;
  const acted = bare ? [] : words;
  const told = meaningsIn(acted);
  const meanings = wordsOf(speech).length > 0 ? withSpeech(told, speech) : told;
  const first: Meaning = offersFood(meanings, acted)
    ? { intent: 'feed', verb: 'feed' }
    : (meanings[0] ?? { intent: 'act', verb: '' });
  const others = meanings.filter(({ intent }) => intent !== first.intent);
  const spoken = wordsOf(speech).filter(usable);
  return {
    intent: first.intent,
    verb: first.verb,
    meanings: [first, ...others],
    tone: LEXICON[first.intent].tone,
    speech: wordsOf(speech).length > 0 ? speech : null,
    isQuestion: speech.includes('?') || first.intent === 'ask',
    asked: (speech === '' ? split.narration : speech).toLowerCase(),
    topics: [...new Set([...spoken, ...acted.filter(usable)].map(stem))],
    topicWord: spoken.toSorted((a, b) => b.length - a.length)[0] ?? null,
    object: objectOf(acted, new Set(names.flatMap(wordsOf).map(stem))),
    cues: new Set(acted.map(stem)),
  };
}
