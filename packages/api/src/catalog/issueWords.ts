import type { z } from 'zod';
import { nearest } from './nearest.ts';

/* What a schema has against a value, in plain words: `message` says what is so and goes after the name of a field, `fix` what to do. */

export interface IssueWords {
  readonly reason: string;
  readonly message: string;
  readonly fix: string;
}

type Issue = z.core.$ZodIssue;

const KINDS: Readonly<Record<string, string>> = {
  string: 'text',
  boolean: 'true or false',
  number: 'a number',
  int: 'a whole number',
  array: 'a list',
  object: 'a group of fields',
  record: 'a group of fields',
};

const TO_ADD: Readonly<Record<string, string>> = {
  string: 'Add some text.',
  boolean: 'Say true or false.',
  number: 'Add a number.',
  int: 'Add a whole number.',
  array: 'Add a list.',
  object: 'Add it, with its fields.',
  record: 'Add it, with its fields.',
};

const LONGEST_QUOTE = 40;

/** What stands there, as far as it can be quoted in a sentence. */
function shown(found: unknown): string {
  if (found === null) return 'empty';
  if (Array.isArray(found)) return 'a list';
  if (typeof found === 'string') {
    if (found.trim() === '') return 'empty';
    const text = [...found];
    return JSON.stringify(text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE).join('')}…` : found);
  }
  return typeof found === 'number' || typeof found === 'boolean' ? String(found) : 'a group of fields';
}

const optionsText = (values: readonly z.core.util.Primitive[]): string => values.map(String).join(', ');

function missing(issue: Issue): IssueWords {
  const options = issue.code === 'invalid_value' ? `Use one of: ${optionsText(issue.values)}.` : undefined;
  const kind = issue.code === 'invalid_type' ? TO_ADD[issue.expected] : undefined;
  return { reason: 'schema/missing-field', message: 'is missing', fix: options ?? kind ?? 'Add it.' };
}

function wrongValue(values: readonly z.core.util.Primitive[], found: unknown): IssueWords {
  const meant = typeof found === 'string' ? nearest(found, values.map(String)) : undefined;
  const options = optionsText(values);
  return {
    reason: 'schema/unknown-value',
    message: `is ${shown(found)}, which is not among the options`,
    fix: meant === undefined ? `Use one of: ${options}.` : `Did you mean "${meant}"? Options: ${options}.`,
  };
}

/** How much of what is counted there is; `null` for what is not counted. */
function counted(found: unknown): { readonly size: number; readonly noun: readonly [string, string] } | null {
  if (typeof found === 'string') return { size: found.length, noun: ['character', 'characters'] };
  if (Array.isArray(found)) return { size: found.length, noun: ['entry', 'entries'] };
  return null;
}

type BoundIssue = Extract<Issue, { code: 'too_small' | 'too_big' }>;

function outOfBounds(issue: BoundIssue, found: unknown): IssueWords {
  const isSmall = issue.code === 'too_small';
  const reason = isSmall ? 'schema/too-small' : 'schema/too-big';
  const bound = Number(isSmall ? issue.minimum : issue.maximum);
  const count = counted(found);
  if (count === null) {
    const limit = issue.inclusive === false ? 'Use a number' : `Use ${bound} or`;
    const side = isSmall ? 'more' : 'less';
    const fix = issue.inclusive === false ? `${limit} that is ${side} than ${bound}.` : `${limit} ${side}.`;
    return { reason, message: `is ${shown(found)}`, fix };
  }
  const { size, noun } = count;
  const of = (number: number): string => `${number} ${noun[number === 1 ? 0 : 1]}`;
  if (size === 0) return { reason, message: 'is empty', fix: `Give at least ${of(bound)}.` };
  const message = isSmall ? `has only ${of(size)}` : `has ${of(size)}, which is too many`;
  return { reason, message, fix: isSmall ? `Give at least ${of(bound)}.` : `Keep to at most ${of(bound)}.` };
}

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

/** A schema's own words: `must be so`, `is so` or a clause by itself, perhaps with what to do behind a semicolon. */
function ownWords(words: string, found: unknown): Omit<IssueWords, 'reason'> {
  if (words.startsWith('must ')) return { message: `is ${shown(found)}`, fix: sentence(`It ${words}`) };
  const [said = '', fix = 'change it'] = words.replace(/\.$/, '').split('; ', 2);
  const isPredicate = /^(?:is|has|contains) /.test(said);
  return { message: isPredicate ? said : `does not fit: ${said}`, fix: sentence(fix) };
}

/** `found` is what stands at the place of the issue; `undefined` where nothing does. */
export function issueWords(issue: Issue, found: unknown): IssueWords {
  if (found === undefined) return missing(issue);
  switch (issue.code) {
    case 'invalid_type': {
      const fix = `Make it ${KINDS[issue.expected] ?? issue.expected}.`;
      return { reason: 'schema/wrong-type', message: `is ${shown(found)}`, fix };
    }
    case 'invalid_value':
      return wrongValue(issue.values, found);
    case 'too_small':
    case 'too_big':
      return outOfBounds(issue, found);
    default:
      return { reason: 'schema/invalid', ...ownWords(issue.message, found) };
  }
}
