import type { Form, Question, TextFormat } from './form.ts';
import { TEXT_FORMATS } from './form.ts';
import { MOST_ANSWER } from './form.schema.ts';
import type { FormFile, QuestionFile } from './form.schema.ts';
import { questionKeys } from './questionKeys.ts';

/** What is asked by a form that `formProblems` has nothing against. */
export function readForm(file: FormFile): Form {
  const keys = questionKeys(file.name, file.questions);
  const { event, turns, games } = file.trigger;
  return {
    name: file.name,
    title: file.title ?? titleOf(file.name),
    version: file.version,
    intro: file.intro ?? '',
    trigger: { event, turns: turns ?? null, games: games ?? null },
    questions: file.questions.map((question, index) => readQuestion(question, keys[index] ?? '')),
  };
}

/** `usability_survey` as "Usability survey". */
function titleOf(name: string): string {
  const words = name.replaceAll('_', ' ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

function readQuestion(file: QuestionFile, key: string): Question {
  const { prompt, type, required, personal = type === 'email' || type === 'phone' } = file;
  const asked = { key, prompt, required, personal };
  switch (type) {
    case undefined:
      return { type: null, key, prompt };
    case 'string':
      return { ...asked, type, ...lengthsOf(file), long: file.long ?? false, format: textFormatOf(file) };
    case 'number':
      return { ...asked, type, ...rangeOf(file) };
    case 'bool':
      return { ...asked, type, mustBe: file.mustBe ?? null, required: required || file.mustBe !== undefined };
    case 'email':
    case 'phone':
      return { ...asked, type };
    case 'single-choice':
      return { ...asked, type, options: optionsOf(file) };
    case 'multi-choice':
      return { ...asked, type, ...choicesOf(file) };
    default: {
      const unreachable: never = type;
      return unreachable;
    }
  }
}

const lengthsOf = ({ minLength = 0, maxLength = MOST_ANSWER }: QuestionFile) => ({ minLength, maxLength });

function textFormatOf({ format }: QuestionFile): TextFormat | null {
  return TEXT_FORMATS.find((known) => known === format) ?? null;
}

function rangeOf({ format, min, max, labels }: QuestionFile) {
  const integer = format === 'integer' || labels !== undefined;
  return { integer, min: min ?? null, max: max ?? null, labels: labels ?? null };
}

/** Answers are trimmed, and so is what they are compared with. */
const optionsOf = ({ options = [] }: QuestionFile): readonly string[] =>
  options.map((option) => option.trim());

function choicesOf(file: QuestionFile) {
  const options = optionsOf(file);
  return { options, minChoices: file.minChoices ?? 0, maxChoices: file.maxChoices ?? options.length };
}
