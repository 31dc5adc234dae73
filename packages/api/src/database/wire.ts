import { BSON } from 'mongodb';

/**
 * The frames of the MongoDB wire protocol, as far as a service in front of the embedded engine needs
 * them: a 16-byte header (length, request id, response to, operation code), then the body.
 */
const HEADER = 16;
const OP_REPLY = 1;
const OP_MSG = 2013;
/** The largest message drivers send; a longer length means the stream is not this protocol. */
const LONGEST_MESSAGE = 48_000_000;

type FrameReader = (chunk: Buffer) => void;

/** Collects chunks into whole messages. Throws on a length no driver sends. */
export function createFrameReader(onMessage: (message: Buffer) => void): FrameReader {
  let chunks: Buffer[] = [];
  let held = 0;
  // Chunks are joined only when a message is complete, so a large one is copied once, not once per chunk.
  return (chunk) => {
    chunks.push(chunk);
    held += chunk.length;
    while (held >= 4) {
      const length = nextLength(chunks);
      if (held < length) return;
      const whole = chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, held);
      const rest = whole.subarray(length);
      chunks = rest.length > 0 ? [rest] : [];
      held = rest.length;
      onMessage(whole.subarray(0, length));
    }
  };
}

function nextLength(chunks: Buffer[]): number {
  const first = chunks[0];
  const start = first && first.length >= 4 ? first : Buffer.concat(chunks);
  const length = start.readInt32LE(0);
  if (length < HEADER || length > LONGEST_MESSAGE) throw new Error(`invalid message length ${length}`);
  return length;
}

/** Name of the command in an OP_MSG whose first section is its body; '' when it is anything else. */
export function commandName(message: Buffer): string {
  const bodyFirst = message.length > 26 && message.readInt32LE(12) === OP_MSG && message[20] === 0;
  return bodyFirst ? message.toString('latin1', 26, message.indexOf(0, 26)) : '';
}

/** The id a reply to `message` must name. */
export function requestId(message: Buffer): number {
  return message.readInt32LE(4);
}

/** The body document of an OP_MSG, with every BSON type kept so that it can be written back unchanged. */
export function commandDocument(message: Buffer): BSON.Document {
  return decode(message.subarray(HEADER + 5));
}

export function decode(body: Buffer): BSON.Document {
  const length = body.readInt32LE(0);
  return BSON.deserialize(body.subarray(0, length), { promoteValues: false, bsonRegExp: true });
}

export function encode(document: BSON.Document): Buffer {
  return Buffer.from(BSON.serialize(document));
}

/** An OP_MSG request with one body section. */
export function commandMessage(document: BSON.Document): Buffer {
  return frame(OP_MSG, { prefix: Buffer.alloc(5), body: encode(document) });
}

type ReplyTo = { requestId: number; replyId: number; legacy: boolean };

/** The reply that carries `body`; `legacy` is the form an OP_QUERY handshake is answered with. */
export function replyFrame(body: Buffer, { requestId: answered, replyId, legacy }: ReplyTo): Buffer {
  const reply = legacy
    ? frame(OP_REPLY, { prefix: legacyPrefix(), body })
    : frame(OP_MSG, { prefix: Buffer.alloc(5), body });
  reply.writeInt32LE(replyId, 4);
  reply.writeInt32LE(answered, 8);
  return reply;
}

function legacyPrefix(): Buffer {
  const prefix = Buffer.alloc(20);
  prefix.writeInt32LE(1, 16);
  return prefix;
}

function frame(operation: number, { prefix, body }: { prefix: Buffer; body: Buffer }): Buffer {
  const header = Buffer.alloc(HEADER);
  header.writeInt32LE(HEADER + prefix.length + body.length, 0);
  header.writeInt32LE(operation, 12);
  return Buffer.concat([header, prefix, body]);
}
