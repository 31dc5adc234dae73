import type { IncomingMessage, ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { createHttpHandler } from '../src/http/httpHandler.ts';
import type { PageHost } from '../src/http/pageHost.ts';
import { openMemoryStorage } from '../src/storage.ts';
import type { Storage } from '../src/storage.ts';
import { openEventStream } from './support/eventStream.ts';
import { refusalOf, testApp } from './support/testApp.ts';
import type { TestApp } from './support/testApp.ts';

const SAID = 'I whisper that my name is Ada.';
const PERSON = 'Ada Lovelace';

/** A fault as libraries throw them: with what people wrote attached. */
const fault = (): Error =>
  Object.assign(new Error('The disk is on fire.'), { document: { content: SAID, fullName: PERSON } });

/** Lists of sessions and, once `cut` is called, logs cannot be read. */
function brokenStorage(): { storage: Storage; cut: () => void } {
  const storage = openMemoryStorage();
  const { stores } = storage;
  let isCut = false;
  const log = {
    ...stores.log,
    read: (...args: Parameters<typeof stores.log.read>) =>
      isCut ? Promise.reject(fault()) : stores.log.read(...args),
  };
  const sessions = { ...stores.sessions, listByPlayer: () => Promise.reject(fault()) };
  return {
    storage: { ...storage, stores: { ...stores, log, sessions } },
    cut: () => {
      isCut = true;
    },
  };
}

/** The one line of the log with this id. */
function lineOf(app: TestApp, errorId: unknown): Record<string, unknown> {
  const lines = app.faults.map((line) => JSON.parse(line)).filter((line) => line.errorId === errorId);
  expect(lines).toHaveLength(1);
  return lines[0];
}

function errorIdIn(text: string): string {
  const [, errorId = ''] = /"errorId":"([^"]+)"/.exec(text) ?? [];
  return errorId;
}

/** Nothing that is nobody's business, whatever the fault carried along. */
function expectDiscretion(app: TestApp, accessKey: string): void {
  const log = app.faults.join('\n');
  for (const secret of [accessKey, SAID, PERSON, 'ada@example.org']) expect(log).not.toContain(secret);
}

describe('a fault of ours', () => {
  it('over a WebSocket is logged once, with the id that the client sees, and where and to whom it happened', async () => {
    await using app = await testApp({ storage: brokenStorage().storage });
    const { client, playerId, accessKey } = await app.player(PERSON);
    const error = await refusalOf(client.sessions.list.query());
    expect(error).toMatchObject({ reason: 'server/internal', errorId: expect.stringMatching(/.{20}/) });
    expect(JSON.stringify(error)).not.toContain('fire');
    const { errorId } = error as { errorId: string };
    expect(lineOf(app, errorId)).toMatchObject({
      reason: 'server/internal',
      path: 'sessions.list',
      playerId,
      err: { message: 'The disk is on fire.' },
    });
    expectDiscretion(app, accessKey);
    const { body } = await app.http('/metrics');
    expect(body).toContain('dcs_faults_total 1');
    expect(body).toContain('dcs_calls_total{path="sessions.list",outcome="failed"} 1');
  });

  it('over HTTP as well', async () => {
    await using app = await testApp({ storage: brokenStorage().storage });
    const { playerId, accessKey } = await app.player(PERSON);
    const answer = await app.http('/trpc/sessions.list', { key: accessKey });
    expect(answer.status).toBe(500);
    const errorId = errorIdIn(JSON.stringify(answer.body));
    expect(lineOf(app, errorId)).toMatchObject({ path: 'sessions.list', playerId });
    expectDiscretion(app, accessKey);
  });

  it('in a stream over HTTP as well, with the session', async () => {
    const { storage, cut } = brokenStorage();
    await using app = await testApp({ storage });
    const { client, accessKey, playerId } = await app.player(PERSON);
    const { sessionId } = await client.play.start({ game: 'explore' });
    cut();
    const stream = await openEventStream(app.url, { accessKey, sessionId });
    const errorId = errorIdIn(await stream.until((text) => text.includes('errorId')));
    expect(lineOf(app, errorId)).toMatchObject({ path: 'play.events', sessionId, playerId });
    await stream.leave();
    expectDiscretion(app, accessKey);
  });

  it('in what a page asks for as well', async () => {
    await using app = await testApp({ storage: brokenStorage().storage });
    const { accessKey, playerId } = await app.player(PERSON);
    const host: PageHost = Reflect.get(globalThis, Symbol.for('dcs.host'));
    const error = await refusalOf(host.caller(accessKey).sessions.list());
    const { message, data } = host.errorShape(error);
    expect(message).not.toContain('fire');
    expect(lineOf(app, data.errorId)).toMatchObject({ path: 'sessions.list', playerId });
    expectDiscretion(app, accessKey);
  });

  it('in a page itself is answered with the id under which it is logged', async () => {
    await using app = await testApp();
    const { services, metrics, contextOf, errorShape } = app.server.app;
    const sent: unknown[] = [];
    const handler = createHttpHandler({
      contextOf,
      door: { refusal: () => null, isShut: false, enter: unused, shut: unused, stop: unused },
      health: unused,
      status: services.server.status,
      metrics,
      logger: { error: unused },
      faultOf: (error, path) => errorShape(error, path).data.errorId,
      exports: { exports: services.experimentExports, contextOf, errorShape },
      origins: { allowed: [], trustProxy: false },
      pages: (_req, _res, next) => next(fault()),
      mostBytes: 1_000,
      limits: { stalledStreamMs: 1_000 },
    });
    const req = { url: '/games?name=Ada', headers: {}, method: 'GET' } as IncomingMessage;
    const res = {
      headersSent: false,
      writeHead: (status: number) => sent.push(status),
      end: (body: string) => sent.push(JSON.parse(body)),
    } as unknown as ServerResponse;
    handler(req, res);
    expect(sent).toMatchObject([500, { reason: 'server/internal', errorId: expect.any(String) }]);
    const { errorId } = sent[1] as { errorId: string };
    expect(lineOf(app, errorId)).toMatchObject({ path: '/games' });
  });
});

function unused(): never {
  throw new Error('Nobody asks for this here.');
}

describe('a refusal', () => {
  it('is no fault: it has an id, and is not in the log of faults', async () => {
    await using app = await testApp();
    const error = await refusalOf(app.client().players.me.query());
    expect(error).toMatchObject({ reason: 'auth/required', errorId: expect.stringMatching(/.{20}/) });
    expect(app.faults).toEqual([]);
  });
});
