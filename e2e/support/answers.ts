import type { DcsClient } from '@dcs/api/client';
import type { Locator } from '@playwright/test';

type Setup = Awaited<ReturnType<DcsClient['experiments']['setup']['query']>>;
export type FormGroup = Setup['pendingFormGroups'][number];
type Question = FormGroup['forms'][number]['questions'][number];
type QuestionOf<T extends Question['type']> = Extract<Question, { readonly type: T }>;

const SENTENCE = 'It waited for a long while, and then did what I had not expected of it. ';

const FORMATS = {
  date: '2019-03-01',
  time: '14:30',
  url: 'https://example.org/work',
  word: 'heron',
} as const;

function words({ format, minLength, maxLength }: QuestionOf<'string'>): string {
  if (format !== null) return FORMATS[format];
  return SENTENCE.repeat(Math.ceil((minLength + 1) / SENTENCE.length)).slice(0, maxLength);
}

function numberIn({ min, max, labels }: QuestionOf<'number'>): string {
  const least = min ?? 0;
  return String(labels === null || max === null ? least : Math.ceil((least + max) / 2));
}

/** Answers a question of `form` as it asks to be answered, whether one has to or not. */
async function answerOne(form: Locator, name: string, question: Question): Promise<void> {
  const field = form.locator(`[name="${name}"]`);
  const option = (value: string): Locator => form.locator(`[name="${name}"][value="${value}"]`);
  switch (question.type) {
    case null:
      return;
    case 'bool':
      return option(question.mustBe === false ? 'no' : 'yes').check();
    case 'single-choice': {
      const [first = ''] = question.options;
      return (await option(first).count()) > 0
        ? option(first).check()
        : void (await field.selectOption(first));
    }
    case 'multi-choice':
      for (const one of question.options.slice(0, Math.max(1, question.minChoices)))
        await option(one).check();
      return;
    case 'number':
      return question.labels === null ? field.fill(numberIn(question)) : option(numberIn(question)).check();
    case 'email':
      return field.fill('ada@example.org');
    case 'phone':
      return field.fill('+44 20 7946 0000');
    case 'string':
      return field.fill(words(question));
    default: {
      const unreachable: never = question;
      return unreachable;
    }
  }
}

/** Answers everything that a group asks in the form that shows it, sends it, and sees that it was taken. */
export async function answerGroup(form: Locator, { forms }: FormGroup): Promise<void> {
  for (const { name, questions } of forms) {
    for (const question of questions) await answerOne(form, `${name}.${question.key}`, question);
  }
  await form.getByRole('button', { name: /^(Send answers|Go on)$/ }).click();
}
