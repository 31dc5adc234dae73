import { z } from 'zod';
import type { DecisionTools } from '../../game/game.ts';
import { ModelFailure } from '../../models/languageModel.ts';
import type { Prompt } from '../../models/languageModel.ts';
import { fenced } from './prompts/render.ts';

/* Answers that are read by a program and not by people: verdicts and scores, in JSON. */

/** No answer that we ask for is nearly as long; what is longer is not even parsed. */
const LONGEST_ANSWER = 40_000;
/** How much of an unusable answer its author is shown again, and of what was wrong with it. */
const LONGEST_SHOWN = 2000;
const LONGEST_PROBLEM = 600;

/** What a model said is not what it was asked for. `message` says why, to the model. */
export class UnusableAnswer extends Error {
  /** Whether its author may be shown it again. */
  readonly isRepeatable: boolean;

  constructor(
    message: string,
    { cause, isRepeatable = true }: { cause?: unknown; isRepeatable?: boolean } = {},
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'UnusableAnswer';
    this.isRepeatable = isRepeatable;
  }
}

/** Models like to fence their JSON. */
function unfenced(text: string): string {
  return text
    .trim()
    .replace(/^```(?:json)?\s*/i, '')
    .replace(/\s*```$/, '');
}

function parsed(text: string): unknown {
  if (text.length > LONGEST_ANSWER) throw new UnusableAnswer('it is far too long');
  try {
    return JSON.parse(unfenced(text));
  } catch (cause) {
    throw new UnusableAnswer('it is not JSON', { cause });
  }
}

/** Fails closed: throws `UnusableAnswer` for anything that the schema does not take. */
export function readAnswer<T>(text: string, schema: z.ZodType<T>): T {
  const result = schema.safeParse(parsed(text));
  if (result.success) return result.data;
  const problem = z.prettifyError(result.error).slice(0, LONGEST_PROBLEM);
  throw new UnusableAnswer(problem, { cause: result.error });
}

export type Question = Parameters<DecisionTools['ask']>[0];

export interface UsableAnswer<T> {
  readonly answer: T;
  /** The model that gave it. */
  readonly model: string;
}

/** An answer may repeat what a player wrote, so it is shown to its author as data, too, and not as a word to stand by. */
function shownAgain(said: string): string {
  const shown = said.trim() === '' ? '(nothing)' : said.slice(0, LONGEST_SHOWN).toWellFormed();
  return `You were asked this before, and answered:\n${fenced('unreadable', shown)}\nThat could not be read`;
}

function withRefusal({ system, messages }: Prompt, said: string, fault: UnusableAnswer): Prompt {
  const before = fault.isRepeatable
    ? shownAgain(said)
    : 'You were asked this before, and what you answered cannot be used';
  const refusal = `${before}: ${fault.message}. Answer again, with the JSON alone.`;
  return { system, messages: [...messages, { role: 'user', content: refusal }] };
}

/**
 * Asks, and asks once more when the answer is unusable, saying what was wrong with its form. `read` throws `UnusableAnswer`.
 * Rejects with a `ModelFailure`: the model is at fault when it twice says what nobody can read.
 */
export async function askUsable<T>(
  ask: DecisionTools['ask'],
  question: Question,
  read: (text: string) => T,
): Promise<UsableAnswer<T>> {
  const first = await ask(question);
  try {
    return { answer: read(first.text), model: first.model };
  } catch (fault) {
    if (!(fault instanceof UnusableAnswer)) throw fault;
    const prompt = withRefusal(question.prompt, first.text, fault);
    const second = await ask({ ...question, prompt });
    return { answer: readOrRefuse(second.text, read), model: second.model };
  }
}

function readOrRefuse<T>(text: string, read: (text: string) => T): T {
  try {
    return read(text);
  } catch (cause) {
    if (!(cause instanceof UnusableAnswer)) throw cause;
    throw new ModelFailure('model/refused', `The model gave no usable answer: ${cause.message}.`, { cause });
  }
}
