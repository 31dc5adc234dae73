/*
 * Reading plain English without understanding it. Everything here works on lower-case words of letters, so that markup,
 * emoji and other scripts fall away by themselves.
 */

const WORD = /\p{L}+(?:['’]\p{L}+)*/gu;

/** Lower-case words in order, apostrophes kept (`don't`). */
export function wordsOf(text: string): readonly string[] {
  return (text.toLowerCase().match(WORD) ?? []).map((word) => word.replaceAll('’', "'"));
}

const QUOTED =
  /"([^"]*)"|“([^“”]*)”|«([^«»]*)»|„([^„“”]*)[“”]|(?<=^|[\s,:(])['‘]([^'‘’]{2,})['’](?=$|[\s.,!?;:)])/gu;

export interface Utterance {
  /** What is said, without quotation marks; empty if nothing is quoted. */
  readonly speech: string;
  /** The rest: what is done. */
  readonly narration: string;
}

/** Separates quoted speech from narration. An unclosed quotation mark opens speech to the end. */
export function splitSpeech(text: string): Utterance {
  const parts: string[] = [];
  const gather = (_match: string, ...groups: readonly unknown[]): string => {
    parts.push(groups.slice(0, 5).find((group) => typeof group === 'string') ?? '');
    return ' , ';
  };
  const narration = text.replaceAll(QUOTED, gather);
  const open = narration.search(/["“«]/u);
  if (open < 0) return { speech: parts.join(' ').trim(), narration };
  parts.push(narration.slice(open + 1));
  return { speech: parts.join(' ').trim(), narration: narration.slice(0, open) };
}

const VOWEL = /[aeiou]/;

function suffixed(verb: string): readonly string[] {
  if (verb.endsWith('e')) return [`${verb}s`, `${verb}d`, `${verb.slice(0, -1)}ing`];
  if (verb.endsWith('y') && !VOWEL.test(verb.at(-2) ?? '')) {
    return [`${verb.slice(0, -1)}ies`, `${verb.slice(0, -1)}ied`, `${verb}ing`];
  }
  const third = /(?:s|x|z|ch|sh|o)$/.test(verb) ? `${verb}es` : `${verb}s`;
  const doubled = /^[^aeiou]*[aeiou][^aeiouwxy]$/.test(verb) ? `${verb}${verb.at(-1)}` : verb;
  return [third, `${doubled}ed`, `${doubled}ing`];
}

/** The regular forms of a verb, itself first. `also` adds irregular ones. */
export function formsOf(verb: string, also: readonly string[] = []): readonly string[] {
  return [verb, ...suffixed(verb), ...also];
}

/** A crude stem, good enough to see that `knocking` and `knock`, or `lamps` and `lamp`, are about the same thing. */
export function stem(word: string): string {
  const bare = word.replace(/'s$/, '');
  if (bare.length > 5 && bare.endsWith('ing')) return undoubled(bare.slice(0, -3));
  if (bare.length > 4 && bare.endsWith('ed')) return undoubled(bare.slice(0, -2));
  if (bare.length > 4 && bare.endsWith('ies')) return bare.slice(0, -3);
  if (bare.length > 4 && /(?:s|x|z|ch|sh)es$/.test(bare)) return bare.slice(0, -2);
  if (bare.length > 3 && bare.endsWith('s') && !bare.endsWith('ss')) return undoubled(bare.slice(0, -1));
  return undoubled(bare);
}

function undoubled(word: string): string {
  if (word.length > 3 && (word.endsWith('e') || word.endsWith('y'))) return word.slice(0, -1);
  return word.length > 3 && word.at(-1) === word.at(-2) && !/[aeiou]$/.test(word) ? word.slice(0, -1) : word;
}
