import { group, leaf } from './traced.ts';
import type { Traced, TracedGroup, TracedList } from './traced.ts';
import { hyphenated, respelled, underscored } from './words.ts';

const isNull = (node: Traced | undefined): boolean => node?.kind === 'leaf' && node.value === null;

function dropNulls({ fields }: TracedGroup, keys: readonly string[]): void {
  for (const key of keys) if (isNull(fields.get(key))) fields.delete(key);
}

function change({ fields }: TracedGroup, key: string, as: (node: Traced) => Traced): void {
  const found = fields.get(key);
  if (found !== undefined) fields.set(key, as(found));
}

function rename({ fields }: TracedGroup, from: string, to: string): void {
  const found = fields.get(from);
  if (found === undefined || fields.has(to)) return;
  fields.delete(from);
  fields.set(to, found);
}

/** Choices are compared as texts, so a number or a truth value is one. */
function asText(node: Traced): Traced {
  const isScalar = node.kind === 'leaf' && ['number', 'boolean'].includes(typeof node.value);
  return isScalar ? leaf(String(node.value), node.path) : node;
}

function convertQuestion(question: TracedGroup): void {
  rename(question, 'answer_type', 'type');
  dropNulls(question, ['key', 'type', 'options']);
  change(question, 'type', (node) => respelled(node, hyphenated));
  change(question, 'key', (node) => respelled(node, underscored));
  change(question, 'options', (node) =>
    node.kind === 'list' ? { ...node, items: node.items.map(asText) } : node,
  );
}

const EVENTS: ReadonlyMap<string, string> = new Map([
  ['before', 'before-all-assignments'],
  ['after', 'after-assignment'],
]);

function convertTrigger(form: TracedGroup): void {
  const phase = form.fields.get('before_or_after');
  if (phase !== undefined && !form.fields.has('trigger')) {
    form.fields.delete('before_or_after');
    const event = respelled(phase, (text) => EVENTS.get(text) ?? text);
    form.fields.set('trigger', group(phase.path, [['event', event]]));
  }
  const trigger = form.fields.get('trigger');
  if (trigger?.kind !== 'group') return;
  dropNulls(trigger, ['match']);
  change(trigger, 'event', (node) => respelled(node, hyphenated));
}

function convertForm(form: TracedGroup): void {
  change(form, 'name', (node) => respelled(node, underscored));
  convertTrigger(form);
  const questions = form.fields.get('questions');
  if (questions?.kind !== 'list') return;
  for (const question of questions.items) if (question.kind === 'group') convertQuestion(question);
}

/** A mapping from names to forms as the list that it stands for. */
function listOf(forms: TracedGroup): TracedList {
  const items = [...forms.fields].map(([name, form]): Traced => {
    if (form.kind !== 'group' || form.fields.has('name')) return form;
    return group(form.path, [['name', leaf(name, form.path)], ...form.fields]);
  });
  return { kind: 'list', path: forms.path, items };
}

/** Reads forms as older files declare them: by name, before or after, with types and events in snake_case. */
export function convertForms(root: TracedGroup): void {
  dropNulls(root, ['forms']);
  change(root, 'forms', (node) => (node.kind === 'group' ? listOf(node) : node));
  const forms = root.fields.get('forms');
  if (forms?.kind !== 'list') return;
  for (const form of forms.items) if (form.kind === 'group') convertForm(form);
}
