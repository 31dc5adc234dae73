import { describe, expect, it } from 'vitest';
import { areAsShown } from './areAsShown.ts';
import { formSchema } from './form.schema.ts';
import type { Form } from './form.ts';
import { readForm } from './readForm.ts';

const formOf = (name: string, version: number): Form =>
  readForm(
    formSchema.parse({
      name,
      version,
      trigger: { event: 'before-all-assignments' },
      questions: [{ prompt: 'Read this.' }],
    }),
  );

const FORMS = [formOf('consent', 2), formOf('profile', 1)];

describe('forms that were shown', () => {
  it('are those that are asked when all of them were, each in the version that it has', () => {
    expect(areAsShown(FORMS, { profile: 1, consent: 2 })).toBe(true);
  });

  it('are others when one has another version by now, be it earlier or later', () => {
    expect(areAsShown(FORMS, { consent: 1, profile: 1 })).toBe(false);
    expect(areAsShown(FORMS, { consent: 3, profile: 1 })).toBe(false);
  });

  it('are others when one of those that are asked was not shown, or one that was shown is not asked', () => {
    expect(areAsShown(FORMS, { consent: 2 })).toBe(false);
    expect(areAsShown(FORMS, { consent: 2, profile: 1, farewell: 1 })).toBe(false);
    expect(areAsShown(FORMS, {})).toBe(false);
  });

  it('are looked up by their names and nothing else', () => {
    expect(areAsShown([formOf('constructor', 1)], { consent: 1 })).toBe(false);
    expect(areAsShown([formOf('constructor', 1)], { constructor: 1 })).toBe(true);
  });
});
