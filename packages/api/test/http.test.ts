import { createMemoryStores } from '../src/store/memory/stores.ts';
import { describe, expect, it } from 'vitest';
import pino from 'pino';
import { readEnv } from '../src/env.ts';
import { startServer } from '../src/server.ts';
import { openMemoryStorage } from '../src/storage.ts';
import { refusalOf, someone, testApp } from './support/testApp.ts';

const silent = pino({ level: 'silent' });

describe('GET /healthz', () => {
  it('says that all is well, and since when', async () => {
    await using app = await testApp();
    const answer = await app.http('/healthz');
    expect(answer).toMatchObject({
      status: 200,
      body: { status: 'ok', version: expect.any(String), activeSessions: 0 },
    });
  });

  it('says why not when the database does not answer', async () => {
    const storage = { ...openMemoryStorage(), ping: () => Promise.reject(new Error('gone')) };
    await using app = await testApp({ storage });
    expect(await app.http('/healthz')).toMatchObject({
      status: 503,
      body: { status: 'unavailable', reason: 'store/unavailable' },
    });
  });
});

describe('GET /metrics', () => {
  it('counts calls, readers and sessions for Prometheus', async () => {
    await using app = await testApp();
    const { client } = await app.player();
    const session = await client.play.start({ game: 'explore' });
    await session.act('I wave.');
    const { status, body } = await app.http('/metrics');
    expect(status).toBe(200);
    expect(body).toContain('dcs_live_sessions 1');
    expect(body).toContain('dcs_calls_total{path="players.register",outcome="ok"} 1');
    expect(body).toContain('dcs_readers 1');
    expect(body).toContain('dcs_connections 1');
    expect(body).toMatch(/dcs_model_calls_total\{role="opener",outcome="ok"\} \d/);
    expect(body).toMatch(/dcs_model_call_seconds_count\{role="opener"\} \d/);
    expect(body).toContain('dcs_turns_total{game="explore",outcome="accepted"} 2');
    for (const phase of ['action', 'model', 'reply', 'total'])
      expect(body).toMatch(new RegExp(`dcs_turn_phase_seconds_count\\{phase="${phase}"\\} [1-9]`));
    expect(body).toMatch(/dcs_build_info\{version="[\d.]+",node="24/);
  });
});

describe('procedures over HTTP', () => {
  it('answer a body of a megabyte with a refusal', async () => {
    await using app = await testApp();
    const rawBody = JSON.stringify({ json: { ...someone(), fullName: 'x'.repeat(1_000_000) } });
    const answer = await app.http('/trpc/players.register', { method: 'POST', rawBody });
    expect(answer).toMatchObject({
      status: 413,
      body: { error: { json: { data: { reason: 'request/too-large' } } } },
    });
  });

  it.each([
    ['no JSON', '{{{', 400],
    ['nothing', '', 400],
    ['a list', '[]', 400],
  ])('answer %s with a reason', async (_what, rawBody, status) => {
    await using app = await testApp();
    const answer = await app.http('/trpc/players.register', { method: 'POST', rawBody });
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({
      error: { json: { data: { reason: expect.stringMatching(/^request\//) } } },
    });
    expect(JSON.stringify(answer.body)).not.toContain('stack');
    expect(app.faults).toEqual([]);
  });

  it('name an unknown procedure and a wrong method for what they are', async () => {
    await using app = await testApp();
    const unknown = await app.http('/trpc/no.such');
    expect(unknown).toMatchObject({
      status: 404,
      body: { error: { json: { data: { reason: 'request/unknown-procedure' } } } },
    });
    const wrong = await app.http('/trpc/players.register', { input: someone() });
    expect(wrong).toMatchObject({
      status: 405,
      body: { error: { json: { data: { reason: 'request/wrong-method' } } } },
    });
  });

  it('tell browsers of named origins, and of no others, that they may', async () => {
    await using app = await testApp({ env: { CORS_ORIGINS: 'https://lab.example' } });
    const preflight = (origin: string) =>
      fetch(`${app.url}/trpc/server.status`, { method: 'OPTIONS', headers: { origin } });
    const allowed = await preflight('https://lab.example');
    expect(allowed.status).toBe(204);
    expect(allowed.headers.get('access-control-allow-origin')).toBe('https://lab.example');
    expect((await preflight('https://evil.example')).status).toBe(403);
  });
});

describe('a server without pages', () => {
  it('says that nothing is there', async () => {
    await using app = await testApp();
    expect(await app.http('/games')).toMatchObject({ status: 404, body: { reason: 'request/not-found' } });
  });
});

describe('starting', () => {
  it('on a taken port fails with the way out', async () => {
    await using app = await testApp();
    const env = readEnv({ PORT: String(app.server.port) });
    const start = startServer({ env, logger: silent, inMemory: true, headless: true, processMetrics: false });
    const error = await refusalOf(start);
    expect(error).toMatchObject({ reason: 'server/port-taken', message: expect.stringContaining('PORT=') });
  });

  it('on an address that is not ours fails with the way out', async () => {
    const env = readEnv({ PORT: '0', HOST: '203.0.113.7' });
    const start = startServer({ env, logger: silent, inMemory: true, headless: true, processMetrics: false });
    expect(await refusalOf(start)).toMatchObject({ reason: 'server/bad-host' });
  });

  it('without built pages fails with the way out', async () => {
    const env = readEnv({ PORT: '0' });
    const options = { env, logger: silent, inMemory: true, processMetrics: false };
    const error = await refusalOf(startServer({ ...options, projectDir: import.meta.dirname }));
    expect(error).toMatchObject({
      reason: 'server/no-pages',
      message: expect.stringContaining('--headless'),
    });
  });

  it('with a malformed administrator key fails with the way out', async () => {
    const env = readEnv({ PORT: '0', ADMIN_KEY: 'admin' });
    const start = startServer({ env, logger: silent, inMemory: true, headless: true, processMetrics: false });
    expect(await refusalOf(start)).toMatchObject({ reason: 'auth/bad-admin-key' });
  });
});

describe('a server that stops and starts again', () => {
  it('loses nothing that anybody has seen: the client goes on where it was', async () => {
    const stores = createMemoryStores();
    const storage = () => ({ ...openMemoryStorage(), stores });
    const key = '0'.repeat(64);
    const first = await testApp({ storage: storage(), env: { PII_KEY: key } });
    const port = String(first.server.port);
    const { client, accessKey } = await first.player();
    const session = await client.play.start({ game: 'explore' });
    await session.act('I wave.');
    const before = [...session.transcript];
    await first.server.stop();
    await using second = await testApp({ storage: storage(), env: { PORT: port, PII_KEY: key } });
    const reply = await session.act('I wave again.');
    expect(reply.accepted).toBe(true);
    expect(session.transcript.slice(0, before.length)).toEqual(before);
    const { events } = await second
      .client({ accessKey })
      .sessions.transcript.query({ sessionId: session.sessionId });
    expect(session.transcript).toEqual(events);
    expect(events.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['session_paused', 'session_resumed']),
    );
    client.close();
  });

  it('stops for good when asked twice', async () => {
    const app = await testApp();
    await Promise.all([app.server.stop(), app.server.stop()]);
    await expect(fetch(`${app.url}/healthz`)).rejects.toThrow();
  });
});
