import { z } from 'zod';
import { isFreeOfControlCharacters } from '../../../characters/text.ts';
import type { ContactQuestion, TextFormat, TextQuestion } from '../form.ts';
import { accepted, isBlank, refused, UNANSWERED, withPlainLineBreaks } from './answer.ts';
import type { Reading } from './answer.ts';

interface Format {
  readonly schema: z.ZodType;
  readonly message: string;
}

const FORMATS: Readonly<Record<TextFormat, Format>> = {
  date: { schema: z.iso.date(), message: 'Please write a date as year-month-day, such as 2026-11-30.' },
  time: {
    schema: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/),
    message: 'Please write a time of day, such as 14:30.',
  },
  url: {
    schema: z.url({ protocol: /^https?$/ }),
    message: 'Please write a web address, such as https://example.org.',
  },
  word: { schema: z.string().regex(/^\S+$/), message: 'Please write one word, without spaces.' },
};

const CONTACTS: Readonly<Record<ContactQuestion['type'], Format>> = {
  email: {
    schema: z.email().max(254),
    message: 'Please write an e-mail address, such as name@example.org.',
  },
  // People write numbers in many ways. What can be dialled has 7 to 15 digits (ITU-T E.164), in the shortest nets too.
  phone: {
    schema: z
      .string()
      .max(40)
      .regex(/^\+?[\d\s().\-/]*$/)
      .refine((text) => /^\d{7,15}$/.test(text.replaceAll(/\D/g, ''))),
    message: 'Please write a phone number with 7 to 15 digits, such as +49 30 1234567.',
  },
};

/** What was written, trimmed. Numbers count as written. `''` when nothing was. */
function readWriting(given: unknown): Reading<string> {
  if (isBlank(given)) return accepted('');
  if (typeof given !== 'string' && typeof given !== 'number') {
    return refused('answer/wrong-kind', 'Please answer in words.');
  }
  const written = withPlainLineBreaks(String(given)).trim();
  if (isFreeOfControlCharacters(written) && written.isWellFormed()) return accepted(written);
  return refused('answer/unreadable', 'Please write it again: it holds characters that cannot be shown.');
}

export function readText(question: TextQuestion, given: unknown): Reading<string> {
  const reading = readWriting(given);
  if (!reading.ok) return reading;
  const { value } = reading;
  if (value === '') return question.required ? UNANSWERED : reading;
  const { minLength, maxLength, format } = question;
  if (value.length < minLength) {
    return refused('answer/too-short', `Please write at least ${characters(minLength)}.`);
  }
  if (value.length > maxLength) {
    return refused('answer/too-long', `Please keep to at most ${characters(maxLength)}.`);
  }
  return format === null ? reading : inFormat(value, FORMATS[format]);
}

export function readContact(question: ContactQuestion, given: unknown): Reading<string> {
  const reading = readWriting(given);
  if (!reading.ok) return reading;
  if (reading.value === '') return question.required ? UNANSWERED : reading;
  return inFormat(reading.value, CONTACTS[question.type]);
}

function inFormat(value: string, { schema, message }: Format): Reading<string> {
  return schema.safeParse(value).success ? accepted(value) : refused('answer/wrong-format', message);
}

const characters = (count: number): string => `${count} ${count === 1 ? 'character' : 'characters'}`;
