import { describe, expect, it } from 'vitest';
import { newCommandId } from '../src/client/index.ts';
import type { EventDto } from '../src/client/index.ts';
import { refusalOf, testApp } from './support/testApp.ts';
import type { TestApp } from './support/testApp.ts';

const asKinds = (events: readonly EventDto[]) => events.map(({ kind }) => kind);

async function transcriptOf(app: TestApp, accessKey: string, sessionId: string) {
  const { events } = await app.client({ accessKey }).sessions.transcript.query({ sessionId });
  return events;
}

describe('playing Explore', () => {
  it('goes from the opening through three turns to the end, and the log says the same', async () => {
    await using app = await testApp();
    const { client, accessKey } = await app.player();
    const session = await client.play.start({ game: 'Explore' });
    for (const text of ['I wave.', 'I wait for a while.', 'I look around.']) await session.act(text);
    const reply = await session.act('/finish');
    expect(reply).toMatchObject({ accepted: true, exited: true, exitReason: 'game_completed' });
    const seen: EventDto[] = [];
    for await (const event of session.events()) seen.push(event);
    expect(seen.map(({ seq }) => seq)).toEqual(seen.map((_event, index) => index + 1));
    expect(asKinds(seen)[0]).toBe('session_start');
    expect(asKinds(seen).at(-1)).toBe('session_end');
    expect(seen).toEqual(await transcriptOf(app, accessKey, session.sessionId));
    expect(app.faults).toEqual([]);
  });

  it('tells the setup, casts whom one chose, and refuses whom one cannot choose', async () => {
    await using app = await testApp();
    const { client } = await app.player();
    const setup = await client.play.setup.query({ game: 'explore' });
    expect(setup).toMatchObject({ game: 'explore', allowed: true, canStart: true, denialReason: null });
    const [pc] = setup.pcs;
    const npc = setup.npcs.find(({ hid }) => hid !== pc?.hid);
    if (pc === undefined || npc === undefined) throw new Error('There is nobody to play.');
    const { sessionId } = await client.play.create.mutate({ game: 'explore', pc: pc.hid, npc: npc.hid });
    const { session } = await client.sessions.get.query({ sessionId });
    expect(session).toMatchObject({
      pc: { hid: pc.hid },
      npc: { hid: npc.hid },
      yourSeat: 'pc',
      takesText: true,
    });
    expect(session.seats).toEqual([
      { name: 'pc', title: expect.any(String), holder: 'you' },
      { name: 'npc', title: expect.any(String), holder: 'model' },
    ]);
    expect(await refusalOf(client.play.create.mutate({ game: 'explore', pc: 'NOBODY' }))).toMatchObject({
      reason: 'character/unknown',
    });
    expect(await refusalOf(client.play.setup.query({ game: 'chess' }))).toMatchObject({
      reason: 'game/unknown',
    });
    expect(
      await refusalOf(client.play.create.mutate({ game: 'explore', config: { maxTurns: 100_000 } })),
    ).toMatchObject({ reason: 'game/invalid-config' });
  });

  it('is never of a game that nobody named', async () => {
    await using app = await testApp();
    const { accessKey } = await app.player();
    const request = { method: 'POST', key: accessKey, input: { source: 'test' } } as const;
    expect(await app.http('/trpc/play.create', request)).toMatchObject({ status: 400 });
  });

  it('creates one session however often the same command creates it', async () => {
    await using app = await testApp();
    const { client } = await app.player();
    const commandId = newCommandId();
    const created = await Promise.all(
      Array.from({ length: 10 }, () => client.play.create.mutate({ game: 'explore', commandId })),
    );
    expect(new Set(created.map(({ sessionId }) => sessionId)).size).toBe(1);
    expect((await client.sessions.list.query()).sessions).toHaveLength(1);
  });

  it('plays a double submit once and answers both alike', async () => {
    await using app = await testApp();
    const { client, accessKey } = await app.player();
    const session = await client.play.start({ game: 'explore' });
    const command = { sessionId: session.sessionId, commandId: 'twice', text: 'I wave.' };
    const [first, second] = await Promise.all([
      client.play.act.mutate(command),
      app.client({ accessKey }).play.act.mutate(command),
    ]);
    expect(second).toEqual(first);
    const events = await transcriptOf(app, accessKey, session.sessionId);
    expect(events.filter(({ content }) => content === 'I wave.')).toHaveLength(1);
  });

  it('opens once, whoever asks how often', async () => {
    await using app = await testApp();
    const { client } = await app.player();
    const { sessionId } = await client.play.create.mutate({ game: 'explore' });
    const replies = await Promise.all(
      Array.from({ length: 5 }, () => client.play.open.mutate({ sessionId })),
    );
    for (const reply of replies) expect(reply).toEqual(replies[0]);
    const { events } = await client.sessions.transcript.query({ sessionId });
    expect(events.filter(({ kind }) => kind === 'session_start')).toHaveLength(1);
  });

  it('serves two connections of one player to one session alike', async () => {
    await using app = await testApp();
    const { client, accessKey } = await app.player();
    const here = await client.play.start({ game: 'explore' });
    const there = await app.client({ accessKey }).play.join(here.sessionId);
    await here.act('I wave.');
    const { lastSeq } = await there.act('I wait.');
    await here.arrived(lastSeq);
    expect(there.transcript).toEqual(here.transcript);
  });

  it('ends when its owner closes it, and takes nothing more', async () => {
    await using app = await testApp();
    const { client } = await app.player();
    const session = await client.play.start({ game: 'explore' });
    await session.close();
    expect(await refusalOf(session.act('I wave.'))).toMatchObject({ reason: 'session/closed' });
    const status = await client.sessions.status.query({ sessionId: session.sessionId });
    expect(status).toMatchObject({ status: 'closed', exited: true, exitReason: 'user_close_button' });
  });

  it.each([
    ['nothing', '   ', 'input/empty'],
    ['words for which there is no room', 'a'.repeat(10_001), 'request/invalid'],
  ])('refuses %s without a trace', async (_what, text, reason) => {
    await using app = await testApp();
    const { client } = await app.player();
    const session = await client.play.start({ game: 'explore' });
    const before = session.transcript.length;
    expect(await refusalOf(session.act(text))).toMatchObject({ reason });
    const { events } = await client.sessions.transcript.query({ sessionId: session.sessionId });
    expect(events).toHaveLength(before);
  });

  it('answers words that are too many for the game in words', async () => {
    await using app = await testApp();
    const { client } = await app.player();
    const session = await client.play.start({ game: 'explore' });
    const reply = await session.act('a'.repeat(351));
    expect(reply).toMatchObject({ accepted: false, exited: false });
    expect(asKinds(reply.events)).toContain('error');
  });

  it.each([
    ['emoji', 'I wave 🦜👩🏽‍🚀 at you.'],
    ['right-to-left text', 'I say «مرحبا يا صديقي».'],
    ['markup and script', 'I say <b>hi</b> <script>alert(1)</script> <img src=x onerror=alert(1)>'],
    ['marks of direction and joined letters', 'I hum \u200fand\u200d wave.'],
  ])('keeps %s exactly as it was written', async (_what, text) => {
    await using app = await testApp();
    const { client } = await app.player();
    const session = await client.play.start({ game: 'explore' });
    const { events } = await session.act(text);
    expect(events.find(({ source }) => source === 'user')?.content).toBe(text);
    expect(app.faults).toEqual([]);
  });

  it('asks an action of a rules game and words of a language game', async () => {
    await using app = await testApp();
    const { client } = await app.player();
    const session = await client.play.start({ game: 'explore' });
    expect(await refusalOf(session.act({ action: { type: 'play' } }))).toMatchObject({
      reason: 'input/not-an-action',
    });
  });
});

describe('the list of sessions', () => {
  it('comes newest first, in pages without gaps or repeats, with the present of those being played', async () => {
    await using app = await testApp();
    const { client } = await app.player();
    for (let count = 0; count < 7; count += 1) await client.play.create.mutate({ game: 'explore' });
    const played = await client.play.start({ game: 'explore' });
    await played.act('I wave.');
    const listed: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await client.sessions.list.query({
        limit: 3,
        ...(cursor === undefined ? {} : { cursor }),
      });
      listed.push(...page.sessions.map(({ sessionId }) => sessionId));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(listed).toHaveLength(8);
    expect(new Set(listed).size).toBe(8);
    const { sessions } = await client.sessions.list.query();
    const row = sessions.find(({ sessionId }) => sessionId === played.sessionId);
    expect(row).toMatchObject({ game: 'explore', title: 'Explore', status: 'active', turns: 2 });
  });

  it('refuses a cursor that no page gave', async () => {
    await using app = await testApp();
    const { client } = await app.player();
    expect(await refusalOf(client.sessions.list.query({ cursor: 'x; drop' }))).toMatchObject({
      reason: 'request/invalid-cursor',
    });
  });
});

describe('a transcript', () => {
  it('is read in pages', async () => {
    await using app = await testApp();
    const { client } = await app.player();
    const session = await client.play.start({ game: 'explore' });
    await session.act('I wave.');
    const { sessionId } = session;
    const first = await client.sessions.transcript.query({ sessionId, limit: 2 });
    expect(first).toMatchObject({ hasMore: true, lastSeq: session.transcript.length });
    const rest = await client.sessions.transcript.query({ sessionId, afterSeq: 2 });
    expect(rest.hasMore).toBe(false);
    expect([...first.events, ...rest.events]).toEqual(session.transcript);
  });
});

describe('the catalogue', () => {
  it('is open to visitors and says nothing hidden', async () => {
    await using app = await testApp();
    const visitor = app.client();
    const games = await visitor.games.list.query();
    expect(games.map(({ name, title, kind }) => [name, title, kind])).toEqual([
      ['explore', 'Explore', 'language'],
      ['foresight', 'Foresight', 'language'],
      ['infer-intent', 'Infer Intent', 'language'],
      ['goal-horizon', 'Goal Horizon', 'language'],
      ['teamwork', 'Teamwork', 'language'],
    ]);
    const characters = await visitor.characters.list.query();
    expect(characters.length).toBeGreaterThanOrEqual(12);
    expect(Object.keys(characters[0] ?? {}).toSorted()).toEqual([
      'hid',
      'isHuman',
      'label',
      'pcEligible',
      'shortDescription',
    ]);
  });
});
