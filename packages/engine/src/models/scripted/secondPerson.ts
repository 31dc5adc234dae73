/*
 * English in the first person turned into the second: `I lift my hat` -> `you lift your hat`. Only the words of the
 * person change; verbs have the same form for `I` and `you`, save `am` and `was`.
 */

const TURNED: Readonly<Record<string, string>> = {
  i: 'you',
  me: 'you',
  my: 'your',
  myself: 'yourself',
  "i'm": "you're",
  im: "you're",
  "i've": "you've",
  ive: "you've",
  "i'd": "you'd",
  "i'll": "you'll",
  am: 'are',
};

/** In front of these `mine` is a place or a thing: `the mine`, `an old mine`. */
const BEFORE_A_MINE = /^(?:a|an|the|this|that|old|coal|gold|silver|salt|land|deep|abandoned|my|its|their)$/;
const BETWEEN = /^(?:\p{L}+ly|just|still|never|also|once|always|not|then)$/u;

const WORD = /\p{L}+(?:['’]\p{L}+)*/gu;

/** Whether the verb at `place` belongs to `I`: `I was`, `I really was`, `was I`. */
function isMine(words: readonly string[], place: number): boolean {
  if (words[place + 1] === 'i') return true;
  let before = place - 1;
  while (before >= 0 && BETWEEN.test(words[before] ?? '')) before -= 1;
  return words[before] === 'i';
}

function turnedWord(words: readonly string[], place: number): string | undefined {
  const word = words[place] ?? '';
  if (word === 'mine') return BEFORE_A_MINE.test(words[place - 1] ?? '') ? undefined : 'yours';
  if (word === 'was') return isMine(words, place) ? 'were' : undefined;
  if (word === "wasn't") return isMine(words, place) ? "weren't" : undefined;
  return Object.hasOwn(TURNED, word) ? TURNED[word] : undefined;
}

const capitalise = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1);

/** Turns a text into the second person. Capitals stand where sentences begin; everything else stays as it is. */
export function inSecondPerson(text: string): string {
  const words = [...text.matchAll(WORD)].map(({ 0: word }) => word.toLowerCase().replaceAll('’', "'"));
  let place = -1;
  return text.replaceAll(WORD, (word, at: number) => {
    place += 1;
    const turned = turnedWord(words, place);
    if (turned === undefined) return word;
    const curled = word.includes('’') ? turned.replace("'", '’') : turned;
    return /(?:^|[.!?…])["“'(\s]*$/u.test(text.slice(0, at)) ? capitalise(curled) : curled;
  });
}
