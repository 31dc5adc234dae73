import { describe, expect, it } from 'vitest';
import { notesOf } from './described.ts';
import { draftFields } from './draftFields.ts';
import { formProblems } from './formProblems.ts';
import { hintOf } from './hints.ts';
import { plainWords, promptParts } from './promptParts.ts';
import { versionName } from './question.ts';
import type { AskedQuestion, Form, QuestionOf } from './question.ts';
import { readFields, readVersions, responsesOf } from './responses.ts';

const asked = { prompt: '', required: false, personal: false };
const text = (key: string, more: Partial<QuestionOf<'string'>> = {}): QuestionOf<'string'> => ({
  ...asked,
  type: 'string',
  key,
  long: false,
  minLength: 0,
  maxLength: 10_000,
  format: null,
  ...more,
});
const number = (more: Partial<QuestionOf<'number'>> = {}): QuestionOf<'number'> => ({
  ...asked,
  type: 'number',
  key: 'number',
  integer: false,
  min: null,
  max: null,
  labels: null,
  ...more,
});
const several = (minChoices: number, maxChoices: number): QuestionOf<'multi-choice'> => ({
  ...asked,
  type: 'multi-choice',
  key: 'several',
  options: ['a', 'b', 'c'],
  minChoices,
  maxChoices,
});

const formOf = (name: string, ...questions: readonly AskedQuestion[]): Form => ({
  name,
  title: name,
  version: 1,
  intro: '',
  trigger: { event: 'before-all-assignments', turns: null, games: null },
  questions: [{ type: null, key: 'read', prompt: 'Read this.' }, ...questions],
});

describe('fields that a page sends', () => {
  it('are sorted into their forms, lists and all; what is no field of a form is left out', () => {
    const sent = new FormData();
    sent.append('groupId', 'before-all-assignments');
    sent.append('consent.age', '30');
    sent.append('consent.likes', 'a');
    sent.append('consent.likes', 'b');
    sent.append('profile.age', '31');
    sent.append('a.b.c', 'no');
    sent.append('profile.file', new File(['x'], 'x.txt'));
    expect(responsesOf(readFields(sent))).toEqual({
      consent: { age: '30', likes: ['a', 'b'] },
      profile: { age: '31', file: [] },
    });
  });

  it('say which versions of their forms were shown, and are no answers', () => {
    const sent = new FormData();
    sent.append('groupId', 'before-all-assignments');
    expect(readVersions(sent)).toBeUndefined();
    sent.append(versionName({ name: 'consent' }), '2');
    sent.append(versionName({ name: 'notice' }), '1');
    sent.append('consent.version', '7');
    expect(readVersions(sent)).toEqual({ consent: 2, notice: 1 });
    expect(readFields(sent)).toEqual({ 'consent.version': '7' });
  });

  it('show what was saved of them, each in its own way', () => {
    const forms = [formOf('consent', text('name'), number(), several(0, 3), text('new'))];
    const draft = { consent: { name: 'Ada', number: 3, several: ['a'], gone: 'x', new: null } };
    expect(draftFields({ forms, draft })).toEqual({
      'consent.name': 'Ada',
      'consent.number': '3',
      'consent.several': ['a'],
    });
  });
});

describe('what is wrong with answers', () => {
  it('stands in the order of the questions, with their names; what fits no question comes first', () => {
    const forms = [
      formOf('consent', text('name', { prompt: '**Your** name' }), number({ prompt: 'Your age' })),
    ];
    const problem = (path: string, message: string) => ({ path, reason: 'answer/x', message, fix: message });
    const problems = [
      problem('consent.number', 'Too small.'),
      problem('consent.name', 'Empty.'),
      problem('other', 'Odd.'),
    ];
    expect(formProblems(forms, problems)).toEqual([
      { name: '', question: '', message: 'Odd.' },
      { name: 'consent.name', question: 'Your name', message: 'Empty.' },
      { name: 'consent.number', question: 'Your age', message: 'Too small.' },
    ]);
  });
});

describe('a prompt', () => {
  it('names the field in its first paragraph, however that is wrapped, and explains it in the others', () => {
    const { name, rest } = promptParts('How sure are you that\nit was an octopus?\n\nThink about it.');
    expect(plainWords(name)).toBe('How sure are you that\nit was an octopus?');
    expect(rest).toBe('Think about it.');
  });

  it('names the field in its first line where more than words follows', () => {
    const { name, rest } = promptParts('\nHow *sure* are you?\n- Think.\n- Then say.');
    expect(plainWords(name)).toBe('How sure are you?');
    expect(rest).toBe('- Think.\n- Then say.');
  });

  it('is words where a label can hold nothing else', () => {
    expect(promptParts('- not a list')).toEqual({ name: [{ type: 'text', text: '- not a list' }], rest: '' });
    expect(plainWords(promptParts('# Heading').name)).toBe('Heading');
    expect(plainWords(promptParts('<b>raw</b>').name)).toBe('<b>raw</b>');
  });
});

describe('what is said beside a field', () => {
  it('tells limits before they are broken', () => {
    expect(hintOf(text('a'))).toBe('');
    expect(hintOf(text('a', { maxLength: 500 }))).toBe('At most 500 characters.');
    expect(hintOf(text('a', { minLength: 20, maxLength: 500 }))).toBe('20 to 500 characters.');
    expect(hintOf(text('a', { minLength: 20 }))).toBe('At least 20 characters.');
    expect(hintOf(text('a', { format: 'word' }))).toBe('One word.');
    expect(hintOf(number({ integer: true, min: 1, max: 9 }))).toBe('A whole number from 1 to 9.');
    expect(hintOf(number({ min: 0 }))).toBe('A number, 0 or more.');
    expect(hintOf(number({ max: 0.5 }))).toBe('A number, 0.5 or less.');
    expect(hintOf(number({ min: 1, max: 5, labels: ['low', 'high'] }))).toBe('');
    expect(hintOf(several(0, 3))).toBe('Choose all that apply.');
    expect(hintOf(several(0, 2))).toBe('Choose at most 2.');
    expect(hintOf(several(2, 2))).toBe('Choose 2.');
    expect(hintOf(several(2, 3))).toBe('Choose at least 2.');
  });

  it('tells how long a text may be beside its format', () => {
    expect(hintOf(text('a', { format: 'url', maxLength: 200 }))).toBe(
      'A web address, such as https://example.org. At most 200 characters.',
    );
    expect(hintOf(text('a', { format: 'word', minLength: 3, maxLength: 20 }))).toBe(
      'One word. 3 to 20 characters.',
    );
    expect(hintOf(text('a', { format: 'word', minLength: 8 }))).toBe('One word. At least 8 characters.');
    expect(hintOf(text('a', { format: 'word', minLength: 5, maxLength: 5 }))).toBe(
      'One word. Exactly 5 characters.',
    );
  });

  it('is tied to the field, as far as there is any', () => {
    const nothing = { id: 'answer-a.b', rest: '', hint: '', problem: '' };
    expect(notesOf(nothing)).toBeUndefined();
    expect(notesOf({ ...nothing, hint: 'One word.', problem: 'Empty.' })).toBe(
      'answer-a.b-hint answer-a.b-problem',
    );
  });
});
