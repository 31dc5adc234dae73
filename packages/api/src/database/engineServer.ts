import net from 'node:net';
import type { BSON } from 'mongodb';
import { emulateCollMod } from './collMod.ts';
import { createGate } from './gate.ts';
import type { RunCommand } from './runCommand.ts';
import {
  commandDocument,
  commandMessage,
  commandName,
  createFrameReader,
  decode,
  encode,
  replyFrame,
  requestId,
  withDurableMajority,
} from './wire.ts';

/** What the embedded engine offers: one request message in, the parts of its reply out. */
export type WireEngine = {
  roundTrip(message: Buffer): Promise<{
    requestId: number;
    moreToCome: boolean;
    legacy: boolean;
    response: Buffer;
  }>;
};

type Reply = { requestId: number; legacy: boolean; body: Buffer };

export type EngineServer = {
  server: net.Server;
  /** Stops listening, lets commands under way finish for at most `graceMs`, and drops every connection. */
  close(graceMs: number): Promise<void>;
};

/** A command answered at once by the engine itself, for our own use. */
export function engineCommand(engine: WireEngine): RunCommand {
  return async (command) => {
    const message = withDurableMajority(commandMessage(command));
    return decode((await engine.roundTrip(message)).response);
  };
}

/** A server of the wire protocol in front of `engine`, with the gaps of the engine closed. */
export function createEngineServer(engine: WireEngine): EngineServer {
  const answer = createAnswer(engine);
  const sockets = new Set<net.Socket>();
  let stopping = false;
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    // The driver closes connections as it likes; 'close' is all the bookkeeping needed.
    socket.on('error', () => undefined);
    serve(socket, (message) => (stopping ? Promise.resolve(null) : answer.reply(message)));
  });
  return {
    server,
    async close(graceMs) {
      stopping = true;
      server.close();
      await Promise.race([answer.idle(), new Promise((resolve) => setTimeout(resolve, graceMs).unref())]);
      for (const socket of sockets) socket.destroySoon();
    },
  };
}

/** One connection: messages are answered strictly in the order in which they came, as drivers expect. */
function serve(socket: net.Socket, reply: (message: Buffer) => Promise<Reply | null>): void {
  let replies = 0;
  let queue = Promise.resolve();
  const answerNext = async (message: Buffer) => {
    const answered = await reply(message);
    if (!answered || socket.destroyed) return;
    replies += 1;
    socket.write(replyFrame(answered.body, { ...answered, replyId: replies }));
  };
  const fail = (error: unknown) => {
    socket.destroy(error instanceof Error ? error : new Error(String(error)));
  };
  const read = createFrameReader((message) => {
    queue = queue.then(() => answerNext(message)).catch(fail);
  });
  socket.on('data', (chunk) => {
    try {
      read(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
    } catch (error) {
      fail(error);
    }
  });
}

/** Heartbeats may wait on the server for ten seconds; a schema change must not wait for them. */
const HEARTBEATS = ['hello', 'isMaster', 'ismaster', 'ping', ''];

function createAnswer(engine: WireEngine) {
  const gate = createGate();
  const run = engineCommand(engine);
  const forward = async (message: Buffer, repair: (body: Buffer) => Buffer): Promise<Reply | null> => {
    const { moreToCome, response, ...rest } = await engine.roundTrip(withDurableMajority(message));
    return moreToCome ? null : { ...rest, body: repair(response) };
  };
  const reply = (message: Buffer): Promise<Reply | null> => {
    const name = commandName(message);
    if (HEARTBEATS.includes(name)) return forward(message, (body) => body);
    if (name === 'listIndexes') return gate.shared(() => forward(message, withoutSimpleCollation));
    if (name !== 'collMod') return gate.shared(() => forward(message, (body) => body));
    return gate.exclusive(async () => {
      const body = encode(await emulateCollMod(run, commandDocument(message)));
      return { requestId: requestId(message), legacy: false, body };
    });
  };
  return { reply, idle: () => gate.idle() };
}

/**
 * The engine names the default collation of every index, a real server leaves it out. Schema tools take the
 * difference for drift: they create everything and then fail their own verification.
 */
function withoutSimpleCollation(body: Buffer): Buffer {
  const reply = decode(body);
  const batch: BSON.Document[] = reply['cursor']?.firstBatch ?? [];
  for (const index of batch) {
    if (index['collation']?.locale === 'simple') delete index['collation'];
  }
  return encode(reply);
}
