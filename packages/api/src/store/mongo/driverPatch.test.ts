import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { Socket } from 'node:net';
import { MongoClient, MongoNetworkError } from 'mongodb';
import { expect, inject, it } from 'vitest';
import { z } from 'zod';

const CHANNEL = 'net.client.socket';
const openedSchema = z.object({ socket: z.instanceof(Socket) });

/** Every socket that this process opens from now on. */
function watchSockets() {
  const sockets = new Set<Socket>();
  const note = (message: unknown): void => void sockets.add(openedSchema.parse(message).socket);
  subscribe(CHANNEL, note);
  return { sockets, [Symbol.dispose]: () => void unsubscribe(CHANNEL, note) };
}

it('a command is refused, and not kept waiting for ever, when its connection closes just before it is written', async () => {
  using watch = watchSockets();
  const client = new MongoClient(inject('databaseUrl'), { maxPoolSize: 1 });
  try {
    const db = client.db('driver-patch');
    await db.command({ ping: 1 });
    client.once('connectionCheckedOut', () => {
      for (const socket of watch.sockets) socket.destroy();
    });
    await expect(db.command({ ping: 1 })).rejects.toBeInstanceOf(MongoNetworkError);
    expect(await db.command({ ping: 1 })).toMatchObject({ ok: 1 });
  } finally {
    await client.close();
  }
});
