import { OpenAICompatibleChatLanguageModel } from '@ai-sdk/openai-compatible';
import type { LanguageModelV4Prompt, LanguageModelV4Usage } from '@ai-sdk/provider';
import type { Cancellation, Prompt } from '@dcs/engine';
import type { Provider } from '../provider.ts';
import { createAnswerReader } from './answerReader.ts';
import { post } from './post.ts';

export interface Question {
  readonly prompt: Prompt;
  readonly cancellation: Cancellation;
}

export interface Answer {
  readonly text: string;
  readonly usage: LanguageModelV4Usage;
  /** Whether the provider or the model would not say it. */
  readonly isFiltered: boolean;
}

/** What is told of an answer while it comes. Whatever it throws ends the call and becomes its rejection. */
export interface AnswerWatcher {
  /** Bytes have come, whatever they say. */
  readonly onBytes: () => void;
  /** The whole text so far, each time it grows. */
  readonly onText: (textSoFar: string) => void;
}

export interface CompletionClient {
  /** Asks once. Rejects with ProviderRefusal, or with whatever the connection or the stream ended in. */
  ask(question: Question, watcher: AnswerWatcher): Promise<Answer>;
}

/** Sent with every question, as the parameters of the SDK. */
export interface CompletionParameters {
  readonly maxOutputTokens: number;
}

const PATH = '/chat/completions';

function promptOf({ system, messages }: Prompt): LanguageModelV4Prompt {
  return [
    { role: 'system', content: system },
    ...messages.map(({ role, content }) => ({
      role,
      content: [{ type: 'text' as const, text: content }],
    })),
  ];
}

/**
 * Asks a provider in OpenAI's protocol. The SDK forms the question and reads the answer; the way between is ours, since
 * the streams in which it passes an answer on cost ten times as much.
 */
export function createCompletionClient(
  { name, modelId, baseUrl, apiKey, askForCost }: Provider,
  parameters: CompletionParameters,
): CompletionClient {
  const url = new URL(`${baseUrl.replace(/\/+$/, '')}${PATH}`);
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'dcs',
    ...(apiKey === null ? {} : { authorization: `Bearer ${apiKey}` }),
  };
  // Once and not for each call: it builds the schemas of its answers, which costs more than a call does.
  const chat = new OpenAICompatibleChatLanguageModel(modelId, { provider: name, url: () => url.href });

  async function bodyOf(prompt: Prompt): Promise<string> {
    const { body } = await chat.prepareRequest({ prompt: promptOf(prompt), ...parameters });
    return JSON.stringify({
      ...body,
      ...askForCost,
      stream: true,
      stream_options: { include_usage: true },
    });
  }

  async function answerOf(completion: unknown): Promise<Answer> {
    const { content, usage, finishReason } = await chat.convertResponse({ body: completion });
    const text = content.map((part) => (part.type === 'text' ? part.text : '')).join('');
    return { text, usage, isFiltered: finishReason.unified === 'content-filter' };
  }

  return {
    ask: async ({ prompt, cancellation }, { onBytes, onText }) => {
      const body = await bodyOf(prompt);
      const completion = await post({ url, headers, body, cancellation }, (contentType) => {
        const { feed, end } = createAnswerReader(contentType, onText);
        return {
          feed: (text) => {
            onBytes();
            feed(text);
          },
          end,
        };
      });
      return answerOf(completion);
    },
  };
}
