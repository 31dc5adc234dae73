import type { SessionLog } from '@dcs/engine';
import { describe, expect, it } from 'vitest';
import { createClient, DcsError } from '../src/client/index.ts';
import type { SocketLike } from '../src/client/connection.ts';
import type { ConnectionState } from '../src/client/index.ts';
import { StoreUnavailable } from '../src/store/storeErrors.ts';
import { openMemoryStorage } from '../src/storage.ts';
import { refusalOf, someone, testApp } from './support/testApp.ts';

/** A server that a test speaks for, one socket at a time. */
function silentServer() {
  const sockets: FakeSocket[] = [];
  let arrived = (): void => undefined;

  class FakeSocket implements SocketLike {
    readonly sent: string[] = [];
    isClosed = false;
    readonly #events = new EventTarget();

    addEventListener(type: string, listener: (event: { data: unknown; code: number }) => void): void {
      this.#events.addEventListener(type, (event) =>
        listener({ data: event instanceof MessageEvent ? event.data : undefined, code: 1006 }),
      );
    }

    send(text: string): void {
      this.sent.push(text);
      arrived();
    }

    close(): void {
      this.isClosed = true;
    }

    say(text: string): void {
      this.#events.dispatchEvent(new MessageEvent('message', { data: text }));
    }

    open(): void {
      this.#events.dispatchEvent(new Event('open'));
    }
  }

  const client = createClient({
    url: 'http://server.example',
    backoff: { minMs: 1, maxMs: 2 },
    heartbeatMs: 20,
    openSocket: () => {
      const socket = new FakeSocket();
      sockets.push(socket);
      arrived();
      // As the network does it: after whoever opened it has begun to listen.
      queueMicrotask(() => socket.open());
      return socket;
    },
  });

  async function until(holds: () => boolean): Promise<void> {
    while (!holds()) {
      await new Promise<void>((resolve) => {
        arrived = resolve;
      });
    }
  }

  return { client, sockets, until };
}

describe('the client', () => {
  it('notices a line that is dead without having been closed, and takes another', async () => {
    const { client, sockets, until } = silentServer();
    await until(() => sockets.length >= 2);
    expect(sockets[0]?.sent).toContain('PING');
    expect(sockets[0]?.isClosed).toBe(true);
    client.close();
  });

  it('answers the server’s signs of life', async () => {
    const { client, sockets, until } = silentServer();
    await until(() => sockets.length >= 1);
    await Promise.resolve();
    sockets[0]?.say('PING');
    await until(() => (sockets[0]?.sent.length ?? 0) > 0);
    expect(sockets[0]?.sent).toEqual(['PONG']);
    client.close();
  });

  it('sends again what may be sent again, and owns up to what may not', async () => {
    const { client, sockets, until } = silentServer();
    const asked = (path: string) => (socket: { sent: string[] } | undefined) =>
      socket?.sent.some((text) => text.includes(path)) === true;
    const registering = refusalOf(client.players.register.mutate(someone()));
    const acting = client.play.act.mutate({ sessionId: 's', commandId: 'c', text: 'x' });
    await until(() => asked('play.act')(sockets[0]));
    client.connection.drop();
    const refusal = await registering;
    expect(refusal).toBeInstanceOf(DcsError);
    expect(refusal).toMatchObject({ reason: 'connection/interrupted', retryable: false });
    await until(() => asked('play.act')(sockets[1]));
    expect(asked('players.register')(sockets[1])).toBe(false);
    const { id } = JSON.parse(sockets[1]?.sent.find((text) => text.includes('play.act')) ?? '{}');
    const reply = { accepted: true, turns: 2, exited: false, exitReason: null, lastSeq: 5 };
    sockets[1]?.say(JSON.stringify({ id, result: { type: 'data', data: { json: reply } } }));
    expect(await acting).toEqual(reply);
    client.close();
  });

  it('makes nothing of nonsense from the server', async () => {
    const { client, sockets, until } = silentServer();
    const asking = client.server.status.query();
    await until(() => (sockets[0]?.sent.length ?? 0) > 0);
    for (const text of ['', '{', 'null', '[]', '{"id":1}', '{"id":999,"result":{"type":"data"}}']) {
      sockets[0]?.say(text);
    }
    const { id } = JSON.parse(sockets[0]?.sent[0] ?? '{}');
    sockets[0]?.say(JSON.stringify({ id, result: { type: 'data', data: { json: { status: 'ok' } } } }));
    expect(await asking).toEqual({ status: 'ok' });
    client.close();
  });

  it('tells the state of its connection to whoever listens', async () => {
    await using app = await testApp();
    const client = app.client();
    const states: ConnectionState[] = [];
    client.connection.subscribe((state) => states.push(state));
    await client.server.status.query();
    client.connection.drop();
    await client.server.status.query();
    client.close();
    expect(states).toEqual(['connecting', 'open', 'reconnecting', 'open', 'closed']);
  });

  it('keeps a request that is too large to itself, instead of losing the line over it', async () => {
    await using app = await testApp();
    const { client } = await app.player();
    await client.players.me.query();
    const call = client.play.create.mutate({ game: 'explore', config: { note: 'x'.repeat(1_000_000) } });
    expect(await refusalOf(call)).toMatchObject({ reason: 'request/too-large' });
    expect(client.connection.state).toBe('open');
  });

  it('does nothing more once it is closed', async () => {
    await using app = await testApp();
    const client = app.client();
    client.close();
    expect(await refusalOf(client.server.status.query())).toMatchObject({ reason: 'connection/closed' });
    client.signIn('dcs-ak-x');
    expect(client.connection.state).toBe('closed');
  });

  it('plays on when the database was away for a moment, and plays the move once', async () => {
    const storage = openMemoryStorage();
    let failures = 0;
    const log = {
      ...storage.stores.log,
      append: (events: Parameters<SessionLog['append']>[0]) => {
        if (failures > 0 && (failures -= 1) >= 0)
          return Promise.reject(new StoreUnavailable(new Error('away')));
        return storage.stores.log.append(events);
      },
    };
    await using app = await testApp({ storage: { ...storage, stores: { ...storage.stores, log } } });
    const { client } = await app.player();
    const session = await client.play.start({ game: 'explore' });
    failures = 2;
    const reply = await session.act('I wave.');
    expect(reply.accepted).toBe(true);
    expect(session.transcript.filter(({ content }) => content === 'I wave.')).toHaveLength(1);
  });
});
