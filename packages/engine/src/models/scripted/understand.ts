import { FOODS, GREETINGS, INTENTS, LEXICON, PHRASALS } from './data/intents.ts';
import type { Intent, Tone } from './data/intents.ts';
import { NOT_OBJECTS } from './data/stopWords.ts';
import { isNounAt, isTelling, objectOf } from './objects.ts';
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
  /** A telling word of the speech, letters only; or `null`. */
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

const BASE_VERBS: ReadonlySet<string> = new Set(INTENTS.flatMap((intent) => LEXICON[intent].verbs));

/** Whether a word is a known verb in the form that follows `I`. */
export const isBaseVerb = (word: string): boolean => BASE_VERBS.has(word);

const ONTO = /^(?:against|on|onto|to|at|into|over|along|in|inside)$/;

/** `scratch my head` and `raise my hand` touch and show nothing; `press my palm against the glass` does. */
function isOfOneself(words: readonly string[], place: number): boolean {
  if (words[place + 1] === 'myself') return true;
  const isOwnBody = words[place + 1] === 'my' && NOT_OBJECTS.has(words[place + 2] ?? '');
  return isOwnBody && !words.slice(place + 3, place + 6).some((word) => ONTO.test(word));
}

const ON_OTHERS: readonly Intent[] = ['threaten', 'touch', 'show', 'handle', 'help', 'play'];

function verbMeanings(words: readonly string[], place: number): readonly Meaning[] {
  if (isNounAt(words, place)) return [];
  const isGesture = isOfOneself(words, place);
  return (BY_VERB.get(words[place] ?? '') ?? []).map((meaning) =>
    isGesture && ON_OTHERS.includes(meaning.intent) ? { intent: 'gesture', verb: 'gesture' } : meaning,
  );
}

function meaningsIn(words: readonly string[]): readonly Meaning[] {
  const found = words.flatMap((word, place) => [...verbMeanings(words, place), ...(BY_WORD.get(word) ?? [])]);
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

/** A question without its mark. */
const QUESTION =
  /^(?:what|where|who|why|how|when)(?:'s| (?:is|are|do|does|did|can|could|would|will))\b|^(?:are|is|do|does|did|can|could|will|would|may) (?:you|it|i|we|he|she|they|there|this|that)\b/;

function speechIntent(speech: string): Intent {
  const words = wordsOf(speech);
  if (speech.includes('?') || QUESTION.test(words.join(' '))) return 'ask';
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

/** The longest telling word; a capital inside a sentence is kept, for it is a name. */
function topicWordOf(speech: string): string | null {
  const telling = [...speech.matchAll(/\p{L}+/gu)]
    .map(({ 0: word, index: at }) =>
      /(?:^|[.!?])\s*$/.test(speech.slice(Math.max(0, at - 3), at)) ? word.toLowerCase() : word,
    )
    .filter((word) => isTelling(word.toLowerCase()));
  return telling.toSorted((a, b) => b.length - a.length)[0] ?? null;
}

/** What is spoken of or looked at is not thereby handled. */
const WITHOUT_OBJECT: readonly Intent[] = [
  'ask',
  'speak',
  'greet',
  'thank',
  'look',
  'wait',
  'sound',
  'write',
  'act',
];

/** Reads a player's words. `names` are stems of the words by which the characters are called. */
export function understand(action: string, names: ReadonlySet<string>): Understanding {
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
  const spoken = wordsOf(speech).filter(isTelling);
  const isHandled = [first, ...others].some(({ intent }) => !WITHOUT_OBJECT.includes(intent));
  return {
    intent: first.intent,
    verb: first.verb,
    meanings: [first, ...others],
    tone: LEXICON[first.intent].tone,
    speech: wordsOf(speech).length > 0 ? speech : null,
    isQuestion: speech.includes('?') || meanings.some(({ intent }) => intent === 'ask'),
    asked: (speech === '' ? split.narration : speech).toLowerCase(),
    topics: [...new Set([...spoken, ...acted.filter(isTelling)].map(stem))],
    topicWord: topicWordOf(speech),
    object: isHandled ? objectOf(acted, names) : null,
    cues: new Set(acted.map(stem)),
  };
}
