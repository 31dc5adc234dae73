import { describe, expect, it } from 'vitest';
import { pageStart, Steps } from './steps.svelte.ts';
import { FakeSession, settled } from './testing.ts';

function stepsOf(session: FakeSession, at = 1): Steps {
  const steps = new Steps(session.reconstruction(pageStart(at) - 1), () => undefined);
  steps.connect(session.link);
  return steps;
}

describe('The steps of a session', () => {
  it('are there as far as they were sent with the page', () => {
    const session = new FakeSession(450);
    const steps = stepsOf(session);
    expect([steps.lastSeq, steps.at(1)?.event.seq, steps.at(200)?.event.seq]).toEqual([450, 1, 200]);
    expect(steps.at(201)).toBeNull();
    expect(session.asked).toEqual([]);
  });

  it('carry the view that holds, also where the wire left it out', () => {
    const steps = stepsOf(new FakeSession(12));
    expect([1, 4, 5, 9, 10].map((seq) => steps.at(seq)?.view)).toEqual([
      { turns: 0 },
      { turns: 0 },
      { turns: 1 },
      { turns: 1 },
      { turns: 2 },
    ]);
    expect(steps.at(4)?.view).toBe(steps.at(1)?.view);
  });

  it('are loaded a page at a time, each page once', async () => {
    const session = new FakeSession(450);
    const steps = stepsOf(session);
    steps.ensure(300);
    steps.ensure(201);
    await settled();
    steps.ensure(400);
    await settled();
    expect(session.asked).toEqual([200]);
    expect(steps.at(400)?.event.seq).toBe(400);
    expect(steps.between(390, 450).map(({ event }) => event.seq)).toEqual([]);
  });

  it('know what was before the first of a page', () => {
    const steps = stepsOf(new FakeSession(450), 201);
    expect(steps.at(200)).toBeNull();
    expect(steps.before(201)).toMatchObject({ view: { turns: 40 } });
    expect(steps.before(202)).toMatchObject({ runtimeMs: 201_000 });
  });

  it('end where a page is missing', async () => {
    const steps = stepsOf(new FakeSession(450), 250);
    expect(steps.between(190, 202).map(({ event }) => event.seq)).toEqual([201, 202]);
    steps.ensure(190);
    await settled();
    expect(steps.between(199, 202).map(({ event }) => event.seq)).toEqual([199, 200, 201, 202]);
  });

  it('say why they are missing, and are asked for again when somebody wants that', async () => {
    const session = new FakeSession(450);
    const steps = stepsOf(session);
    session.failure = 'The database does not answer.';
    steps.ensure(201);
    await settled();
    steps.ensure(202);
    await settled();
    expect(steps.problem).toMatchObject({ message: 'The database does not answer.' });
    expect(session.asked).toEqual([200]);
    session.failure = null;
    steps.retry();
    await settled();
    expect([steps.problem, steps.at(202)?.event.seq]).toEqual([null, 202]);
  });

  it('grow with a session that goes on', async () => {
    const session = new FakeSession(203, false);
    const steps = stepsOf(session, 203);
    expect(steps.isOver).toBe(false);
    session.events = new FakeSession(405).events;
    session.isOver = true;
    await steps.lookForMore();
    expect([steps.lastSeq, steps.at(204)]).toEqual([405, null]);
    steps.ensure(204);
    await settled();
    expect(session.asked).toEqual([203]);
    expect([steps.at(400)?.event.seq, steps.at(401), steps.isOver]).toEqual([400, null, true]);
    steps.ensure(401);
    await settled();
    expect(steps.between(1, 405)).toHaveLength(205);
  });

  it('are not asked for again and again when the server has none', async () => {
    const session = new FakeSession(10, false);
    const steps = stepsOf(session);
    const link = { ...session.link, extent: () => Promise.resolve({ ok: true as const, lastSeq: 12 }) };
    steps.connect(link);
    await steps.lookForMore();
    steps.ensure(11);
    await settled();
    expect(session.asked).toEqual([10]);
  });

  it('mark where turns begin', async () => {
    const steps = stepsOf(new FakeSession(210), 205);
    expect(steps.turnStarts).toEqual([206]);
    steps.ensure(1);
    await settled();
    expect(steps.turnStarts).toHaveLength(42);
    expect(steps.turnStarts.slice(0, 3)).toEqual([1, 6, 11]);
  });

  it('name the whole state where a stretch ended', () => {
    const steps = stepsOf(new FakeSession(12));
    expect([steps.hashAt(12), steps.hashAt(11)]).toEqual(['hash-12', null]);
  });
});
