import { cardDuel, cardDuelFile } from '@dcs/engine/testing';
import { describe, expect, it } from 'vitest';
import { newCommandId } from '../src/client/index.ts';
import type { DcsClient, ReconstructionDto, StepDto } from '../src/client/index.ts';
import { refusalOf, testApp } from './support/testApp.ts';
import type { TestApp } from './support/testApp.ts';

const duelApp = (): Promise<TestApp> => testApp({ moreGames: [{ game: cardDuel, file: cardDuelFile }] });

/** A duel with one card played by each side; both look on through their own clients. */
async function duel(app: TestApp) {
  const home = await app.player('Home');
  const away = await app.player('Away');
  const { sessionId } = await home.client.play.create.mutate({ game: 'card-duel' });
  await away.client.play.takeSeat.mutate({ sessionId, seat: 'away', commandId: newCommandId() });
  await home.client.play.open.mutate({ sessionId });
  for (const { client } of [home, away]) {
    const { view } = await client.sessions.get.query({ sessionId });
    const card = Number(/\[(\d)/.exec(JSON.stringify(view))?.[1]);
    await client.play.act.mutate({ sessionId, commandId: newCommandId(), action: { type: 'play', card } });
  }
  return { home, away, sessionId };
}

async function wholePast(client: DcsClient, sessionId: string, limit: number) {
  const pages: ReconstructionDto[] = [];
  for (let afterSeq = 0; ; afterSeq = pages.at(-1)?.steps.at(-1)?.event.seq ?? afterSeq) {
    const page = await client.sessions.reconstruction.query({ sessionId, afterSeq, limit });
    pages.push(page);
    if (!page.hasMore) return pages;
  }
}

/** The view at every step, with what was left out filled in. */
function viewsOf({ start, steps }: ReconstructionDto): readonly unknown[] {
  let view = start.view;
  return steps.map((step) => (view = step.view ?? view));
}

const stepsOf = (pages: readonly ReconstructionDto[]): readonly StepDto[] =>
  pages.flatMap(({ steps }) => steps);

describe('sessions.reconstruction', () => {
  it('tells every event of a session of words with the session just after it', async () => {
    await using app = await testApp();
    const { client } = await app.player();
    const session = await client.play.start({ game: 'explore' });
    await session.act('I wave.');
    await session.close();
    const { sessionId } = session;
    const past = await client.sessions.reconstruction.query({ sessionId });
    const { events } = await client.sessions.transcript.query({ sessionId });
    expect(past.steps.map(({ event }) => event)).toEqual(events);
    expect(past.start).toMatchObject({ turns: 0, status: 'active', runtimeMs: 0 });
    const reply = past.steps.find(({ event }) => event.kind === 'message' && event.source === 'npc');
    expect(reply).toMatchObject({ turns: 1, status: 'active' });
    expect(past.steps.at(-1)).toMatchObject({ turns: 2, status: 'closed' });
    expect(past).toMatchObject({ lastSeq: events.length, hasMore: false, session: { status: 'closed' } });
    expect(viewsOf(past).at(-1)).toEqual((await client.sessions.get.query({ sessionId })).view);
  });

  it('leaves out a view that is as it was', async () => {
    await using app = await testApp();
    const { client } = await app.player();
    const session = await client.play.start({ game: 'explore' });
    const { steps } = await client.sessions.reconstruction.query({ sessionId: session.sessionId });
    const started = steps.find(({ event }) => event.kind === 'session_start');
    expect(started).not.toHaveProperty('view');
    const spoken = steps.find(({ event }) => event.kind === 'message');
    expect(spoken).toHaveProperty('view.opened', true);
  });

  it('says the same in pages of any size, and names the same state at the end', async () => {
    await using app = await duelApp();
    const { home, sessionId } = await duel(app);
    const [whole] = await wholePast(home.client, sessionId, 200);
    if (whole === undefined) throw new Error('There is no page.');
    for (const limit of [1, 2, 5]) {
      const pages = await wholePast(home.client, sessionId, limit);
      expect(pages.every(({ steps }) => steps.length <= limit)).toBe(true);
      expect(stepsOf(pages).map(({ event }) => event)).toEqual(whole.steps.map(({ event }) => event));
      expect(pages.flatMap(viewsOf)).toEqual(viewsOf(whole));
      expect(pages.at(-1)?.stateHash).toBe(whole.stateHash);
    }
    const beyond = await home.client.sessions.reconstruction.query({ sessionId, afterSeq: 10_000 });
    expect(beyond).toMatchObject({ steps: [], hasMore: false, stateHash: whole.stateHash });
    expect(beyond.start.view).toEqual(viewsOf(whole).at(-1));
  });

  it('names another state at every step', async () => {
    await using app = await duelApp();
    const { home, sessionId } = await duel(app);
    const hashes = (await wholePast(home.client, sessionId, 1)).map(({ stateHash }) => stateHash);
    expect(new Set(hashes).size).toBe(hashes.length);
    expect(hashes.every((hash) => /^[0-9a-f]{64}$/.test(hash))).toBe(true);
  });

  it('withholds from each side what was withheld from it while it played', async () => {
    await using app = await duelApp();
    const { home, away, sessionId } = await duel(app);
    for (const [{ client }, own, others] of [
      [home, 'home', 'away'],
      [away, 'away', 'home'],
    ] as const) {
      const past = await client.sessions.reconstruction.query({ sessionId });
      const { events } = await client.sessions.transcript.query({ sessionId });
      expect(past.steps.map(({ event }) => event)).toEqual(events);
      expect(past.steps.some(({ event }) => event.kind === 'withheld')).toBe(true);
      for (const view of viewsOf(past))
        expect(view).toMatchObject({
          hands: { [own]: expect.any(Array), [others]: expect.any(Number) },
        });
    }
  });

  it('keeps what was rolled back, and goes on from the rewound state', async () => {
    await using app = await duelApp();
    const { home, sessionId } = await duel(app);
    const before = await home.client.sessions.reconstruction.query({ sessionId });
    const dealt = before.steps.findLast(({ event }) => event.kind === 'info')?.event.seq ?? 0;
    await home.client.sessions.rollback.mutate({ sessionId, commandId: newCommandId(), toSeq: dealt });
    const past = await home.client.sessions.reconstruction.query({ sessionId });
    const views = viewsOf(past);
    expect(views.slice(0, before.steps.length)).toEqual(viewsOf(before));
    expect(past.steps.at(-1)).toMatchObject({ event: { kind: 'rolled_back' }, turns: 0 });
    expect(views.at(-1)).toEqual(views[dealt - 1]);
  });

  it('is refused to strangers as if the session did not exist, and to nobody in particular', async () => {
    await using app = await duelApp();
    const { sessionId } = await duel(app);
    const stranger = await app.player('Stranger');
    const query = { sessionId };
    expect(await refusalOf(stranger.client.sessions.reconstruction.query(query))).toMatchObject({
      reason: 'session/not-found',
    });
    expect(await refusalOf(app.client().sessions.reconstruction.query(query))).toMatchObject({
      reason: 'auth/required',
    });
  });

  it.each([{ limit: 201 }, { limit: 0 }, { afterSeq: -1 }, { afterSeq: 0.5 }])(
    'refuses %o as a page',
    async (page) => {
      await using app = await testApp();
      const { client } = await app.player();
      const { sessionId } = await client.play.create.mutate({ game: 'explore' });
      const call = client.sessions.reconstruction.query({ sessionId, ...page });
      expect(await refusalOf(call)).toMatchObject({ reason: 'request/invalid' });
    },
  );
});
