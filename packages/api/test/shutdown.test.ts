import { createScriptedModel, ModelFailure } from '@dcs/engine';
import type { LanguageModel } from '@dcs/engine';
import { randomUUID } from 'node:crypto';
import { describe, expect, inject, it } from 'vitest';
import type { DcsClient } from '../src/client/index.ts';
import type { Storage } from '../src/storage.ts';
import { openMemoryStorage } from '../src/storage.ts';
import { mongoStorage } from './support/mongoStorage.ts';
import { refusalOf, testApp } from './support/testApp.ts';
import { wholeLog } from './support/wholeLog.ts';

const PII_KEY = 'cd'.repeat(32);
const BOTS = 24;

/** A bot that plays until it is told to stop. */
interface Bot {
  readonly sessionId: string;
  /** What it said, each time something else. */
  readonly said: readonly string[];
  /** What it has seen, as `seq eventId`. */
  readonly seen: () => readonly string[];
  stop(): void;
  /** Rejects if a single turn failed. */
  readonly done: Promise<void>;
}

async function startBot(client: DcsClient, name: string): Promise<Bot> {
  const session = await client.play.start({ game: 'explore' });
  const said: string[] = [];
  let isStopped = false;
  async function play(): Promise<void> {
    while (!isStopped) {
      const text = `I wave ${name} ${said.length}.`;
      const reply = await session.act(text);
      expect(reply.accepted).toBe(true);
      said.push(text);
    }
  }
  return {
    sessionId: session.sessionId,
    said,
    seen: () => session.transcript.map(({ seq, eventId }) => `${seq} ${eventId}`),
    stop: () => {
      isStopped = true;
    },
    done: play(),
  };
}

/** Resolves when every bot has said more than before; rejects when one of them fails. */
async function everyBotPlays(bots: readonly Bot[], turns: number): Promise<void> {
  const before = bots.map(({ said }) => said.length);
  const failed = Promise.all(bots.map(({ done }) => done));
  while (bots.some(({ said }, index) => said.length < (before[index] ?? 0) + turns))
    await Promise.race([failed, new Promise((resolve) => setTimeout(resolve, 5))]);
}

describe('stopping under load', () => {
  it('fails no turn: bots play through a restart, and what they saw is what was kept, once each', async () => {
    const dbName = `stop-${randomUUID().slice(0, 8)}`;
    const env = { PII_KEY, SCRIPTED_PACE_MS: '1', DRAIN_SECONDS: '10' };
    const first = await testApp({ storage: await mongoStorage(inject('databaseUrl'), dbName), env });
    const bots = await Promise.all(
      Array.from({ length: BOTS }, async (_none, index) => {
        const visitor = first.client({ backoff: { minMs: 5, maxMs: 300 } });
        const { accessKey } = await visitor.players.register.mutate({
          fullName: `Bot ${index}`,
          email: 'bot@example.org',
          phoneNumber: '+44 20 7946 0000',
          consentToFollowup: false,
          consentSignature: `Bot ${index}`,
        });
        visitor.signIn(accessKey);
        return startBot(visitor, String(index));
      }),
    );
    await everyBotPlays(bots, 2);
    await first.server.stop();
    const port = String(first.server.port);
    await using second = await testApp({
      storage: await mongoStorage(inject('databaseUrl'), dbName),
      env: { ...env, PORT: port },
    });
    await everyBotPlays(bots, 2);
    for (const bot of bots) bot.stop();
    await Promise.all(bots.map(({ done }) => done));

    for (const { sessionId, said, seen } of bots) {
      const kept = await wholeLog(second.storage, sessionId);
      expect(kept.map(({ seq }) => seq)).toEqual(kept.map((_event, index) => index + 1));
      expect(seen()).toEqual(kept.slice(0, seen().length).map(({ seq, eventId }) => `${seq} ${eventId}`));
      expect(kept.filter(({ source }) => source === 'user').map(({ content }) => content)).toEqual(said);
    }
    expect([...first.faults, ...second.faults]).toEqual([]);
    // The clients belong to the first.
    await first[Symbol.asyncDispose]();
  }, 120_000);
});

/** The scripted model, which answers once it is let. */
function heldModel(): { model: LanguageModel; asked: Promise<void>; release: () => void; hold: () => void } {
  const scripted = createScriptedModel();
  const asked = Promise.withResolvers<void>();
  const gate = Promise.withResolvers<void>();
  let isHeld = false;
  return {
    model: {
      id: scripted.id,
      generate: async (request, onText) => {
        if (isHeld) {
          asked.resolve();
          await gate.promise;
        }
        return scripted.generate(request, onText);
      },
    },
    asked: asked.promise,
    release: () => gate.resolve(),
    hold: () => {
      isHeld = true;
    },
  };
}

describe('a server that is being stopped', () => {
  it('answers the call in flight, and tells everybody else to come again', async () => {
    const { model, asked, release, hold } = heldModel();
    const app = await testApp({ model });
    const { client, accessKey } = await app.player();
    const session = await client.play.start({ game: 'explore' });
    const watcher = app.socket('/trpc');
    await watcher.opened;
    hold();
    const { sessionId } = session;
    const inFlight = client.trpc.play.act.mutate({ sessionId, commandId: 'one', text: 'I wave.' });
    await asked;
    const stopped = app.server.stop();

    const health = await app.http('/healthz');
    expect(health).toMatchObject({
      status: 503,
      body: { status: 'unavailable', reason: 'server/restarting', checks: { database: 'ok' } },
    });
    expect(await app.socket().refused).toBe(503);
    const newcomer = await fetch(`${app.url}/trpc/players.me`, {
      headers: { authorization: `Bearer ${accessKey}` },
    });
    expect(newcomer.status).toBe(503);
    expect(newcomer.headers.get('retry-after')).toBe('1');
    expect(await newcomer.json()).toMatchObject({
      error: { json: { data: { reason: 'server/restarting', retryable: true, retryAfterMs: 1_000 } } },
    });
    const late = client.trpc.play.act.mutate({ sessionId, commandId: 'two', text: 'I wait.' });
    expect(await refusalOf(late)).toMatchObject({ reason: 'session/unavailable', retryable: true });

    release();
    expect(await inFlight).toMatchObject({ accepted: true });
    expect(await watcher.closed).toBe(1012);
    expect(watcher.closeReason).toBe('server/restarting');
    await stopped;
    expect((await app.storage.stores.log.read(sessionId, 0, 100)).at(-1)?.kind).toBe('session_paused');
    await app[Symbol.asyncDispose]();
  });

  it('warns its clients, who leave as soon as no answer is outstanding', async () => {
    const { model, asked, release, hold } = heldModel();
    const app = await testApp({ model });
    const { client } = await app.player();
    const session = await client.play.start({ game: 'explore' });
    const idle = await app.player('Idle');
    await idle.client.players.me.query();
    hold();
    const { sessionId } = session;
    const playing = client.trpc.play.act.mutate({ sessionId, commandId: 'one', text: 'I wave.' });
    await asked;
    const left = new Promise<void>((resolve) => {
      idle.client.connection.subscribe((state) => state === 'reconnecting' && resolve());
    });
    const stopped = app.server.stop();
    await left;
    expect(client.connection.state).toBe('open');
    release();
    expect((await playing).accepted).toBe(true);
    await stopped;
    await app[Symbol.asyncDispose]();
  });

  it('does not wait for ever: a turn that never ends is finished by the next server', async () => {
    const { stores } = openMemoryStorage();
    const storage = (): Storage => ({ ...openMemoryStorage(), stores });
    const never: LanguageModel = {
      id: 'never',
      generate: ({ cancellation }) =>
        new Promise((_resolve, reject) => {
          cancellation.addEventListener('abort', () => reject(new ModelFailure('model/cancelled', 'No.')));
        }),
    };
    const scripted = createScriptedModel();
    let isSilent = false;
    const asked = Promise.withResolvers<void>();
    const model: LanguageModel = {
      id: scripted.id,
      generate: (request, onText) => {
        if (!isSilent) return scripted.generate(request, onText);
        asked.resolve();
        return never.generate(request, onText);
      },
    };
    const env = { PII_KEY, DRAIN_SECONDS: '1' };
    const first = await testApp({ storage: storage(), model, env });
    const { client } = await first.player();
    const session = await client.play.start({ game: 'explore' });
    isSilent = true;
    const playing = session.act('I wave.');
    await asked.promise;
    await first.server.stop();
    const port = String(first.server.port);
    await using second = await testApp({ storage: storage(), env: { ...env, PORT: port } });
    expect((await playing).accepted).toBe(true);
    const said = (await wholeLog(second.storage, session.sessionId)).filter(
      ({ source }) => source === 'user',
    );
    expect(said.map(({ content }) => content)).toEqual(['I wave.']);
    await first[Symbol.asyncDispose]();
  });
});
