import { describe, expect, it } from 'vitest';
import { refusalOf, testApp } from './support/testApp.ts';

describe('a stranger', () => {
  it('can neither see nor change a session, and does not learn that it exists', async () => {
    await using app = await testApp();
    const { client: owner } = await app.player();
    const { client: stranger } = await app.player('Eve');
    const session = await owner.play.start({ game: 'explore' });
    const { sessionId } = session;
    const before = await owner.sessions.get.query({ sessionId });
    const missing = 'no-such-session';
    const commandId = 'c1';

    const attempts = (id: string): readonly (() => Promise<unknown>)[] => [
      () => stranger.play.open.mutate({ sessionId: id }),
      () => stranger.play.act.mutate({ sessionId: id, commandId, text: 'I wave.' }),
      () => stranger.play.close.mutate({ sessionId: id, commandId }),
      () => stranger.play.takeSeat.mutate({ sessionId: id, commandId, seat: 'pc' }),
      () => stranger.play.releaseSeat.mutate({ sessionId: id, commandId }),
      () => stranger.sessions.get.query({ sessionId: id }),
      () => stranger.sessions.status.query({ sessionId: id }),
      () => stranger.sessions.transcript.query({ sessionId: id }),
      () => stranger.sessions.rollback.mutate({ sessionId: id, commandId, toSeq: 1 }),
      () => stranger.sessions.reconstruction.query({ sessionId: id }),
      () => stranger.sessions.branch.mutate({ sessionId: id, commandId }),
      () =>
        new Promise((resolve, reject) => {
          stranger.play.events.subscribe({ sessionId: id }, { onData: resolve, onError: reject });
        }),
    ];
    for (const [index, attempt] of attempts(sessionId).entries()) {
      const refusal = await refusalOf(attempt());
      expect(refusal).toMatchObject({ reason: 'session/not-found', data: { code: 'NOT_FOUND' } });
      const toMissing = attempts(missing)[index];
      if (toMissing === undefined) throw new Error('There is no such attempt.');
      const { message } = Object(refusal);
      expect(await refusalOf(toMissing())).toMatchObject({ reason: 'session/not-found', message });
    }
    const after = await owner.sessions.get.query({ sessionId });
    expect(after.session.lastSeq).toBe(before.session.lastSeq);
    expect(after.session.status).toBe('active');
    expect((await stranger.sessions.list.query()).sessions).toEqual([]);
  });

  it('without a key, or with a wrong one, leaves the session of another untouched', async () => {
    await using app = await testApp();
    const { client: owner } = await app.player();
    const { sessionId } = await owner.play.start({ game: 'explore' });
    const nobody = app.client();
    const wrong = app.client({ accessKey: `dcs-ak-${'x'.repeat(43)}` });
    const act = { sessionId, commandId: 'c1', text: 'I wave.' };
    expect(await refusalOf(nobody.play.act.mutate(act))).toMatchObject({ reason: 'auth/required' });
    expect(await refusalOf(wrong.play.act.mutate(act))).toMatchObject({ reason: 'auth/invalid-key' });
    const subscribed = new Promise((resolve, reject) => {
      wrong.play.events.subscribe({ sessionId }, { onData: resolve, onError: reject });
    });
    expect(await refusalOf(subscribed)).toMatchObject({ reason: 'auth/invalid-key' });
    wrong.connection.drop();
    expect(await owner.sessions.status.query({ sessionId })).toMatchObject({ status: 'active', turns: 1 });
  });

  it('cannot open a session that its owner has not opened', async () => {
    await using app = await testApp();
    const { client: owner } = await app.player();
    const { client: stranger } = await app.player('Eve');
    const { sessionId } = await owner.play.create.mutate({ game: 'explore' });
    expect(await refusalOf(stranger.play.open.mutate({ sessionId }))).toMatchObject({
      reason: 'session/not-found',
    });
    expect((await owner.sessions.get.query({ sessionId })).session).toMatchObject({
      opened: false,
      lastSeq: 0,
    });
  });
});

describe('an id that nobody gave', () => {
  it.each(['', 'x'.repeat(129), '../../etc/passwd', '{"$ne":null}', '\u0000', '💥'])(
    '(%s) finds nothing',
    async (id) => {
      await using app = await testApp();
      const { client } = await app.player();
      const refusal = await refusalOf(client.sessions.get.query({ sessionId: id }));
      expect(refusal).toMatchObject({ data: { code: expect.stringMatching(/^(NOT_FOUND|BAD_REQUEST)$/) } });
      expect(app.faults).toEqual([]);
    },
  );
});
