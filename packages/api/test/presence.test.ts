import { describe, expect, it } from 'vitest';
import { refusalOf, testApp } from './support/testApp.ts';

describe('a session whose player goes away', () => {
  it('is paused, says so in its log, and goes on when the player is back', async () => {
    await using app = await testApp({ env: { PAUSE_GRACE_SECONDS: '0' } });
    const { client } = await app.player();
    const session = await client.play.start({ game: 'explore' });
    const { sessionId } = session;
    session.leave();
    let status = '';
    while (status !== 'paused') status = (await client.sessions.status.query({ sessionId })).status;
    const back = await client.play.join(sessionId);
    await back.act('I wave.');
    const kinds = back.transcript.map(({ kind }) => kind);
    expect(kinds).toContain('session_paused');
    expect(kinds.indexOf('session_resumed')).toBeGreaterThan(kinds.indexOf('session_paused'));
    expect(back.session?.status).toBe('active');
  });

  it('tells whoever comes back that it goes on, though this happens while they catch up', async () => {
    await using app = await testApp({ env: { PAUSE_GRACE_SECONDS: '0' } });
    const { client } = await app.player();
    const { sessionId, ...session } = await client.play.start({ game: 'explore' });
    session.leave();
    let status = '';
    while (status !== 'paused') status = (await client.sessions.status.query({ sessionId })).status;
    const told: string[] = [];
    await new Promise<void>((resolve, reject) => {
      const watching = client.play.events.subscribe(
        { sessionId },
        {
          onData: ({ data }) => {
            if (data.type === 'meta') told.push(data.session.status);
            if (data.type === 'status') told.push(data.status);
            if (told.at(-1) !== 'active') return;
            watching.unsubscribe();
            resolve();
          },
          onError: reject,
        },
      );
    });
    expect(told.at(-1)).toBe('active');
  });

  it('is not disturbed by somebody who only looks', async () => {
    await using app = await testApp({
      env: { PAUSE_GRACE_SECONDS: '0', ADMIN_KEY: `dcs-ak-${'k'.repeat(43)}` },
    });
    const { client } = await app.player();
    const session = await client.play.start({ game: 'explore' });
    const admin = app.client({ accessKey: `dcs-ak-${'k'.repeat(43)}` });
    const seen = await new Promise<string>((resolve, reject) => {
      const watching = admin.play.events.subscribe(
        { sessionId: session.sessionId },
        {
          onData: ({ data }) => {
            if (data.type !== 'meta') return;
            watching.unsubscribe();
            resolve(JSON.stringify(data.session.yourSeat));
          },
          onError: reject,
        },
      );
    });
    expect(seen).toBe('null');
    await admin.server.status.query();
    expect(await client.sessions.status.query({ sessionId: session.sessionId })).toMatchObject({
      status: 'active',
    });
  });
});

describe('a session whose time is up', () => {
  it('ends by itself though nobody acts, and everybody who follows is told', async () => {
    await using app = await testApp();
    const { client } = await app.player();
    const { sessionId } = await client.play.create.mutate({
      game: 'explore',
      config: { maxPlaytimeSeconds: 1 },
    });
    const session = await client.play.join(sessionId);
    for await (const event of session.events()) void event;
    const [notice, end] = session.transcript.slice(-2);
    expect(notice).toMatchObject({ kind: 'info' });
    expect(end).toMatchObject({
      kind: 'session_end',
      data: { reason: expect.stringContaining('runtime_seconds') },
    });
  });
});

describe('a player with more sessions than allowed', () => {
  it('gets the last place once, whichever of two sessions is opened first', async () => {
    await using app = await testApp({ env: { LIVE_SESSIONS_PER_PLAYER: '1' } });
    const { client } = await app.player();
    const created = await Promise.all([1, 2, 3].map(() => client.play.create.mutate({ game: 'explore' })));
    const opened = await Promise.allSettled(
      created.map(({ sessionId }) => client.play.open.mutate({ sessionId })),
    );
    expect(opened.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('may create, list and read as many as there are: only what is played counts', async () => {
    await using app = await testApp({ env: { LIVE_SESSIONS_PER_PLAYER: '1', PAUSE_GRACE_SECONDS: '0' } });
    const { client } = await app.player();
    const first = await client.play.start({ game: 'explore' });
    first.leave();
    // Its player has gone, and so has its place.
    const second = await client.play.start({ game: 'explore' });
    expect((await client.sessions.list.query()).sessions).toHaveLength(2);
    const lookingOn = await client.play.join(first.sessionId);
    await lookingOn.arrived(first.transcript.at(-1)?.seq ?? 0);
    expect((await second.act('I wave.')).accepted).toBe(true);
    const { sessionId } = first;
    const refusal = await refusalOf(
      client.trpc.play.act.mutate({ sessionId, commandId: 'c', text: 'I wave.' }),
    );
    expect(refusal).toMatchObject({ reason: 'limit/too-many-sessions' });
  });

  it('is asked to finish one first, and can then go on', async () => {
    await using app = await testApp({ env: { LIVE_SESSIONS_PER_PLAYER: '1' } });
    const { client } = await app.player();
    const first = await client.play.start({ game: 'explore' });
    const { sessionId } = await client.play.create.mutate({ game: 'explore' });
    const refusal = await refusalOf(client.play.open.mutate({ sessionId }));
    expect(refusal).toMatchObject({ reason: 'limit/too-many-sessions', retryable: true });
    await first.close();
    expect(await client.play.open.mutate({ sessionId })).toMatchObject({ accepted: true });
  });
});
