import type { BoolQuestion, MultiChoiceQuestion, SingleChoiceQuestion } from '../form.ts';
import { MOST_OPTIONS } from '../form.schema.ts';
import { accepted, isBlank, refused, UNANSWERED } from './answer.ts';
import type { Reading } from './answer.ts';

const YES: readonly string[] = ['true', '1', 'yes', 'on'];
const NO: readonly string[] = ['false', '0', 'no', 'off'];

export function readBool({ required, mustBe }: BoolQuestion, given: unknown): Reading<boolean> {
  const mustSay = `You can only go on with ${mustBe === false ? 'no' : 'yes'} here.`;
  if (isBlank(given)) {
    if (!required) return accepted(false);
    return mustBe === null ? UNANSWERED : refused('answer/required', mustSay);
  }
  const said = wordOf(given)?.toLowerCase() ?? '';
  const value = YES.includes(said);
  if (!value && !NO.includes(said)) return refused('answer/not-yes-or-no', 'Please answer yes or no.');
  return mustBe === null || value === mustBe ? accepted(value) : refused('answer/must-be', mustSay);
}

const NO_OPTION = refused('answer/not-an-option', 'Please choose among the options.');

export function readSingleChoice(question: SingleChoiceQuestion, given: unknown): Reading<string> {
  if (isBlank(given)) return question.required ? UNANSWERED : accepted('');
  const chosen = wordOf(given);
  return chosen !== null && question.options.includes(chosen) ? accepted(chosen) : NO_OPTION;
}

/** Options are kept once each, in the order in which they were given. */
export function readMultiChoice(question: MultiChoiceQuestion, given: unknown): Reading<readonly string[]> {
  const { required, options, minChoices, maxChoices } = question;
  const list: readonly unknown[] = Array.isArray(given) ? given : [given];
  if (list.length > MOST_OPTIONS) return NO_OPTION;
  const chosen = new Set<string>();
  for (const entry of list) {
    if (isBlank(entry)) continue;
    const word = wordOf(entry);
    if (word === null || !options.includes(word)) return NO_OPTION;
    chosen.add(word);
  }
  if (chosen.size === 0) return required ? UNANSWERED : accepted([]);
  if (chosen.size < minChoices) {
    return refused('answer/too-few-choices', `Please choose at least ${minChoices}.`);
  }
  if (chosen.size > maxChoices) {
    return refused('answer/too-many-choices', `Please choose at most ${maxChoices}.`);
  }
  return accepted([...chosen]);
}

/** What was said as a form would send it, trimmed; `null` for what no form sends. */
export function wordOf(given: unknown): string | null {
  const isWord = typeof given === 'string' || typeof given === 'number' || typeof given === 'boolean';
  return isWord ? String(given).trim() : null;
}
