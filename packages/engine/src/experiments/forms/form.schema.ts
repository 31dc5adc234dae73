import { z } from 'zod';
import { optionalText, text } from '../../characters/text.ts';

/** When a form is asked. The first four stand between tasks, the last two belong to a session. */
export const FORM_EVENTS = [
  'before-all-assignments',
  'before-assignment',
  'after-assignment',
  'after-all-assignments',
  'after-turns',
  'on-finish',
] as const;
export type FormEvent = (typeof FORM_EVENTS)[number];

export const ANSWER_TYPES = [
  'string',
  'bool',
  'number',
  'email',
  'phone',
  'single-choice',
  'multi-choice',
] as const;
export type AnswerType = (typeof ANSWER_TYPES)[number];

export const MOST_QUESTIONS = 100;
export const MOST_OPTIONS = 200;
/** Characters of one answer in words, whatever a form allows. */
export const MOST_ANSWER = 10_000;

/** Lower-case words joined by underscores: the column that the answers get in the data. */
export const questionKeySchema = z
  .string()
  .max(64)
  .regex(/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/, 'must be lower-case words joined by underscores, such as how_sure');

const wholeNumber = z.int().min(0);

/**
 * One question, or with no `type` a text to read. Which limits go with which type, `formProblems` says: a schema of
 * alternatives would tell whoever wrote the file about all of them at once.
 */
export const questionSchema = z.strictObject({
  key: questionKeySchema.optional().meta({
    description: 'The column of the answers in the data; without it, made of the first line of the prompt.',
  }),
  prompt: text(4000).meta({ description: 'What is asked, or told. Markdown.' }),
  type: z.enum(ANSWER_TYPES).optional().meta({
    description: 'What kind of answer is wanted; without it, the prompt is a text to read.',
  }),
  options: z.array(text(300)).min(1).max(MOST_OPTIONS).optional().meta({
    description: 'What there is to choose from, in this order.',
  }),
  required: z.boolean().default(false).meta({ description: 'Whether there has to be an answer.' }),
  personal: z.boolean().optional().meta({
    description:
      'Whether the answer says who somebody is. Such answers are kept apart, encrypted, and left out of exports. E-mail addresses and telephone numbers are personal unless this says otherwise.',
  }),
  mustBe: z.boolean().optional().meta({
    description: 'For yes or no: the only answer with which one can go on, such as true for a consent.',
  }),
  long: z.boolean().optional().meta({ description: 'For text: whether there is room for several lines.' }),
  minLength: wholeNumber.max(MOST_ANSWER).optional().meta({ description: 'For text: characters, at least.' }),
  maxLength: z.int().min(1).max(MOST_ANSWER).optional().meta({
    description: 'For text: characters, at most.',
  }),
  format: z.enum(['date', 'time', 'url', 'word', 'integer']).optional().meta({
    description: 'For text: date, time, url or word. For numbers: integer.',
  }),
  min: z.number().optional().meta({ description: 'For numbers: the least one.' }),
  max: z.number().optional().meta({ description: 'For numbers: the greatest one.' }),
  minChoices: wholeNumber.max(MOST_OPTIONS).optional().meta({
    description: 'For several choices: how many, at least.',
  }),
  maxChoices: z.int().min(1).max(MOST_OPTIONS).optional().meta({
    description: 'For several choices: how many, at most.',
  }),
  labels: z
    .tuple([optionalText(80), optionalText(80)])
    .optional()
    .meta({
      description: 'For whole numbers from min to max: what the two ends of the scale mean.',
    }),
});
export type QuestionFile = z.infer<typeof questionSchema>;

export const formNameSchema = z
  .string()
  .max(60)
  .regex(/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/, 'must be lower-case words joined by underscores, such as consent');

export const formSchema = z.strictObject({
  name: formNameSchema.meta({ description: 'Lower-case words joined by underscores; unique in the file.' }),
  title: text(120).optional().meta({ description: 'The heading; without it, the name in words.' }),
  version: z.int().min(1).max(10_000).default(1).meta({
    description: 'Raise it to have the form asked again of those who have answered an earlier one.',
  }),
  intro: optionalText(8000).optional().meta({ description: 'What stands above the questions. Markdown.' }),
  trigger: z
    .strictObject({
      event: z.enum(FORM_EVENTS).meta({ description: 'When the form is asked.' }),
      turns: z.int().min(1).max(500).optional().meta({
        description: 'For after-turns: after how many turns of the session.',
      }),
      games: z.array(text(80)).min(1).max(50).optional().meta({
        description: 'Only for assignments of these games, by the names or variants in this file.',
      }),
    })
    .meta({ description: 'When the form is asked, and in which games.' }),
  questions: z.array(questionSchema).min(1).max(MOST_QUESTIONS).meta({
    description: 'What is asked, in this order.',
  }),
});
/** A form as a file declares it; `readForm` makes of it what is asked. */
export type FormFile = z.infer<typeof formSchema>;
