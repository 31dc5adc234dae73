import type { CharacterSheet } from '../../characters/character.schema.ts';
import { perSheet } from '../perSheet.ts';

/** How narration speaks of a character. */
export interface Reference {
  /** In mid-sentence, e.g. `the octopus`. */
  readonly name: string;
  /** Pronoun as subject where grammar allows one (`she`, `he`, `it`, `they` of several), else the name. */
  readonly subject: string;
  readonly plural: boolean;
}

const THIRD_PERSON: Readonly<Record<string, string>> = { be: 'is', have: 'has', do: 'does', go: 'goes' };
const PLURAL: Readonly<Record<string, string>> = { be: 'are' };

/** Present tense of a base form: `reach` -> `reaches`. */
export function conjugate(verb: string, plural: boolean): string {
  if (plural) return PLURAL[verb] ?? verb;
  const irregular = THIRD_PERSON[verb];
  if (irregular !== undefined) return irregular;
  if (/[^aeiou]y$/.test(verb)) return `${verb.slice(0, -1)}ies`;
  return /(?:s|x|z|ch|sh)$/.test(verb) ? `${verb}es` : `${verb}s`;
}

/** The sheet's own clauses tell its number: `gather` speaks of several, `gathers` of one. */
function isPlural(sheet: CharacterSheet): boolean {
  const { reactions } = sheet.manner ?? {};
  if (reactions === undefined) return false;
  const verbs = [...reactions.notices, ...reactions.unaware].map((clause) => clause.split(' ')[0] ?? '');
  return verbs.filter((verb) => verb.endsWith('s')).length * 2 < verbs.length;
}

/** How narration speaks of this character. */
export const referenceTo = perSheet((sheet): Reference => {
  const name = sheet.manner?.calledAs ?? sheet.hid;
  const plural = isPlural(sheet);
  const pronoun = sheet.manner?.pronoun ?? 'they';
  const asSubject = pronoun === 'they' ? plural : pronoun !== 'we' && !plural;
  return { name, subject: asSubject ? pronoun : name, plural };
});

/** Upper-cases the first letter, also behind an opening quotation mark. */
export function capitalised(text: string): string {
  return text.replace(
    /^([“"]?)(\p{Ll})/u,
    (_match, quote: string, letter: string) => quote + letter.toUpperCase(),
  );
}

/** One sentence: spaces tidied, capital at the start, a mark at the end. */
export function sentence(text: string): string {
  const tidy = text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/ ([,.;:!?])/g, '$1')
    .replace(/^[\s,;:]+/, '')
    .trim();
  const marked = /[.!?…][”"]?$/.test(tidy) ? tidy : `${tidy}.`;
  return capitalised(marked);
}

export function wordCount(text: string): number {
  return text.split(/\s+/).filter((word) => word !== '').length;
}

/** `a`, `a and b`, `a, b and c`. */
export function enumerated(items: readonly string[]): string {
  if (items.length <= 1) return items.join('');
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1) ?? ''}`;
}

/** Author's text on its way into narration: markup and anything like a placeholder fall away. */
export function plainText(text: string): string {
  return text
    .replaceAll(/[<>{}*_`#[\]|\\]/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
