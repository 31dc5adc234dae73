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
/** Where the body of an OP_MSG begins: after its header, its flags and the kind of its first section. */
const BODY = HEADER + 5;
/** The element `w: 'majority'`. */
const MAJORITY = Buffer.from('\x02w\0\x09\0\0\0majority\0', 'latin1');
const JOURNALED = Buffer.from(BSON.serialize({ w: 1, j: true }));
/** No flags, and a section that is a body. */
const FLAGS_AND_KIND = Buffer.alloc(5);
/** Flags, cursor, starting point (all zero) and the number of documents: one. */
const LEGACY_PREFIX = Buffer.from([...Array.from({ length: 16 }, () => 0), 1, 0, 0, 0]);

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

/**
 * `message` with `{ w: 1, j: true }` where it asks for a write concern of `majority`. The embedded engine, alone as
 * it is, takes its own agreement for a majority's and answers before the write is in the journal: killed at that
 * moment, it has lost writes it had acknowledged (14 of 2,000 in one run). A real server has them on disk.
 */
export function withDurableMajority(message: Buffer): Buffer {
  if (commandName(message) === '' || !message.includes(MAJORITY)) return message;
  const body = message.subarray(BODY, BODY + message.readInt32LE(BODY));
  for (const [, nameOffset, nameLength, offset, length] of BSON.onDemand.parseToElements(body)) {
    const isConcern = body.toString('latin1', nameOffset, nameOffset + nameLength) === 'writeConcern';
    if (!isConcern || !body.subarray(offset, offset + length).includes(MAJORITY)) continue;
    const [start, end] = [BODY + offset, BODY + offset + length];
    const changed = Buffer.concat([message.subarray(0, start), JOURNALED, message.subarray(end)]);
    changed.writeInt32LE(changed.length, 0);
    changed.writeInt32LE(body.length + JOURNALED.length - length, BODY);
    return changed;
  }
  return message;
}

/** The body document of an OP_MSG, with every BSON type kept so that it can be written back unchanged. */
export function commandDocument(message: Buffer): BSON.Document {
  return decode(message.subarray(BODY));
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
  return frame(OP_MSG, FLAGS_AND_KIND, encode(document));
}

interface ReplyTo {
  readonly requestId: number;
  readonly replyId: number;
  readonly legacy: boolean;
}

/** The reply that carries `body`; `legacy` is the form an OP_QUERY handshake is answered with. */
export function replyFrame(body: Buffer, { requestId: answered, replyId, legacy }: ReplyTo): Buffer {
  const reply = legacy ? frame(OP_REPLY, LEGACY_PREFIX, body) : frame(OP_MSG, FLAGS_AND_KIND, body);
  reply.writeInt32LE(replyId, 4);
  reply.writeInt32LE(answered, 8);
  return reply;
}

function frame(operation: number, prefix: Buffer, body: Buffer): Buffer {
  const whole = Buffer.allocUnsafe(HEADER + prefix.length + body.length).fill(0, 0, HEADER);
  whole.writeInt32LE(whole.length, 0);
  whole.writeInt32LE(operation, 12);
  prefix.copy(whole, HEADER);
  body.copy(whole, HEADER + prefix.length);
  return whole;
}
