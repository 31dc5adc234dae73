import { capitalised, plainText, wordCount } from './grammar.ts';
import { perSheet } from '../perSheet.ts';
import type { Scene } from '../scene.ts';
import { STOP_WORDS } from './data/stopWords.ts';
import { stem, wordsOf } from './words.ts';

/** A phrase of a sheet that narration can use, with what it is about. */
export interface SheetPhrase {
  readonly text: string;
  readonly stems: ReadonlySet<string>;
}

const LONGEST_PHRASE = 18;
/** Pieces shorter than this lose their sense when a phrase is cut at a comma. */
const SHORTEST_CUT = 4;

export const stemsOf = (text: string): ReadonlySet<string> =>
  new Set(
    wordsOf(text)
      .filter((word) => !STOP_WORDS.has(word))
      .map(stem),
  );

const phrase = (text: string, about: string): SheetPhrase => ({ text, stems: stemsOf(about) });

/** The first part of a phrase that stands for itself, or `null` if there is none of a bearable length. */
function shortened(text: string): string | null {
  const whole = plainText(text).replace(/[.;:]+$/, '');
  const head = whole.split(/;|:| - | – | — |\. /)[0] ?? '';
  if (wordCount(head) <= LONGEST_PHRASE - 4) return head;
  const pieces = head.split(/,\s+(?=and\b|such as\b|so\b|but\b|with\b|not\b|which\b|including\b)/);
  const cut = pieces[0] ?? '';
  // What is left of a list would wait for its last member.
  const [beginning = ''] = cut.split(',');
  const part = wordCount(beginning) >= SHORTEST_CUT ? beginning : cut;
  const isBearable = wordCount(part) <= LONGEST_PHRASE && wordCount(part) >= SHORTEST_CUT;
  return isBearable ? part : null;
}

const NOT_A_VERB =
  /^(?:a|an|the|my|his|her|its|their|our|some|any|more|no|not|never|always|i|he|she|it|they|we|\p{L}+ing|\p{L}+ly)$/u;

const startsWithVerb = (text: string): boolean => {
  const [first = ''] = text.split(' ');
  return /^[a-z]+$/.test(first) && !NOT_A_VERB.test(first);
};

/** What it is able to do, each as it stands behind `can`. Sentences in other shapes are left out. */
export const abilitiesOf = perSheet((sheet): readonly SheetPhrase[] =>
  sheet.abilities.flatMap((ability) => {
    const able = /^can\s+(.+)$/is.exec(plainText(ability))?.[1];
    const text = able === undefined ? null : shortened(able);
    return text === null || !startsWithVerb(text) ? [] : [phrase(text, ability)];
  }),
);

/** What it wants, each as it stands behind `to`. */
export const goalsOf = perSheet((sheet): readonly SheetPhrase[] =>
  sheet.goals.flatMap((goal) => {
    const bare = plainText(goal).replace(/^to\s+/i, '');
    const lower = bare.replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase());
    const text = shortened(lower);
    return text === null || !startsWithVerb(text) ? [] : [phrase(text, goal)];
  }),
);

/** What it wants, as far as it may be told: nothing of one whom the player is to find out about. */
export const toldGoals = ({ npc, hidesCharacter = false }: Scene): readonly SheetPhrase[] =>
  hidesCharacter ? [] : goalsOf(npc);

/** What it is able to do, as far as it may be told. */
export const toldAbilities = ({ npc, hidesCharacter = false }: Scene): readonly SheetPhrase[] =>
  hidesCharacter ? [] : abilitiesOf(npc);

const OTHERS =
  /\b(?:she|he|they|her|hers|him|his|them|their|theirs|it|its|herself|himself|itself|themselves|one)\b/i;

/** Whether a phrase about someone may be said by that someone: nothing in it changes with the person. */
export const isPersonless = (text: string): boolean => !OTHERS.test(text);

export function overlap(stems: ReadonlySet<string>, topics: readonly string[]): number {
  return topics.filter((topic) => stems.has(topic)).length;
}

interface Like {
  readonly stems: ReadonlySet<string>;
  /** `a torch`, `smoke`: one word in common is enough. */
  readonly isShort: boolean;
}

const likesIn = (likes: readonly string[]): readonly Like[] =>
  likes.map((like) => ({ stems: stemsOf(like), isShort: wordCount(like) <= 2 }));

/** What its scenarios call pleasant and unpleasant, as sets of stems. */
export const likesOf = perSheet(({ scenarios }) => ({
  pleasant: likesIn(scenarios.flatMap((scenario) => scenario.pleasantIf)),
  unpleasant: likesIn(scenarios.flatMap((scenario) => scenario.unpleasantIf)),
}));

/** Whether an action is one of these. */
export const matchesAny = (likes: readonly Like[], topics: readonly string[]): boolean =>
  likes.some(({ stems, isShort }) => overlap(stems, topics) >= (isShort ? 1 : 2));

/** A quotation inside a quotation would end it early. */
const quotable = (text: string): string => capitalised(plainText(text).replaceAll(/[“”"]/g, ''));

/** What it says of its own, fit to be quoted. */
export const sayingsOf = perSheet((sheet): readonly SheetPhrase[] =>
  (sheet.manner?.sayings ?? []).map((text) => phrase(quotable(text), text)),
);
