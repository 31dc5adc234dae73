import type { FormEvent } from './form.schema.ts';

/** A text between the questions; nobody answers it. */
export interface TextToRead {
  readonly type: null;
  readonly key: string;
  /** Markdown. */
  readonly prompt: string;
}

interface Asked {
  /** The column of the answers in the data; unique in the form. */
  readonly key: string;
  /** Markdown. */
  readonly prompt: string;
  readonly required: boolean;
  /** Whether the answer says who somebody is. */
  readonly personal: boolean;
}

export const TEXT_FORMATS = ['date', 'time', 'url', 'word'] as const;
export type TextFormat = (typeof TEXT_FORMATS)[number];

export interface TextQuestion extends Asked {
  readonly type: 'string';
  /** Whether there is room for several lines. */
  readonly long: boolean;
  /** Of UTF-16 units, as browsers count. */
  readonly minLength: number;
  readonly maxLength: number;
  readonly format: TextFormat | null;
}

export interface NumberQuestion extends Asked {
  readonly type: 'number';
  readonly integer: boolean;
  readonly min: number | null;
  readonly max: number | null;
  /** What the ends of a scale mean; then `min` and `max` are whole numbers. */
  readonly labels: readonly [string, string] | null;
}

export interface BoolQuestion extends Asked {
  readonly type: 'bool';
  /** The only answer with which one can go on. */
  readonly mustBe: boolean | null;
}

export interface ContactQuestion extends Asked {
  readonly type: 'email' | 'phone';
}

export interface SingleChoiceQuestion extends Asked {
  readonly type: 'single-choice';
  readonly options: readonly string[];
}

export interface MultiChoiceQuestion extends Asked {
  readonly type: 'multi-choice';
  readonly options: readonly string[];
  /** Of those who choose anything at all. */
  readonly minChoices: number;
  readonly maxChoices: number;
}

export type AskedQuestion =
  TextQuestion | NumberQuestion | BoolQuestion | ContactQuestion | SingleChoiceQuestion | MultiChoiceQuestion;

export type Question = TextToRead | AskedQuestion;

export interface FormTrigger {
  readonly event: FormEvent;
  /** For `after-turns`; otherwise `null`. */
  readonly turns: number | null;
  /** Names or variants of games; `null` for all of them. */
  readonly games: readonly string[] | null;
}

/** A form as it is asked, with everything filled in that its file leaves out. */
export interface Form {
  readonly name: string;
  readonly title: string;
  readonly version: number;
  /** Markdown; empty when there is none. */
  readonly intro: string;
  readonly trigger: FormTrigger;
  readonly questions: readonly Question[];
}

export function isAsked(question: Question): question is AskedQuestion {
  return question.type !== null;
}
