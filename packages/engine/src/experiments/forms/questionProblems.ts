import type { AnswerType, QuestionFile } from './form.schema.ts';
import type { FormProblem } from './formProblems.ts';

type Field = Exclude<keyof QuestionFile, 'key' | 'prompt' | 'type' | 'required'>;

/** Which types of answers a field says something about. */
const TYPES_OF_FIELDS: Readonly<Record<Field, readonly AnswerType[]>> = {
  options: ['single-choice', 'multi-choice'],
  personal: ['string', 'bool', 'number', 'email', 'phone', 'single-choice', 'multi-choice'],
  mustBe: ['bool'],
  long: ['string'],
  minLength: ['string'],
  maxLength: ['string'],
  format: ['string', 'number'],
  min: ['number'],
  max: ['number'],
  minChoices: ['multi-choice'],
  maxChoices: ['multi-choice'],
  labels: ['number'],
};
const FIELDS = Object.keys(TYPES_OF_FIELDS) as Field[];

/** Choices that a scale shows side by side. */
const MOST_STEPS = 11;

/** What is wrong with one question; paths begin in it. */
export function questionProblems(question: QuestionFile): readonly FormProblem[] {
  return [
    ...misplacedFields(question),
    ...optionsProblems(question),
    ...formatProblems(question),
    ...boundsProblems(question),
    ...scaleProblems(question),
  ];
}

function misplacedFields(question: QuestionFile): readonly FormProblem[] {
  const { type } = question;
  const problems = FIELDS.flatMap((field): FormProblem[] => {
    const types = TYPES_OF_FIELDS[field];
    if (question[field] === undefined || (type !== undefined && types.includes(type))) return [];
    return [
      {
        path: [field],
        reason: 'form/misplaced-field',
        message: `says nothing for ${type === undefined ? 'a text to read' : `type ${type}`}`,
        fix: `Remove it, or make the type ${types.join(' or ')}.`,
      },
    ];
  });
  if (type === undefined && question.required) {
    problems.push({
      path: ['required'],
      reason: 'form/misplaced-field',
      message: 'asks for an answer to a text to read',
      fix: 'Remove it, or give the question a type.',
    });
  }
  return problems;
}

function optionsProblems({ type, options }: QuestionFile): readonly FormProblem[] {
  if (type !== 'single-choice' && type !== 'multi-choice') return [];
  if (options === undefined) {
    return [
      {
        path: ['options'],
        reason: 'form/options-missing',
        message: 'is missing',
        fix: 'List what there is to choose from.',
      },
    ];
  }
  const known = new Set<string>();
  return options.flatMap((option, index): FormProblem[] => {
    const shown = option.trim();
    if (!known.has(shown)) {
      known.add(shown);
      return [];
    }
    return [
      {
        path: ['options', index],
        reason: 'form/shared-option',
        message: 'is in the list twice',
        fix: 'Remove one of them, or word it differently.',
      },
    ];
  });
}

function formatProblems({ type, format }: QuestionFile): readonly FormProblem[] {
  if (format === undefined || (type !== 'string' && type !== 'number')) return [];
  if ((format === 'integer') === (type === 'number')) return [];
  return [
    {
      path: ['format'],
      reason: 'form/wrong-format',
      message: `is ${format}, which is no format of type ${type}`,
      fix: type === 'number' ? 'Use integer, or remove it.' : 'Use date, time, url or word, or remove it.',
    },
  ];
}

interface Bounds {
  readonly least: Field;
  readonly most: Field;
}

const BOUNDS: readonly Bounds[] = [
  { least: 'minLength', most: 'maxLength' },
  { least: 'min', most: 'max' },
  { least: 'minChoices', most: 'maxChoices' },
];

function boundsProblems(question: QuestionFile): readonly FormProblem[] {
  const crossed = BOUNDS.flatMap(({ least, most }): FormProblem[] => {
    const [low, high] = [question[least], question[most]];
    if (typeof low !== 'number' || typeof high !== 'number' || low <= high) return [];
    const message = `is ${low}, which is more than ${most} (${high})`;
    const fix = `Lower it to at most ${high}, or raise ${most}.`;
    return [{ path: [least], reason: 'form/crossed-limits', message, fix }];
  });
  return [...crossed, ...tooManyChoices(question), ...noWholeNumber(question)];
}

function tooManyChoices({ type, options, minChoices, maxChoices }: QuestionFile): readonly FormProblem[] {
  if (type !== 'multi-choice' || options === undefined) return [];
  const limits = { minChoices, maxChoices };
  return (['minChoices', 'maxChoices'] as const).flatMap((field): FormProblem[] => {
    const number = limits[field] ?? 0;
    if (number <= options.length) return [];
    const message = `is ${number}, but there are ${options.length} options`;
    const fix = `Lower it to at most ${options.length}.`;
    return [{ path: [field], reason: 'form/too-many-choices', message, fix }];
  });
}

function noWholeNumber({ type, format, min, max }: QuestionFile): readonly FormProblem[] {
  if (type !== 'number' || format !== 'integer' || min === undefined || max === undefined) return [];
  if (min > max || Math.ceil(min) <= Math.floor(max)) return [];
  const message = `leaves no whole number between ${min} and ${max}`;
  return [{ path: ['format'], reason: 'form/no-answer-fits', message, fix: 'Widen min and max.' }];
}

function scaleProblems({ type, labels, min, max }: QuestionFile): readonly FormProblem[] {
  if (type !== 'number' || labels === undefined) return [];
  const path = ['labels'];
  if (!Number.isSafeInteger(min) || !Number.isSafeInteger(max)) {
    const message = 'has no whole numbers for min and max to be the ends of';
    return [
      { path, reason: 'form/no-scale', message, fix: 'Make min and max whole numbers, such as 1 and 7.' },
    ];
  }
  const steps = Number(max) - Number(min) + 1;
  if (steps <= MOST_STEPS) return [];
  const message = `makes a scale of ${steps} steps`;
  const fix = `Keep to at most ${MOST_STEPS} steps between min and max, or remove the labels.`;
  return [{ path, reason: 'form/long-scale', message, fix }];
}
