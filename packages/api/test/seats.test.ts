import { cardDuel, cardDuelFile } from '@dcs/engine/testing';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { EventDto, PlaySession } from '../src/client/index.ts';
import { newCommandId } from '../src/client/index.ts';
import { refusalOf, testApp } from './support/testApp.ts';
import type { TestApp } from './support/testApp.ts';

const duelApp = (): Promise<TestApp> => testApp({ moreGames: [{ game: cardDuel, file: cardDuelFile }] });

const viewSchema = z.object({
  hands: z.object({
    home: z.union([z.array(z.number()), z.number()]),
    away: z.union([z.array(z.number()), z.number()]),
  }),
  scores: z.object({ home: z.number(), away: z.number() }),
  toPlay: z.enum(['home', 'away']),
});

const viewOf = (session: PlaySession) => viewSchema.parse(session.view);

function handOf(session: PlaySession, side: 'home' | 'away'): readonly number[] {
  const hand = viewOf(session).hands[side];
  if (typeof hand === 'number') throw new Error(`The hand of ${side} is hidden.`);
  return hand;
}

async function allOf(session: PlaySession): Promise<readonly EventDto[]> {
  const events: EventDto[] = [];
  for await (const event of session.events()) events.push(event);
  return events;
}

async function duel(app: TestApp) {
  const home = await app.player('Home');
  const away = await app.player('Away');
  const { sessionId } = await home.client.play.create.mutate({ game: 'card-duel' });
  await away.client.play.takeSeat.mutate({ sessionId, seat: 'away', commandId: newCommandId() });
  const homeSession = await home.client.play.join(sessionId);
  const awaySession = await away.client.play.join(sessionId);
  return { home, away, homeSession, awaySession, sessionId };
}

const play = (card: number | undefined) => ({ action: { type: 'play', card: card ?? 0 } });

describe('a game of two people over the API', () => {
  it('is played to its end, each seeing their own hand and nothing of the other', async () => {
    await using app = await duelApp();
    const { homeSession, awaySession } = await duel(app);
    expect(viewOf(homeSession).hands.away).toBe(3);
    expect(viewOf(awaySession).hands.home).toBe(3);
    for (let round = 0; round < 3; round += 1) {
      const reply = await homeSession.act(play(handOf(homeSession, 'home')[0]));
      await awaySession.arrived(reply.lastSeq);
      const answer = await awaySession.act(play(handOf(awaySession, 'away')[0]));
      await homeSession.arrived(answer.lastSeq);
    }
    const home = await allOf(homeSession);
    const away = await allOf(awaySession);
    expect(home.map(({ seq }) => seq)).toEqual(away.map(({ seq }) => seq));
    expect(home.at(-1)).toMatchObject({ kind: 'session_end', data: { reason: 'game_completed' } });
    expect(app.faults).toEqual([]);
  });

  it('withholds what is not for a seat, in its place, and says so', async () => {
    await using app = await duelApp();
    const { homeSession, awaySession } = await duel(app);
    const dealt = homeSession.transcript.filter(({ data }) => data?.['hand'] !== undefined);
    expect(dealt).toHaveLength(1);
    const seq = dealt[0]?.seq ?? 0;
    const same = awaySession.transcript.find((event) => event.seq === seq);
    expect(same).toMatchObject({ kind: 'withheld', content: '', direction: 'internal', source: 'system' });
    expect(same).not.toHaveProperty('data');
    expect(same?.eventId).toBe(dealt[0]?.eventId);
    const secret = JSON.stringify(dealt[0]?.data);
    expect(JSON.stringify([awaySession.transcript, awaySession.view])).not.toContain(secret);
  });

  it('takes a move only from whoever’s turn it is, only cards they hold, and only well-formed ones', async () => {
    await using app = await duelApp();
    const { homeSession, awaySession } = await duel(app);
    expect(await refusalOf(awaySession.act(play(handOf(awaySession, 'away')[0])))).toMatchObject({
      reason: 'move/not-your-turn',
      data: { code: 'CONFLICT' },
    });
    const missing = [1, 2, 3, 4, 5, 6, 7, 8, 9].find((card) => !handOf(homeSession, 'home').includes(card));
    expect(await refusalOf(homeSession.act(play(missing)))).toMatchObject({ reason: 'move/no-such-card' });
    for (const action of [null, 7, 'play', [], { type: 'play' }, { type: 'play', card: 1, cheat: true }]) {
      expect(await refusalOf(homeSession.act({ action }))).toMatchObject({ reason: 'input/invalid-action' });
    }
    expect(await refusalOf(homeSession.act('I play an ace.'))).toMatchObject({ reason: 'input/not-text' });
  });

  it('is told who sits where, without accounts, when somebody sits down or gets up', async () => {
    await using app = await duelApp();
    const { home, away, homeSession, sessionId } = await duel(app);
    const taken = homeSession.transcript.find(({ kind }) => kind === 'seat_taken');
    expect(taken).toMatchObject({ seat: 'away', data: {} });
    expect(JSON.stringify(homeSession.transcript)).not.toContain(away.playerId);
    const { lastSeq } = await away.client.play.releaseSeat.mutate({ sessionId, commandId: newCommandId() });
    await homeSession.arrived(lastSeq);
    const { session } = await home.client.sessions.get.query({ sessionId });
    expect(session.seats).toMatchObject([
      { name: 'home', holder: 'you' },
      { name: 'away', holder: 'open' },
    ]);
    const third = await app.player('Third');
    await third.client.play.takeSeat.mutate({ sessionId, seat: 'away', commandId: newCommandId() });
    const heir = await third.client.play.join(sessionId);
    expect(handOf(heir, 'away')).toHaveLength(3);
    // Whoever gave up a seat may still reread, with the eyes of somebody who holds none.
    const former = await away.client.sessions.transcript.query({ sessionId });
    expect(former.events.filter(({ kind }) => kind === 'withheld')).toHaveLength(2);
  });

  it('gives a taken seat to nobody else', async () => {
    await using app = await duelApp();
    const { sessionId } = await duel(app);
    const third = await app.player('Third');
    const attempt = third.client.play.takeSeat.mutate({ sessionId, seat: 'home', commandId: newCommandId() });
    expect(await refusalOf(attempt)).toMatchObject({ reason: 'session/not-found' });
  });

  it('is taken back by a roll-back that nobody has to guess: the log keeps everything', async () => {
    await using app = await duelApp();
    const { home, homeSession, awaySession, sessionId } = await duel(app);
    const dealtAt = homeSession.transcript.length;
    const hand = handOf(homeSession, 'home');
    await homeSession.act(play(hand[0]));
    const { lastSeq } = await home.client.sessions.rollback.mutate({
      sessionId,
      toSeq: dealtAt,
      commandId: 'back',
    });
    await Promise.all([homeSession.arrived(lastSeq), awaySession.arrived(lastSeq)]);
    expect(new Set(handOf(homeSession, 'home'))).toEqual(new Set(hand));
    expect(viewOf(awaySession).toPlay).toBe('home');
    expect(homeSession.transcript.at(-1)).toMatchObject({ kind: 'rolled_back', data: { toSeq: dealtAt } });
    expect(homeSession.transcript.map(({ seq }) => seq)).toEqual(
      Array.from({ length: lastSeq }, (_none, index) => index + 1),
    );
  });
});
