import { z } from 'zod';
import type { RedisLink } from './redisLink.ts';
import type { RedisNames } from './redisNames.ts';

/** What every node should know at once. */
const noticeSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('keyRevoked'), keyId: z.string().min(1).max(200) }),
]);
export type Notice = z.infer<typeof noticeSchema>;

const messageSchema = z.object({ from: z.string().max(200), notice: noticeSchema });
const MOST_CHARACTERS = 4_096;

export interface Notices {
  /** Tells the other nodes. Never rejects: what it is about is in the database as well, and is found there a little later. */
  tell(notice: Notice): void;
  /** Called with what other nodes tell. */
  onTold(listener: (notice: Notice) => void): void;
}

/** For one process alone. */
export const noNotices: Notices = { tell: () => undefined, onTold: () => undefined };

export interface RedisNoticesPorts {
  readonly link: RedisLink;
  readonly names: RedisNames;
  readonly origin: string;
  readonly onFault: (fault: unknown) => void;
}

/** Rejects with ClusterUnavailable. */
export async function createRedisNotices(ports: RedisNoticesPorts): Promise<Notices> {
  const { link, names, origin, onFault } = ports;
  const listeners = new Set<(notice: Notice) => void>();

  function hear(text: string): void {
    const message = readMessage(text);
    if (message === null) return onFault(new Error('What was told to all servers is not a notice.'));
    if (message.from === origin) return;
    for (const listener of listeners) listener(message.notice);
  }

  await link.subscribe(names.notices, hear);
  return {
    tell: (notice) => {
      link.publish(names.notices, JSON.stringify({ from: origin, notice })).catch(onFault);
    },
    onTold: (listener) => void listeners.add(listener),
  };
}

function readMessage(text: string): z.infer<typeof messageSchema> | null {
  if (text.length > MOST_CHARACTERS) return null;
  try {
    return messageSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null; // not JSON
  }
}
