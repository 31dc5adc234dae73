import { describe, expect, it } from 'vitest';
import { Replay } from './replay.svelte.ts';
import { pageStart } from './steps.svelte.ts';
import { FakeSession, ManualScheduler, settled } from './testing.ts';

function replayOf(session: FakeSession, at = 1) {
  const scheduler = new ManualScheduler();
  const replay = new Replay(session.reconstruction(pageStart(at) - 1), { at, scheduler });
  return { replay, scheduler, leave: replay.connect(session.link) };
}

const shown = (replay: Replay): readonly number[] => replay.passages.map(({ seq }) => seq);

describe('A replay', () => {
  it('shows the play up to its step and no further', () => {
    const { replay } = replayOf(new FakeSession(20), 4);
    expect(shown(replay)).toEqual([1, 2, 3, 4]);
    replay.act('next');
    expect(shown(replay).at(-1)).toBe(5);
    replay.act('first');
    expect(shown(replay)).toEqual([1]);
  });

  it('keeps few passages on the page, however long the session is, and more for those who ask', async () => {
    const { replay } = replayOf(new FakeSession(5_000), 4_210);
    await settled();
    expect([shown(replay)[0], shown(replay).at(-1), replay.hasEarlier]).toEqual([4_141, 4_210, true]);
    replay.showEarlier();
    await settled();
    expect(shown(replay)[0]).toBe(4_081);
    replay.act('next');
    expect(shown(replay)[0]).toBe(4_141);
  });

  it('goes from turn to turn', () => {
    const { replay } = replayOf(new FakeSession(20), 8);
    const places = (['nextTurn', 'previousTurn', 'previousTurn', 'last', 'nextTurn'] as const).map(
      (action) => {
        replay.act(action);
        return replay.playhead.at;
      },
    );
    expect(places).toEqual([11, 6, 1, 20, 20]);
  });

  it('knows the state before its step, also across pages', async () => {
    const { replay } = replayOf(new FakeSession(450), 201);
    expect(replay.before).toMatchObject({ view: { turns: 40 } });
    await settled();
    replay.act('previous');
    expect([replay.step?.event.seq, replay.before?.runtimeMs]).toEqual([200, 199_000]);
  });

  it('says where it is after a step, and what is there; the scrubber speaks for itself', () => {
    const { replay } = replayOf(new FakeSession(20), 4);
    replay.act('next');
    expect(replay.announcement).toBe('Step 5 of 20. Octopus: line 5');
    replay.act('toggle');
    expect(replay.announcement).toBe('Playing');
    replay.act('toggle');
    expect(replay.announcement).toBe('Paused. Step 5 of 20');
    replay.scrub(9);
    expect([replay.announcement, replay.playhead.at]).toEqual(['', 9]);
  });

  it('says when it has come to the end by itself, and nothing of it to whoever paused it there', async () => {
    const { replay, scheduler } = replayOf(new FakeSession(3));
    replay.act('toggle');
    await scheduler.pass(60_000);
    expect([replay.playhead.isPlaying, replay.announcement]).toEqual([false, 'The end. Step 3 of 3']);
    replay.act('toggle');
    expect(replay.announcement).toBe('Playing');
    replay.scrub(2);
    await scheduler.pass(60_000);
    expect(replay.announcement).toBe('The end. Step 3 of 3');
    replay.act('previous');
    replay.act('toggle');
    replay.act('toggle');
    await scheduler.pass(60_000);
    expect(replay.announcement).toBe('Paused. Step 2 of 3');
  });

  it('says that it is at the end, and not that it plays, where there is one step alone', () => {
    const { replay } = replayOf(new FakeSession(1));
    replay.act('toggle');
    expect(replay.announcement).toBe('The end. Step 1 of 1');
  });

  it('plays over the end of a page without stopping for it', async () => {
    const session = new FakeSession(450);
    const { replay, scheduler } = replayOf(session, 150);
    await settled();
    expect(session.asked).toEqual([200]);
    replay.playhead.speed = 16;
    replay.act('toggle');
    await scheduler.pass(10_000);
    expect(replay.playhead.at).toBeGreaterThan(210);
    expect(session.asked).toEqual([200]);
  });

  it('waits for a page that is slow, and goes on when it is there', async () => {
    const session = new FakeSession(450);
    session.hold();
    const { replay, scheduler } = replayOf(session, 199);
    replay.act('toggle');
    await scheduler.pass(60_000);
    expect([replay.playhead.at, replay.playhead.isPlaying]).toEqual([200, true]);
    await session.release();
    await scheduler.pass(2_000);
    expect(replay.playhead.at).toBeGreaterThan(200);
  });

  it('follows a session that goes on until that is over, and asks no more then', async () => {
    const session = new FakeSession(3, false);
    const { replay, scheduler } = replayOf(session, 3);
    replay.act('toggle');
    await scheduler.pass(9_000);
    expect(replay.steps.lastSeq).toBe(3);
    expect(replay.announcement).toBe('Playing');
    session.events = new FakeSession(5).events;
    session.isOver = true;
    await scheduler.pass(20_000);
    expect([replay.playhead.at, replay.playhead.isPlaying, replay.steps.isOver]).toEqual([5, false, true]);
    expect(replay.announcement).toBe('The end. Step 5 of 5');
    session.events = new FakeSession(9).events;
    await scheduler.pass(60_000);
    expect(replay.steps.lastSeq).toBe(5);
  });

  it('asks for nothing after it has been left', async () => {
    const session = new FakeSession(3, false);
    const { replay, scheduler, leave } = replayOf(session, 3);
    // A question is under way just then.
    session.hold();
    await scheduler.pass(3_000);
    leave();
    await session.release();
    session.events = new FakeSession(5).events;
    await scheduler.pass(60_000);
    expect(replay.steps.lastSeq).toBe(3);
  });

  it('has nothing to show of a session that never began, and begins with it', async () => {
    const session = new FakeSession(0, false);
    const { replay, scheduler } = replayOf(session);
    expect([replay.playhead.at, replay.step]).toEqual([0, null]);
    session.events = new FakeSession(2).events;
    await scheduler.pass(3_000);
    expect([replay.playhead.at, replay.step?.event.seq]).toEqual([1, 1]);
  });
});
