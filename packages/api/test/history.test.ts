import { describe, expect, it } from 'vitest';
import { refusalOf, testApp } from './support/testApp.ts';
import type { TestPlayer } from './support/testApp.ts';

const ADMIN_KEY = `dcs-ak-${'k'.repeat(43)}`;

async function play({ client }: TestPlayer): Promise<string> {
  const { sessionId } = await client.play.create.mutate({ game: 'explore' });
  await client.play.open.mutate({ sessionId });
  return sessionId;
}

async function playToTheEnd(player: TestPlayer): Promise<string> {
  const sessionId = await play(player);
  await player.client.play.close.mutate({ sessionId, commandId: 'bye' });
  return sessionId;
}

describe('the list of sessions', () => {
  it('shows on request only what a player could play on, what was played last first', async () => {
    await using app = await testApp();
    const ada = await app.player('Ada');
    const first = await play(ada);
    await playToTheEnd(ada);
    const third = await play(ada);
    await play(await app.player('Ben'));
    const ids = async (cursor?: string) => {
      const page = { limit: 1, unfinishedOnly: true, ...(cursor === undefined ? {} : { cursor }) };
      const { sessions, nextCursor } = await ada.client.sessions.list.query(page);
      return { ids: sessions.map(({ sessionId }) => sessionId), nextCursor };
    };
    const { ids: newest, nextCursor } = await ids();
    expect(await ids(nextCursor ?? 'none')).toEqual({ ids: [first], nextCursor: null });
    expect(newest).toEqual([third]);
    expect((await ada.client.sessions.list.query()).sessions).toHaveLength(3);
  });
});

describe('the history of a player', () => {
  it('says how sessions came out and what proves a replay, what ended last first, page by page', async () => {
    await using app = await testApp();
    const ada = await app.player('Ada');
    const ids: string[] = [];
    for (let index = 0; index < 3; index += 1) ids.unshift(await playToTheEnd(ada));
    await play(ada);
    await playToTheEnd(await app.player('Ben'));
    const history = ada.client.sessions.history;
    await expect.poll(async () => (await history.query()).entries.length).toBe(3);
    const first = await history.query({ limit: 2 });
    const second = await history.query({ limit: 2, cursor: first.nextCursor ?? 'none' });
    expect(second.nextCursor).toBeNull();
    const entries = [...first.entries, ...second.entries];
    expect(entries.map(({ sessionId }) => sessionId).toSorted()).toEqual(ids.toSorted());
    const endings = entries.map(({ endedAt }) => endedAt);
    expect(endings).toEqual(endings.toSorted().toReversed());
    const [entry] = entries;
    const sessionId = entry?.sessionId ?? 'none';
    const { steps, stateHash, lastSeq } = await ada.client.sessions.reconstruction.query({ sessionId });
    expect(entry).toMatchObject({
      game: 'explore',
      title: 'Explore',
      pc: { hid: expect.any(String) },
      result: 'interrupted',
      winner: null,
      endReason: 'user_close_button',
      turns: 1,
      replay: { lastSeq, stateHash },
    });
    expect(steps.at(-1)?.status).toBe('closed');
  });

  it('is nobody else’s, and answers a cursor that it did not give', async () => {
    await using app = await testApp();
    const { client } = await app.player();
    expect(await client.sessions.history.query()).toEqual({ entries: [], nextCursor: null });
    expect(await refusalOf(app.client().sessions.history.query())).toMatchObject({ reason: 'auth/required' });
    for (const cursor of ['', 'nonsense', '1_', '{"$gt":0}_a b']) {
      const refusal = await refusalOf(client.sessions.history.query({ cursor }));
      expect(refusal).toMatchObject({ reason: 'request/invalid-cursor' });
    }
  });
});

describe('the overview', () => {
  it('counts for administrators what has not ended and what is live', async () => {
    await using app = await testApp({ env: { ADMIN_KEY } });
    const ada = await app.player('Ada');
    await play(ada);
    await playToTheEnd(ada);
    await ada.client.play.create.mutate({ game: 'explore' });
    const admin = app.client({ accessKey: ADMIN_KEY });
    await expect
      .poll(() => admin.admin.overview.query())
      .toEqual({ sessions: { unfinished: 2, live: 1 }, nodes: 1, alerts: [] });
  });

  it('is refused to players', async () => {
    await using app = await testApp();
    const { client } = await app.player();
    expect(await refusalOf(client.admin.overview.query())).toMatchObject({ reason: 'auth/forbidden' });
    expect(await refusalOf(app.client().admin.overview.query())).toMatchObject({ reason: 'auth/required' });
  });
});
