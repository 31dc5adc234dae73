import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server, ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { stamp } from '../stamps.ts';

/** How long a provider takes. */
export interface ProviderPace {
  /** Until the first piece of a text, at least. */
  readonly firstMs: number;
  /** By how much more it may be, at random: writers that all take the same keep a crowd in step, which then waits for itself. */
  readonly firstSpreadMs: number;
  /** From each piece to the next. */
  readonly pieceMs: number;
  /** Until a verdict, which comes in one piece. */
  readonly verdictMs: number;
  /** Pieces of a text. */
  readonly pieces: number;
}

/** As which model a judge is asked for; every other model writes. */
export const JUDGE_MODEL = 'judge';

const WORDS = 'It turns one eye towards you and moves a stone from one arm to the next. ';
const VERDICT = JSON.stringify({ pass: true });

/** Longer than anybody thinks: a connection that closes of itself between two turns would be measured with the next one. */
const KEEP_ALIVE_MS = 600_000;

const line = (value: unknown): string => `data: ${JSON.stringify(value)}\n\n`;
const piece = (content: string): string =>
  line({ id: 'a', choices: [{ index: 0, delta: { role: 'assistant', content } }] });

const END = [
  line({ id: 'a', choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] }),
  line({ id: 'a', choices: [], usage: { prompt_tokens: 900, completion_tokens: 60, total_tokens: 960 } }),
  'data: [DONE]\n\n',
].join('');

const HEAD = { 'content-type': 'text/event-stream', 'cache-control': 'no-store' };

async function judge(response: ServerResponse, { verdictMs }: ProviderPace): Promise<void> {
  await pause(verdictMs);
  response.writeHead(200, HEAD).end(piece(VERDICT) + END);
}

/** The first and the last piece say when they leave. */
async function write(
  response: ServerResponse,
  { firstMs, firstSpreadMs, pieceMs, pieces }: ProviderPace,
): Promise<void> {
  await pause(firstMs + firstSpreadMs * Math.random());
  response.writeHead(200, HEAD).write(piece(`${stamp('first')} ${WORDS}`));
  for (let count = 1; count < pieces; count++) {
    await pause(pieceMs);
    response.write(piece(WORDS));
  }
  response.end(piece(stamp('last')) + END);
}

/** Listens on a free port of the loopback address, and answers every question in OpenAI's protocol, at this pace. */
export async function startPacedProvider(pace: ProviderPace): Promise<Server> {
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (part: string) => void (body += part));
    request.on('end', () => {
      const isJudge = body.includes(`"model":"${JUDGE_MODEL}"`);
      // Whoever no longer wants the answer has closed the connection; what is written to it then goes nowhere.
      void (isJudge ? judge : write)(response, pace);
    });
  });
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}
