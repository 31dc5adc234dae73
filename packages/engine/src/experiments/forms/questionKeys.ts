import type { QuestionFile } from './form.schema.ts';

/** As in `questionKeySchema`. */
const LONGEST_KEY = 64;

/** The first line of a prompt in snake case, or nothing where it has no letter of the Latin script. */
function keyOf(prompt: string): string {
  const firstLine = prompt.trim().split('\n', 1).join('');
  const words = firstLine
    .replace(/^\d+[.)]\s+/, '')
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  if (!words.some((word) => /[a-z]/.test(word))) return '';
  const key = words.join('_');
  return cut(/^[a-z]/.test(key) ? key : `q_${key}`, LONGEST_KEY);
}

function cut(key: string, length: number): string {
  return key.slice(0, length).replace(/_+$/, '');
}

function withNumber(key: string, number: number): string {
  const suffix = `_${number}`;
  return `${cut(key, LONGEST_KEY - suffix.length)}${suffix}`;
}

function firstFree(key: string, position: number, taken: ReadonlySet<string>): string {
  if (!taken.has(key)) return key;
  let number = position;
  while (taken.has(withNumber(key, number))) number += 1;
  return withNumber(key, number);
}

/**
 * The key of every question, in their order. A key that the file gives is kept, whatever others come to: it names a
 * column of the data. One that is made of a prompt gets the position of the question, from 1, where it would be there twice.
 */
export function questionKeys(form: string, questions: readonly QuestionFile[]): readonly string[] {
  const taken = new Set(questions.flatMap(({ key }) => (key === undefined ? [] : [key])));
  return questions.map(({ key, prompt }, index) => {
    if (key !== undefined) return key;
    const position = index + 1;
    const made = firstFree(keyOf(prompt) || withNumber(`${form}_question`, position), position, taken);
    taken.add(made);
    return made;
  });
}
