import { createParser } from 'eventsource-parser';
import { z } from 'zod';
import { ProviderRefusal } from './providerRefusal.ts';

/** Puts an answer together that comes piece by piece. Either method may throw: then there is no answer. */
export interface AnswerReader {
  readonly feed: (text: string) => void;
  /** The answer in one piece, as the SDK reads it. To be called when nothing more comes. */
  readonly end: () => unknown;
}

/** A single line of a stream; a piece of an answer is a few words. */
const LONGEST_LINE = 1_000_000;

/** Mostly text; some servers send parts, of which those that are no text are the model's thoughts. */
const contentSchema = z
  .union([
    z.string(),
    z.array(z.looseObject({ type: z.string(), text: z.string().optional().catch(undefined) })),
  ])
  .nullish();

const pieceSchema = z.object({
  choices: z
    .array(
      z.object({
        delta: z
          .object({
            content: contentSchema,
            // Some servers send `false` where there is none.
            refusal: z.string().nullish().catch(null),
          })
          .nullish(),
        finish_reason: z.string().nullish(),
      }),
    )
    .default([]),
  usage: z.unknown().optional(),
  error: z.unknown().optional(),
});

/** Some providers begin to answer with status 200 and tell of a failure in the stream. */
const failureWithStatus = z.looseObject({ code: z.coerce.number().int().min(400).max(599) });

const isTold = (error: unknown): boolean => error !== undefined && error !== null;

function failureOf(told: unknown): Error {
  const status = failureWithStatus.safeParse(told).data?.code;
  if (status !== undefined) return new ProviderRefusal(status, null);
  return new Error('The provider tells of a failure.', { cause: told });
}

function textOf(content: z.infer<typeof contentSchema>): string {
  if (typeof content === 'string') return content;
  return (content ?? []).map(({ type, text = '' }) => (type === 'text' ? text : '')).join('');
}

/** Reads a stream of events. `onText` receives the whole text so far, each time it grows. */
function createStreamReader(onText: (textSoFar: string) => void): AnswerReader {
  let content = '';
  let refusal = '';
  let finishReason: string | null = null;
  let usage: unknown;

  function take(data: string): void {
    if (data === '[DONE]') return;
    const piece = pieceSchema.parse(JSON.parse(data));
    if (isTold(piece.error)) throw failureOf(piece.error);
    usage = piece.usage ?? usage;
    const [choice] = piece.choices;
    finishReason = choice?.finish_reason ?? finishReason;
    refusal += choice?.delta?.refusal ?? '';
    const more = textOf(choice?.delta?.content);
    if (more === '') return;
    content += more;
    onText(content);
  }

  const parser = createParser({
    maxBufferSize: LONGEST_LINE,
    onEvent: ({ data }) => take(data),
    onError: (error) => {
      if (error.type === 'max-buffer-size-exceeded') throw error;
    },
  });

  return {
    feed: (text) => parser.feed(text),
    end: () => {
      if (finishReason === null) throw new Error('The answer ended before it was over.');
      const message = { content, refusal: refusal === '' ? null : refusal };
      return { choices: [{ message, finish_reason: finishReason }], usage };
    },
  };
}

const wholeSchema = z.looseObject({
  choices: z.array(z.looseObject({ message: z.looseObject({ content: contentSchema }) })).default([]),
  error: z.unknown().optional(),
});

/** Reads what a server sends that does not stream. */
function createWholeReader(onText: (text: string) => void): AnswerReader {
  let whole = '';
  return {
    feed: (text) => {
      whole += text;
    },
    end: () => {
      const answer = wholeSchema.parse(JSON.parse(whole));
      if (isTold(answer.error)) throw failureOf(answer.error);
      const text = textOf(answer.choices[0]?.message.content);
      if (text !== '') onText(text);
      return answer;
    },
  };
}

/** A reader for what is sent as this type. `onText` receives the whole text so far, each time it grows. */
export function createAnswerReader(contentType: string, onText: (textSoFar: string) => void): AnswerReader {
  return contentType.startsWith('application/json') ? createWholeReader(onText) : createStreamReader(onText);
}
