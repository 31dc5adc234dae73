import { describe, expect, it } from 'vitest';
import { DcsError } from '../src/client/index.ts';
import { openEventStream } from './support/eventStream.ts';
import { refusalOf, testApp } from './support/testApp.ts';
import type { TestApp } from './support/testApp.ts';

const query = (id: number, path = 'server.status') => ({
  id,
  jsonrpc: '2.0',
  method: 'query',
  params: { path, input: { json: null } },
});

async function metric(app: TestApp, line: string): Promise<number | null> {
  const { body } = await app.http('/metrics');
  const found = String(body)
    .split('\n')
    .find((text) => text.startsWith(`${line} `));
  return found === undefined ? null : Number(found.slice(line.length + 1));
}

describe('the limit of calls', () => {
  it('counts everything that comes with one key, and says when to come again', async () => {
    await using app = await testApp({ env: { CALLS_PER_SECOND: '5' } });
    const { accessKey, client } = await app.player();
    const elsewhere = app.client({ accessKey });
    const calls = await Promise.allSettled(
      Array.from({ length: 40 }, (_none, index) => (index % 2 === 0 ? client : elsewhere).players.me.query()),
    );
    const refused = calls.flatMap((call) => (call.status === 'rejected' ? [call.reason] : []));
    expect(refused.length).toBeGreaterThanOrEqual(20);
    expect(refused[0]).toBeInstanceOf(DcsError);
    expect(refused[0]).toMatchObject({
      reason: 'limit/too-many-calls',
      retryable: true,
      data: { code: 'TOO_MANY_REQUESTS' },
    });
    expect(refused[0].retryAfterMs).toBeGreaterThan(0);
    expect(await metric(app, 'dcs_limit_hits_total{limit="limit/too-many-calls"}')).toBe(refused.length);
    const overHttp = await Promise.all(
      Array.from({ length: 20 }, () => app.http('/trpc/players.me', { key: accessKey })),
    );
    expect(overHttp.find(({ status }) => status !== 200)).toMatchObject({
      status: 429,
      body: {
        error: { json: { data: { reason: 'limit/too-many-calls', retryAfterMs: expect.any(Number) } } },
      },
    });
    expect(app.faults).toEqual([]);
  });

  it('hold for guesses at the key that gives away the data of an experiment', async () => {
    await using app = await testApp({ env: { CALLS_PER_SECOND: '5' } });
    const statuses: number[] = [];
    for (let guess = 0; guess < 12; guess += 1) {
      const key = `dcs-ak-${String(guess).padStart(43, 'x')}`;
      statuses.push((await app.http('/exports/demo', { key })).status);
    }
    expect(statuses[0]).toBe(401);
    expect(statuses.at(-1)).toBe(429);
  });

  it('is told to programs by the header for it', async () => {
    await using app = await testApp({ env: { CALLS_PER_SECOND: '1' } });
    const call = () => fetch(`${app.url}/trpc/server.status`);
    const answers = [await call(), await call(), await call()];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
    expect(answers[2]?.headers.get('retry-after')).toBe('1');
  });

  it('disturbs nobody else', async () => {
    await using app = await testApp({ env: { CALLS_PER_SECOND: '20' } });
    const [greedy, other] = [await app.player('Greedy'), await app.player('Other')];
    const session = await other.client.play.start({ game: 'explore' });
    const flood = Array.from({ length: 500 }, () => greedy.client.players.me.query().catch(() => null));
    const reply = await session.act('I wave.');
    expect(reply.accepted).toBe(true);
    expect((await Promise.all(flood)).filter((answer) => answer === null).length).toBeGreaterThan(300);
  });

  it('is waited for by the client where a command can be repeated, so that a fast bot only becomes slower', async () => {
    await using app = await testApp({ env: { CALLS_PER_SECOND: '5' } });
    const { client } = await app.player();
    const session = await client.play.start({ game: 'explore' });
    for (let turn = 0; turn < 16; turn += 1) expect((await session.act('I wave.')).accepted).toBe(true);
    expect(await metric(app, 'dcs_limit_hits_total{limit="limit/too-many-calls"}')).toBeGreaterThan(0);
  });

  it('counts a subscription once, however much it brings', async () => {
    await using app = await testApp({ env: { CALLS_PER_SECOND: '30' } });
    const [host, guest] = [await app.player('Host'), await app.player('Guest')];
    const session = await host.client.play.start({ game: 'explore' });
    expect(guest.playerId).not.toBe(host.playerId);
    for (let turn = 0; turn < 10; turn += 1) await session.act('I wave.');
    const reader = app.client({ accessKey: host.accessKey });
    const followed = await reader.play.join(session.sessionId);
    await followed.arrived(session.transcript.at(-1)?.seq ?? 0);
    const { body } = await app.http('/metrics');
    expect(String(body)).toContain('dcs_calls_total{path="play.events",outcome="ok"} 2');
  });

  it('also holds back whoever guesses at keys', async () => {
    await using app = await testApp({ env: { CALLS_PER_SECOND: '5' } });
    const guesses = await Promise.all(
      Array.from({ length: 30 }, (_none, index) =>
        app.http('/trpc/players.me', { key: `dcs-ak-${String(index).padStart(43, 'x')}` }),
      ),
    );
    const statuses = guesses.map(({ status }) => status);
    expect(statuses.filter((status) => status === 401).length).toBeLessThanOrEqual(12);
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThanOrEqual(18);
  });
});

describe('the limit of connections', () => {
  it('holds for one address, and says so', async () => {
    await using app = await testApp({ env: { CONNECTIONS_PER_ADDRESS: '2' } });
    const [first, second] = [app.socket(), app.socket()];
    await Promise.all([first.opened, second.opened]);
    expect(await app.socket().refused).toBe(429);
    expect(
      await metric(app, 'dcs_refused_connections_total{reason="limit/too-many-connections-from-address"}'),
    ).toBe(1);
    first.socket.close();
    await first.closed;
    const third = app.socket();
    await third.opened;
  });

  it('counts by the address that a trusted proxy tells', async () => {
    await using app = await testApp({ env: { CONNECTIONS_PER_ADDRESS: '1', TRUST_PROXY: 'yes' } });
    const from = (address: string) => app.socket('/trpc', { 'x-forwarded-for': address });
    const first = from('192.0.2.1');
    await first.opened;
    expect(await from('192.0.2.1').refused).toBe(429);
    const other = from('192.0.2.2');
    await other.opened;
  });

  it('holds for one key: the newest is closed, the others stay', async () => {
    await using app = await testApp({ env: { CONNECTIONS_PER_KEY: '2' } });
    const { accessKey, client } = await app.player();
    await client.players.me.query();
    const second = app.client({ accessKey });
    await second.players.me.query();
    const third = app.socket('/trpc?connectionParams=1');
    await third.opened;
    third.send({ method: 'connectionParams', data: { accessKey } });
    expect(await third.closed).toBe(4429);
    expect(third.closeReason).toBe('limit/too-many-connections-of-key');
    expect(await client.players.me.query()).toMatchObject({ fullName: 'Ada Lovelace' });
  });

  it('counts streams over HTTP as well', async () => {
    await using app = await testApp({ env: { CONNECTIONS_PER_ADDRESS: '2' } });
    const { accessKey, client } = await app.player();
    const session = await client.play.start({ game: 'explore' });
    const { sessionId } = session;
    const stream = await openEventStream(app.url, { accessKey, sessionId });
    expect(stream.status).toBe(200);
    await stream.until((text) => text.includes('"meta"'));
    const refused = await openEventStream(app.url, { accessKey, sessionId });
    expect(await refused.rest()).toContain('limit/too-many-connections-from-address');
    await stream.leave();
    await expect.poll(() => metric(app, 'dcs_connections')).toBe(1);
  });
});

describe('the limit of size', () => {
  it('is the operator’s choice, for bodies', async () => {
    await using app = await testApp({ env: { MAX_REQUEST_KB: '4' } });
    const rawBody = JSON.stringify({ json: { fullName: 'x'.repeat(5_000) } });
    const answer = await app.http('/trpc/players.register', { method: 'POST', rawBody });
    expect(answer).toMatchObject({
      status: 413,
      body: { error: { json: { data: { reason: 'request/too-large' } } } },
    });
  });

  it('and for frames: the command that was too large fails, everything else goes on over a new line', async () => {
    await using app = await testApp({ env: { MAX_REQUEST_KB: '8' } });
    const { client } = await app.player();
    const session = await client.play.start({ game: 'explore' });
    const tooMuch = session.act('x'.repeat(9_000));
    const name = client.players.me.query();
    expect(await refusalOf(tooMuch)).toMatchObject({ reason: 'request/too-large', retryable: false });
    expect(await name).toMatchObject({ fullName: 'Ada Lovelace' });
    expect((await session.act('I wave.')).accepted).toBe(true);
    expect(await metric(app, 'dcs_cut_connections_total{reason="request/too-large"}')).toBe(1);
  });
});

describe('a flood of messages', () => {
  it('is cut off at once: hardly any of it is played, and the reason stands in the close frame', async () => {
    await using app = await testApp({ env: { MESSAGES_PER_SECOND: '5' } });
    const socket = app.socket();
    await socket.opened;
    for (let id = 1; id <= 2_000; id += 1) socket.send(query(id));
    expect(await socket.closed).toBe(4429);
    expect(socket.closeReason).toBe('limit/too-many-messages');
    const played = await metric(app, 'dcs_calls_total{path="server.status",outcome="ok"}');
    expect(played).toBeLessThan(100);
    expect(await metric(app, 'dcs_cut_connections_total{reason="limit/too-many-messages"}')).toBe(1);
  });
});

describe('a key that is revoked', () => {
  it('ends streams over HTTP as it ends sockets', async () => {
    const admin = `dcs-ak-${'k'.repeat(43)}`;
    await using app = await testApp({ env: { ADMIN_KEY: admin } });
    const { accessKey, client, playerId } = await app.player();
    const { sessionId } = await client.play.start({ game: 'explore' });
    const stream = await openEventStream(app.url, { accessKey, sessionId });
    await stream.until((text) => text.includes('"meta"'));
    await app.client({ accessKey: admin }).admin.revokeKey.mutate({ playerId });
    await stream.rest();
    await expect.poll(() => metric(app, 'dcs_connections')).toBe(1);
    const again = await openEventStream(app.url, { accessKey, sessionId });
    expect(await again.rest()).toContain('auth/invalid-key');
  });
});
