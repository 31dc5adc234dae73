/** A subscription to a session over HTTP (server-sent events), as any program could open it. */
export interface EventStream {
  readonly status: number;
  /** Resolves with everything that has come so far, as soon as it fits. */
  until(fits: (text: string) => boolean): Promise<string>;
  /** Everything until the server ends the stream. */
  rest(): Promise<string>;
  leave(): Promise<void>;
}

export async function openEventStream(
  url: string,
  { accessKey, sessionId }: { readonly accessKey: string; readonly sessionId: string },
): Promise<EventStream> {
  const input = encodeURIComponent(JSON.stringify({ json: { sessionId } }));
  const response = await fetch(`${url}/trpc/play.events?input=${input}`, {
    headers: { accept: 'text/event-stream', authorization: `Bearer ${accessKey}` },
  });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';

  /** Whether there was more. */
  async function more(): Promise<boolean> {
    // A connection that the server destroys ends in an error, one that it ends does not.
    const piece = await reader?.read().catch(() => undefined);
    if (piece === undefined || piece.done) return false;
    text += piece.value;
    return true;
  }

  return {
    status: response.status,
    until: async (fits) => {
      while (!fits(text)) if (!(await more())) throw new Error(`The stream ended: ${text}`);
      return text;
    },
    rest: async () => {
      while (await more());
      return text;
    },
    leave: async () => {
      await reader?.cancel();
    },
  };
}
