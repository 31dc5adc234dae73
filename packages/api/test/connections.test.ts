import { describe, expect, it } from 'vitest';
import { testApp } from './support/testApp.ts';
import type { RawSocket } from './support/testApp.ts';

const query = (id: unknown, path = 'server.status') => ({
  id,
  jsonrpc: '2.0',
  method: 'query',
  params: { path, input: { json: null } },
});

const answers = (id: unknown) => (message: Record<string, unknown>) => message['id'] === id;

/** Whether the socket still serves. */
async function isServed(socket: RawSocket): Promise<boolean> {
  socket.send(query(9_999));
  const answer = await socket.next(answers(9_999));
  return 'result' in answer;
}

describe('a WebSocket connection', () => {
  it('that announces an access key and does not send it is closed after the deadline', async () => {
    await using app = await testApp({ limits: { signInMs: 50 } });
    const socket = app.socket('/trpc?connectionParams=1');
    await socket.opened;
    expect(await socket.closed).toBe(4401);
  });

  it('is not kept open past the deadline by mere signs of life', async () => {
    await using app = await testApp({ limits: { signInMs: 50 } });
    const socket = app.socket('/trpc?connectionParams=1');
    await socket.opened;
    socket.send('PING');
    expect(await socket.next()).toEqual({ pong: true });
    expect(await socket.closed).toBe(4401);
  });

  it('that signs in in time stays', async () => {
    await using app = await testApp({ limits: { signInMs: 200 } });
    const { accessKey } = await app.player();
    const socket = app.socket('/trpc?connectionParams=1');
    await socket.opened;
    socket.send({ method: 'connectionParams', data: { accessKey } });
    socket.send(query(1, 'players.me'));
    expect(await socket.next(answers(1))).toMatchObject({ result: { type: 'data' } });
    const first = await Promise.race([
      socket.closed,
      new Promise((resolve) => setTimeout(resolve, 300, 'open')),
    ]);
    expect(first).toBe('open');
  });

  it.each([
    ['numbers', { method: 'connectionParams', data: { accessKey: 7 } }],
    ['a list', { method: 'connectionParams', data: [] }],
    ['no JSON', '{{{'],
    ['null', 'null'],
  ])('with %s for parameters gets an error or is nobody, and the server goes on', async (_what, message) => {
    await using app = await testApp();
    const socket = app.socket('/trpc?connectionParams=1');
    await socket.opened;
    socket.send(message);
    socket.send(query(1, 'players.me'));
    const outcome = await Promise.race([socket.closed, socket.next((answer) => 'error' in answer)]);
    expect(JSON.stringify(outcome)).not.toContain('stack');
    expect((await app.http('/healthz')).status).toBe(200);
  });

  it.each(['https://evil.example', 'null', 'http://127.0.0.1.evil.example', 'not an origin'])(
    'from a page of %s is refused',
    async (origin) => {
      await using app = await testApp();
      expect(await app.socket('/trpc', { origin }).refused).toBe(403);
      expect((await app.http('/trpc/server.status', { headers: { origin } })).status).toBe(403);
    },
  );

  it('from our own page, from an origin that the operator names, or from a program is taken', async () => {
    await using app = await testApp({ env: { CORS_ORIGINS: 'https://lab.example' } });
    for (const headers of [{ origin: app.url }, { origin: 'https://lab.example' }, {}]) {
      const socket = app.socket('/trpc', headers);
      await socket.opened;
      expect(await isServed(socket)).toBe(true);
    }
  });

  it('to any other path is refused', async () => {
    await using app = await testApp();
    for (const path of ['/', '/trpcx', '/socket.io']) expect(await app.socket(path).refused).toBe(404);
  });

  it('is refused when there are as many as the server takes', async () => {
    await using app = await testApp({ env: { MAX_CONNECTIONS: '1' } });
    const first = app.socket();
    await first.opened;
    expect(await app.socket().refused).toBe(503);
    first.socket.close();
    await first.closed;
    const next = app.socket();
    await next.opened;
    expect(await isServed(next)).toBe(true);
  });

  it('that sends a frame of a megabyte is closed, and nothing else happens', async () => {
    await using app = await testApp();
    const socket = app.socket();
    await socket.opened;
    socket.send(JSON.stringify({ ...query(1), text: 'x'.repeat(1_000_000) }));
    expect(await socket.closed).toBe(1009);
    expect((await app.http('/healthz')).status).toBe(200);
  });

  it('that sends more than it may is closed', async () => {
    await using app = await testApp({ env: { MESSAGES_PER_SECOND: '5' } });
    const socket = app.socket();
    await socket.opened;
    for (let id = 1; id <= 50; id += 1) socket.send(query(id));
    expect(await socket.closed).toBe(4429);
  });

  it.each([
    ['text that is no JSON', 'hello'],
    ['an empty frame', ''],
    ['a number', '7'],
    ['null', 'null'],
    ['a list of nonsense', '[1,2,3]'],
    ['an unknown method', { id: 1, jsonrpc: '2.0', method: 'explode', params: { path: 'x' } }],
    ['no parameters', { id: 1, jsonrpc: '2.0', method: 'query' }],
    ['a path that is no text', { id: 1, jsonrpc: '2.0', method: 'query', params: { path: 7 } }],
    ['a path to the prototype', query(1, '__proto__.constructor')],
    ['an id that is an object', query({})],
    [
      'input that is not packed',
      { id: 1, jsonrpc: '2.0', method: 'query', params: { path: 'sessions.get', input: 7 } },
    ],
    ['a subscription to a query', { ...query(1), method: 'subscription' }],
    ['a stop for nothing', { id: 77, jsonrpc: '2.0', method: 'subscription.stop' }],
  ])('survives %s', async (_what, message) => {
    await using app = await testApp();
    const socket = app.socket();
    await socket.opened;
    socket.send(message);
    expect(await isServed(socket)).toBe(true);
    expect(app.faults).toEqual([]);
  });

  it.each(['players.anonymous', 'sessions.list', 'sessions.history', 'players.rotateKey'])(
    'may say null for the input that %s can do without, as programs do that pack by hand',
    async (path) => {
      await using app = await testApp({ env: { SERVER_MODE: 'freePlay' } });
      const { accessKey } = await app.client().players.anonymous.mutate();
      const socket = app.socket('/trpc?connectionParams=1');
      await socket.opened;
      socket.send({ method: 'connectionParams', data: { accessKey } });
      const method = path.startsWith('players.') ? 'mutation' : 'query';
      socket.send({ ...query(1, path), method, params: { path, input: { json: null } } });
      expect(await socket.next(answers(1))).toMatchObject({ result: { type: 'data' } });
    },
  );

  it('gets errors with a reason and an id, and never a stack', async () => {
    await using app = await testApp();
    const socket = app.socket();
    await socket.opened;
    socket.send(query(1, 'players.me'));
    const { error } = await socket.next(answers(1));
    expect(error).toMatchObject({
      json: {
        data: {
          code: 'UNAUTHORIZED',
          reason: 'auth/required',
          retryable: false,
          errorId: expect.any(String),
        },
      },
    });
    expect(JSON.stringify(error)).not.toMatch(/stack|\.ts:|node_modules/);
  });

  it('refuses a batch beyond measure as a whole', async () => {
    await using app = await testApp();
    const socket = app.socket();
    await socket.opened;
    socket.send(Array.from({ length: 51 }, (_none, index) => query(index + 1)));
    expect(await socket.next(answers(51))).toMatchObject({ error: {} });
    expect(await isServed(socket)).toBe(true);
  });
});
