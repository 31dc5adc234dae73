import { builtInGames } from '@dcs/engine';
import { describe, expect, inject, it } from 'vitest';
import { createTestWorld } from '../src/cli/testWorld.ts';
import { newCommandId } from '../src/client/index.ts';
import type { DcsClient, EventDto, PlaySession } from '../src/client/index.ts';
import { openMemoryStorage } from '../src/storage.ts';
import type { Storage } from '../src/storage.ts';
import { clusterApps } from './support/clusterApps.ts';
import { mongoStorage } from './support/mongoStorage.ts';
import { refusalOf, testApp } from './support/testApp.ts';
import { until } from './support/until.ts';

const NOT_FOUND = { reason: 'feedback/not-found', data: { code: 'NOT_FOUND' } };
const POOR = { liked: false, outOfCharacter: true, comment: 'It spoke.' };
const POOR_RECORDED = { ...POOR, doesntMakeSense: false, other: false };
const LIKED = { liked: true, comment: '', doesntMakeSense: false, outOfCharacter: false, other: false };

const isReply = ({ source, kind }: EventDto): boolean => source === 'npc' && kind === 'message';

function lastReply({ transcript }: Pick<PlaySession, 'transcript'>): EventDto {
  const reply = transcript.findLast(isReply);
  if (reply === undefined) throw new Error('Nobody has replied.');
  return reply;
}

async function playExplore(client: DcsClient): Promise<PlaySession> {
  const session = await client.play.start({ game: 'explore' });
  await session.act('I wave.');
  return session;
}

async function transcriptOf(client: DcsClient, sessionId: string): Promise<readonly EventDto[]> {
  return (await client.sessions.transcript.query({ sessionId })).events;
}

const feedbackIn = (events: readonly EventDto[]) =>
  events.flatMap(({ seq, kind, feedback }) =>
    feedback === undefined || kind === 'feedback' ? [] : [{ seq, ...feedback }],
  );

const STORAGES: readonly (readonly [string, () => Promise<Storage>])[] = [
  ['in memory', async () => openMemoryStorage()],
  ['in MongoDB', () => mongoStorage(inject('databaseUrl'))],
];

describe('feedback over the API', () => {
  it('stands on its reply in transcripts and in frames, until it is cleared', async () => {
    await using app = await testApp();
    const { client, accessKey } = await app.player();
    const session = await playExplore(client);
    const { sessionId } = session;
    const { eventId, seq } = lastReply(session);
    const request = { sessionId, eventId, liked: false, outOfCharacter: true, comment: '  It spoke. ' };
    const reply = await client.sessions.setFeedback.mutate(request);
    expect(reply).toMatchObject({ sessionId, eventId, feedback: POOR_RECORDED });
    expect(new Date(reply.feedback.submittedAt).getTime()).not.toBeNaN();
    const expected = [{ seq, ...POOR_RECORDED, submittedAt: reply.feedback.submittedAt }];
    expect(feedbackIn(await transcriptOf(client, sessionId))).toEqual(expected);
    const rejoined = app.client({ accessKey });
    const again = await rejoined.play.join(sessionId);
    await again.arrived(reply.lastSeq);
    expect(feedbackIn(again.transcript)).toEqual(expected);

    const cleared = await rejoined.sessions.clearFeedback.mutate({ sessionId, eventId });
    expect(cleared).toMatchObject({ sessionId, eventId, cleared: true });
    expect(feedbackIn(await transcriptOf(rejoined, sessionId))).toEqual([]);
    await again.arrived(cleared.lastSeq);
    expect(feedbackIn(again.transcript)).toEqual([]);
    expect(app.faults).toEqual([]);
  });

  it('reaches the other connections of the same player at once', async () => {
    await using app = await testApp();
    const { client, accessKey } = await app.player();
    const here = await playExplore(client);
    const there = await app.client({ accessKey }).play.join(here.sessionId);
    const { eventId, seq } = lastReply(here);
    const { submittedAt } = await here.giveFeedback(eventId, POOR);
    await until(() => feedbackIn(there.transcript).length > 0);
    expect(feedbackIn(there.transcript)).toEqual([{ seq, ...POOR_RECORDED, submittedAt }]);
    await there.clearFeedback(eventId);
    await until(() => feedbackIn(here.transcript).length === 0);
  });

  it('is known to nobody else in the session but to admins, live and reread', async () => {
    await using app = await testApp();
    const { client } = await app.player('Ann');
    const ben = await app.player('Ben');
    const session = await playExplore(client);
    const { sessionId } = session;
    const reply = lastReply(session);
    // Ann leaves the seat to Ben, and may still say what she thinks of what she was told.
    await client.play.releaseSeat.mutate({ sessionId, commandId: newCommandId() });
    await ben.client.play.takeSeat.mutate({ sessionId, seat: 'pc', commandId: newCommandId() });
    const bens = await ben.client.play.join(sessionId);
    await bens.arrived(session.session?.lastSeq ?? 0);
    await session.giveFeedback(reply.eventId, POOR);
    const { lastSeq } = await client.sessions.status.query({ sessionId });
    await bens.arrived(lastSeq);
    expect(bens.transcript.at(-1)).toMatchObject({ kind: 'withheld', content: '' });
    expect(JSON.stringify([bens.transcript, await transcriptOf(ben.client, sessionId)])).not.toContain(
      POOR.comment,
    );
    await bens.giveFeedback(reply.eventId, { liked: true });
    expect(feedbackIn(bens.transcript)).toMatchObject([LIKED]);
    expect(feedbackIn(await transcriptOf(client, sessionId))).toMatchObject([POOR_RECORDED]);
    expect(feedbackIn(await transcriptOf(ben.client, sessionId))).toMatchObject([LIKED]);
    expect(JSON.stringify(session.transcript)).not.toContain(ben.playerId);
  });

  it('may be given when the session is over, and takes nothing of what was archived', async () => {
    await using app = await testApp();
    const { client } = await app.player();
    const session = await playExplore(client);
    const { sessionId } = session;
    await session.close();
    await until(async () => (await client.sessions.history.query()).entries.length === 1);
    const before = await client.sessions.history.query();
    await session.giveFeedback(lastReply(session).eventId, { liked: true });
    expect(feedbackIn(await transcriptOf(client, sessionId))).toMatchObject([LIKED]);
    expect(await client.sessions.status.query({ sessionId })).toMatchObject({
      status: 'closed',
      exitReason: 'user_close_button',
    });
    expect(await client.sessions.history.query()).toEqual(before);
    const late = refusalOf(client.play.act.mutate({ sessionId, commandId: 'late', text: 'I wave.' }));
    expect(await late).toMatchObject({ reason: 'session/closed' });
    const reread = await client.play.join(sessionId);
    await until(() => feedbackIn(reread.transcript).length === 1);
  });

  it('is one command with one answer, however often it is sent', async () => {
    await using app = await testApp();
    const { client } = await app.player();
    const session = await playExplore(client);
    const { sessionId } = session;
    const { eventId } = lastReply(session);
    const request = { sessionId, eventId, ...POOR, commandId: 'f1' };
    const first = await client.sessions.setFeedback.mutate(request);
    expect(await client.sessions.setFeedback.mutate({ ...request, liked: true })).toEqual(first);
    const cleared = await client.sessions.clearFeedback.mutate({ sessionId, eventId, commandId: 'f2' });
    expect(await client.sessions.setFeedback.mutate(request)).toEqual(first);
    expect(feedbackIn(await transcriptOf(client, sessionId))).toEqual([]);
    expect((await client.sessions.status.query({ sessionId })).lastSeq).toBe(cleared.lastSeq);
    const mixed = refusalOf(client.sessions.clearFeedback.mutate({ sessionId, eventId, commandId: 'f1' }));
    expect(await mixed).toMatchObject({ reason: 'feedback/command-reused', data: { code: 'CONFLICT' } });
  });

  it('is refused on what is no reply, by strangers, and beyond its bounds', async () => {
    await using app = await testApp();
    const { client } = await app.player();
    const stranger = await app.player('Eve');
    const session = await playExplore(client);
    const { sessionId } = session;
    const { eventId } = lastReply(session);
    const set = client.sessions.setFeedback;
    for (const { eventId: other } of session.transcript.filter((event) => !isReply(event)))
      expect(await refusalOf(set.mutate({ sessionId, eventId: other, liked: true }))).toMatchObject(
        NOT_FOUND,
      );
    const clear = refusalOf(client.sessions.clearFeedback.mutate({ sessionId, eventId: 'none' }));
    expect(await clear).toMatchObject(NOT_FOUND);
    const foreign = refusalOf(
      stranger.client.sessions.setFeedback.mutate({ sessionId, eventId, liked: true }),
    );
    expect(await foreign).toMatchObject({ reason: 'session/not-found' });
    const long = { sessionId, eventId, liked: false, comment: 'x'.repeat(501) };
    expect(await refusalOf(set.mutate(long))).toMatchObject({
      reason: 'request/invalid',
      data: { zodError: { fieldErrors: { comment: [expect.stringContaining('500')] } } },
    });
    const padded = await set.mutate({ ...long, comment: `  ${'x'.repeat(500)}\n` });
    expect(padded.feedback.comment).toHaveLength(500);
  });

  it('is part of what is known of a person', async () => {
    await using app = await testApp();
    const { client } = await app.player('Ann');
    const sessions = [await playExplore(client), await playExplore(client)];
    for (const session of sessions) await session.giveFeedback(lastReply(session).eventId, POOR);
    const exported = await client.players.exportMyData.query();
    expect(exported.feedback).toHaveLength(2);
    for (const session of sessions) {
      const { eventId } = lastReply(session);
      expect(exported.feedback).toContainEqual(
        expect.objectContaining({ sessionId: session.sessionId, eventId, ...POOR_RECORDED }),
      );
    }
    const other = await app.player('Ben');
    expect((await other.client.players.exportMyData.query()).feedback).toEqual([]);
  });
});

describe.each(STORAGES)('a session with feedback, kept %s', (_where, open) => {
  it('is as its log says, before and after its end, and told by dcs replay', async () => {
    await using app = await testApp({ storage: await open() });
    const { client } = await app.player();
    const session = await playExplore(client);
    const { sessionId } = session;
    await session.giveFeedback(lastReply(session).eventId, POOR);
    await session.close();
    await until(async () => (await client.sessions.history.query()).entries.length === 1);
    await session.giveFeedback(lastReply(session).eventId, { liked: true });
    const { stores, describe: where } = app.storage;
    const data = {
      stores,
      where: where(),
      personalData: () => Promise.reject(new Error('No command asked for it.')),
      [Symbol.asyncDispose]: async () => undefined,
    };
    const world = createTestWorld({ openData: async () => data, games: async () => [...builtInGames] });
    const told = await world.run('replay', sessionId);
    expect(told.out).toContain('not liked, out of character: It spoke.');
    const verified = await world.run('replay', sessionId, '--verify');
    expect(verified.out).toContain('All is as the log says: ');
    expect(verified.exitCode).toBe(0);
  });
});

describe('servers that share sessions', () => {
  it('take feedback wherever it is given, and tell it at the others', async () => {
    await using cluster = await clusterApps(2);
    const [one, other] = cluster.nodes;
    if (one === undefined || other === undefined) throw new Error('There are not two.');
    const { client, accessKey } = await one.player();
    const session = await playExplore(client);
    const there = await other.client({ accessKey }).play.join(session.sessionId);
    await there.arrived(session.session?.lastSeq ?? 0);
    await there.giveFeedback(lastReply(session).eventId, POOR);
    await until(() => feedbackIn(session.transcript).length === 1);
    expect(feedbackIn(session.transcript)).toEqual(feedbackIn(there.transcript));
    await session.close();
    await there.giveFeedback(lastReply(session).eventId, { liked: true });
    await until(async () => feedbackIn(await transcriptOf(client, session.sessionId))[0]?.liked === true);
  });
});
