import { doubt } from '../configProblem.ts';
import type { ConfigProblem } from '../configProblem.ts';
import { leaf, textAt } from './traced.ts';
import type { Traced, TracedGroup } from './traced.ts';
import { withoutEffect } from './withoutEffect.ts';

/* What older systems let pass in forms, and made something of: it is read as they did, with a word about it. */

/** As in `questionKeySchema`. */
const LONGEST_KEY = 64;
const BEGINS_WITH_DIGIT = /^\d/;

function mendName({ fields }: TracedGroup): readonly ConfigProblem[] {
  const name = fields.get('name');
  if (name?.kind !== 'leaf' || typeof name.value !== 'string' || !BEGINS_WITH_DIGIT.test(name.value))
    return [];
  const mended = `form_${name.value}`;
  fields.set('name', leaf(mended, name.path));
  const message = `begins with a digit, so that the form is called ${mended}`;
  const fix = 'Rename it if it should be called otherwise.';
  return [doubt(name.path, { reason: 'experiment/begins-with-digit', message, fix })];
}

function mendKey({ fields }: TracedGroup): readonly ConfigProblem[] {
  const key = fields.get('key');
  if (key?.kind !== 'leaf' || typeof key.value !== 'string' || !BEGINS_WITH_DIGIT.test(key.value)) return [];
  const mended = `q_${key.value}`;
  fields.set('key', leaf(mended, key.path));
  const message = `begins with a digit, so that its answers are kept as ${mended}`;
  const fix = 'Give it another key if they should be called otherwise.';
  return [doubt(key.path, { reason: 'experiment/begins-with-digit', message, fix })];
}

function mendRequired({ fields }: TracedGroup): readonly ConfigProblem[] {
  const required = fields.get('required');
  const isTextToRead = !fields.has('type');
  if (!isTextToRead || required?.kind !== 'leaf' || required.value !== true) return [];
  fields.delete('required');
  return [withoutEffect(required)];
}

function mendOptions({ fields }: TracedGroup): readonly ConfigProblem[] {
  const options = fields.get('options');
  if (options?.kind !== 'list') return [];
  const known = new Set<string>();
  const isRepeated = (option: Traced): boolean => {
    if (option.kind !== 'leaf' || typeof option.value !== 'string') return false;
    const shown = option.value.trim();
    const isKnown = known.has(shown);
    known.add(shown);
    return isKnown;
  };
  const repeated = new Set(options.items.filter(isRepeated));
  fields.set('options', { ...options, items: options.items.filter((option) => !repeated.has(option)) });
  const message = 'is in the list twice, and is offered once';
  const fix = 'Remove one of them, or word it differently.';
  return [...repeated].map(({ path }) => doubt(path, { reason: 'form/shared-option', message, fix }));
}

function firstFree(key: string, position: number, taken: ReadonlySet<string>): string {
  const suffix = `_${position}`;
  const numbered = `${key.slice(0, LONGEST_KEY - suffix.length).replace(/_+$/, '')}${suffix}`;
  return taken.has(numbered) ? firstFree(key, position + 1, taken) : numbered;
}

/** A key that is there already gets the position of its question, from 1. */
function mendSharedKeys(questions: readonly Traced[]): readonly ConfigProblem[] {
  const given = questions.map((question) => textAt(question, 'key'));
  const taken = new Set(given.filter((key) => key !== undefined));
  return questions.flatMap((question, index): readonly ConfigProblem[] => {
    const key = given[index];
    if (question.kind !== 'group' || key === undefined || given.indexOf(key) === index) return [];
    const mended = firstFree(key, index + 1, taken);
    taken.add(mended);
    const path = question.fields.get('key')?.path ?? question.path;
    question.fields.set('key', leaf(mended, path));
    const message = `is ${key}, which another question has already, so that its answers are kept as ${mended}`;
    const fix = 'Give it a key of its own if they should be called otherwise.';
    return [doubt(path, { reason: 'form/shared-key', message, fix })];
  });
}

function mendForm(form: TracedGroup): readonly ConfigProblem[] {
  const questions = form.fields.get('questions');
  const asked = questions?.kind === 'list' ? questions.items : [];
  const ofEach = asked.flatMap((question) =>
    question.kind === 'group'
      ? [...mendKey(question), ...mendRequired(question), ...mendOptions(question)]
      : [],
  );
  return [...mendName(form), ...ofEach, ...mendSharedKeys(asked)];
}

/** Mends forms that are in the words of today. */
export function mendForms(root: TracedGroup): readonly ConfigProblem[] {
  const forms = root.fields.get('forms');
  if (forms?.kind !== 'list') return [];
  return forms.items.flatMap((form) => (form.kind === 'group' ? mendForm(form) : []));
}
