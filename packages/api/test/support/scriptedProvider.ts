import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { z } from 'zod';

/*
 * A server that speaks the OpenAI-compatible protocol and behaves as told, by the name of a scenario: what a provider
 * does on good days and on bad ones. The same names serve the tests of the adapter and those of a whole server.
 */

export const SCENARIOS = [
  /** The whole text in pieces, with figures of use. */
  'normal',
  /** The same, but each piece waits for `pace`. */
  'slow',
  /** The same, but byte by byte. */
  'torn',
  /** 429 with `retry-after`. */
  'rateLimited',
  /** 500. */
  'broken',
  /** 402: the account is empty. */
  'unpaid',
  /** Takes the request and never says anything. */
  'hang',
  /** Answers, begins to write and falls silent. */
  'stall',
  /** Closes the connection in the middle of the text. */
  'cut',
  /** Ends the stream in the middle of the text, without saying that it is over. */
  'unfinished',
  /** Answers in one piece of JSON, though a stream was asked for. */
  'whole',
  /** Begins well and then tells, in the stream, that there were too many requests. */
  'rateLimitedInStream',
  /** Sends bytes that are no stream of events. */
  'garbage',
  /** Sends JSON of another kind than asked for, as text. */
  'wrongJson',
  /** Ends without a word, because of its filter. */
  'refuses',
  /** Writes on and on, whatever was asked for. */
  'endless',
] as const;
export type Scenario = (typeof SCENARIOS)[number];

export interface ProviderCall {
  readonly scenario: Scenario;
  readonly body: z.infer<typeof bodySchema>;
  readonly headers: IncomingHttpHeaders;
}

export interface ScriptedProviderOptions {
  /** What is answered where a scenario answers; each item is one piece of the stream. */
  readonly pieces?: (body: ProviderCall['body']) => readonly string[];
  /** US dollars, told with the use; left out, the provider names no cost. */
  readonly cost?: number;
  /** Leaves the figures of use out. */
  readonly tellsUse?: boolean;
  /** What `rateLimited` says in `retry-after`. */
  readonly retryAfter?: string;
  /** What `slow` waits for before each piece. */
  readonly pace?: () => Promise<void>;
}

export interface ScriptedProvider extends AsyncDisposable {
  /** For MODEL_BASE_URL. */
  readonly baseUrl: string;
  /** What was asked, in order. */
  readonly calls: readonly ProviderCall[];
  /** Connections taken so far. */
  readonly connections: number;
  /** Answers that the caller did not wait for. */
  readonly abandoned: number;
  /** What the next calls get, one each; those after them get `normal`, or the scenario that their model is named after. */
  play(...scenarios: readonly Scenario[]): void;
}

const bodySchema = z.looseObject({
  model: z.string(),
  messages: z.array(z.looseObject({ role: z.string(), content: z.string() })),
});

const isScenario = (name: string): name is Scenario => SCENARIOS.some((known) => known === name);

const chunk = (delta: object, rest: object = {}): string =>
  `data: ${JSON.stringify({ id: 'answer', choices: [{ index: 0, delta, ...rest }] })}\n\n`;

const finished = (reason: string): string => chunk({}, { finish_reason: reason });

const tokensOf = (texts: readonly string[]): number => Math.ceil(texts.join('').length / 4);

interface Part {
  readonly response: ServerResponse;
  readonly body: ProviderCall['body'];
  readonly pieces: readonly string[];
  readonly options: ScriptedProviderOptions;
}

function refuse({ response }: Part, status: number, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify({ error: { message: `Scripted status ${status}.` } }));
}

function begin({ response }: Part): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
}

function end({ response, body, pieces, options }: Part, reason: string): void {
  response.write(finished(reason));
  if (options.tellsUse !== false) {
    const prompt = tokensOf(body.messages.map(({ content }) => content));
    const completion = tokensOf(pieces);
    const cost = options.cost === undefined ? {} : { cost: options.cost };
    const usage = { prompt_tokens: prompt, completion_tokens: completion, ...cost };
    response.write(
      `data: ${JSON.stringify({ id: 'answer', choices: [], usage: { ...usage, total_tokens: prompt + completion } })}\n\n`,
    );
  }
  response.end('data: [DONE]\n\n');
}

function write(part: Part): void {
  begin(part);
  for (const content of part.pieces) part.response.write(chunk({ content }));
  end(part, 'stop');
}

async function writeSlowly(part: Part): Promise<void> {
  begin(part);
  for (const content of part.pieces) {
    await part.options.pace?.();
    part.response.write(chunk({ content }));
  }
  end(part, 'stop');
}

async function writeTorn(part: Part): Promise<void> {
  begin(part);
  for (const content of part.pieces) {
    for (const byte of Buffer.from(chunk({ content }))) {
      part.response.write(Buffer.of(byte));
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  end(part, 'stop');
}

async function writeForEver(part: Part): Promise<void> {
  begin(part);
  while (!part.response.destroyed) {
    part.response.write(chunk({ content: 'and on '.repeat(100) }));
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const PARTS: Readonly<Record<Scenario, (part: Part) => void | Promise<void>>> = {
  normal: write,
  slow: writeSlowly,
  torn: writeTorn,
  rateLimited: (part) => refuse(part, 429, { 'retry-after': part.options.retryAfter ?? '1' }),
  broken: (part) => refuse(part, 500),
  unpaid: (part) => refuse(part, 402),
  hang: () => undefined,
  stall: (part) => {
    begin(part);
    part.response.write(chunk({ content: part.pieces[0] ?? '' }));
  },
  cut: (part) => {
    begin(part);
    part.response.write(chunk({ content: part.pieces[0] ?? '' }), () => part.response.destroy());
  },
  unfinished: (part) => {
    begin(part);
    part.response.end(chunk({ content: part.pieces[0] ?? '' }));
  },
  whole: ({ response, pieces }) => {
    const choice = {
      index: 0,
      message: { role: 'assistant', content: pieces.join('') },
      finish_reason: 'stop',
    };
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ id: 'answer', choices: [choice] }));
  },
  rateLimitedInStream: (part) => {
    begin(part);
    part.response.write(chunk({ content: part.pieces[0] ?? '' }));
    part.response.end(`data: ${JSON.stringify({ error: { code: 429, message: 'Too many.' } })}\n\n`);
  },
  garbage: (part) => {
    begin(part);
    part.response.end('data: {"choices": [}\n\n\u0000 not even data');
  },
  wrongJson: (part) => write({ ...part, pieces: ['{"weather": ', '["rain"]}'] }),
  refuses: (part) => {
    begin(part);
    end({ ...part, pieces: [] }, 'content_filter');
  },
  endless: writeForEver,
};

/** Listens on a free port of this machine until it is disposed of. */
export async function startScriptedProvider(
  options: ScriptedProviderOptions = {},
): Promise<ScriptedProvider> {
  const calls: ProviderCall[] = [];
  const script: Scenario[] = [];
  const faults: unknown[] = [];
  let connections = 0;
  let abandoned = 0;

  function answer(response: ServerResponse, text: string, headers: IncomingHttpHeaders): void {
    const body = bodySchema.parse(JSON.parse(text));
    const scenario = script.shift() ?? (isScenario(body.model) ? body.model : 'normal');
    calls.push({ scenario, body, headers });
    const pieces = options.pieces?.(body) ?? ['It ', 'opens.'];
    response.once('close', () => {
      if (!response.writableFinished) abandoned += 1;
    });
    Promise.resolve(PARTS[scenario]({ response, body, pieces, options })).catch((fault: unknown) =>
      faults.push(fault),
    );
  }

  const server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8');
    request.on('data', (piece: string) => void (text += piece));
    request.on('end', () => answer(response, text, request.headers));
  });
  server.on('connection', () => void (connections += 1));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;

  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    calls,
    get connections() {
      return connections;
    },
    get abandoned() {
      return abandoned;
    },
    play: (...scenarios) => void script.push(...scenarios),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
      if (faults.length > 0) throw new AggregateError(faults, 'The scripted provider failed.');
    },
  };
}
