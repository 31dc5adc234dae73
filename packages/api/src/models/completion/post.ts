import type { Cancellation } from '@dcs/engine';
import { StringDecoder } from 'node:string_decoder';
import { Agent } from 'undici';
import type { Dispatcher } from 'undici';
import type { AnswerReader } from './answerReader.ts';
import { ProviderRefusal } from './providerRefusal.ts';

/** Far more than the longest answer with all that providers wrap around each word. */
const MOST_BYTES = 32 * 1024 * 1024;

/** Kept open for the next call. How long anything may take is for the caller to watch. */
const connections = new Agent({
  allowH2: false,
  bodyTimeout: 0,
  headersTimeout: 0,
  keepAliveTimeout: 60_000,
  maxResponseSize: MOST_BYTES,
});

export interface Post {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly cancellation: Cancellation;
}

const firstOf = (header: string | string[] | undefined): string | null =>
  (Array.isArray(header) ? header[0] : header) ?? null;

/**
 * Sends a question, has its answer read by the reader that `open` gives for its content type, and resolves with what the
 * reader made of it. Rejects with ProviderRefusal, with what the reader threw, or with what the connection ended in; when
 * it is cancelled, at once.
 *
 * Not `fetch`: between the socket and the reader it puts four streams, which cost several times the rest of a call.
 */
export function post(
  { url, headers, body, cancellation }: Post,
  open: (contentType: string) => AnswerReader,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const decoder = new StringDecoder('utf8');
    let controller: Dispatcher.DispatchController | null = null;
    let reader: AnswerReader | null = null;
    let failure: Error | null = null;

    function fail(error: Error): void {
      if (failure !== null) return;
      failure = error;
      cancellation.removeEventListener('abort', onCancelled);
      controller?.abort(error);
      reject(error);
    }

    function onCancelled(): void {
      fail(new Error('The answer is no longer wanted.'));
    }

    /** Whatever throws in the hands of undici would end more than this call. */
    function reading(read: () => void): void {
      if (failure !== null) return;
      try {
        read();
      } catch (thrown) {
        fail(thrown instanceof Error ? thrown : new Error('The answer cannot be read.', { cause: thrown }));
      }
    }

    if (cancellation.aborted) return onCancelled();
    cancellation.addEventListener('abort', onCancelled, { once: true });
    connections.dispatch(
      { origin: url.origin, path: url.pathname + url.search, method: 'POST', headers, body },
      {
        onRequestStart: (started) => {
          controller = started;
          if (failure !== null) started.abort(failure);
        },
        onResponseStart: (_controller, status, answered) => {
          if (status < 200) return;
          if (status >= 300) return fail(new ProviderRefusal(status, firstOf(answered['retry-after'])));
          reading(() => (reader = open(firstOf(answered['content-type']) ?? '')));
        },
        onResponseData: (_controller, bytes) => reading(() => reader?.feed(decoder.write(bytes))),
        onResponseEnd: () => {
          reading(() => {
            const answer = reader?.end();
            cancellation.removeEventListener('abort', onCancelled);
            resolve(answer);
          });
        },
        onResponseError: (_controller, error) => fail(error),
      },
    );
  });
}
