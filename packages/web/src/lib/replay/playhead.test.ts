import { describe, expect, it } from 'vitest';
import { Playhead, type Track } from './playhead.svelte.ts';
import type { Step } from './step.ts';
import { eventsUpTo, ManualScheduler } from './testing.ts';

/** Every event has words, so that each step takes a second or so at reading pace. */
function trackOf(lastSeq: number, { loaded = lastSeq, isOver = true } = {}) {
  const steps = eventsUpTo(10_000).map((event): Step => ({
    event: { ...event, content: '', at: new Date(event.seq * 1000).toISOString() },
    view: null,
    turns: 1,
    status: 'active',
    runtimeMs: 0,
  }));
  const track = { lastSeq, loaded, isOver, ensured: [] as number[] };
  return Object.assign(track, {
    at: (seq: number) => (seq <= track.loaded ? (steps[seq - 1] ?? null) : null),
    ensure: (seq: number) => void track.ensured.push(seq),
  }) satisfies Track;
}

function playheadOn(track: Track, at = 1) {
  const scheduler = new ManualScheduler();
  let endings = 0;
  const playhead = new Playhead(track, scheduler, { at, ended: () => void (endings += 1) });
  return { scheduler, playhead, endings: () => endings };
}

describe('The playhead', () => {
  it('stays within the session', () => {
    const { playhead } = playheadOn(trackOf(8), 99);
    expect(playhead.at).toBe(8);
    playhead.goTo(-3);
    expect(playhead.at).toBe(1);
    expect(playheadOn(trackOf(0)).playhead.at).toBe(0);
  });

  it('plays step by step to the end, stops there and tells of it once', async () => {
    const { playhead, scheduler, endings } = playheadOn(trackOf(4));
    playhead.play();
    await scheduler.pass(599);
    expect(playhead.at).toBe(1);
    await scheduler.pass(1);
    expect([playhead.at, endings()]).toEqual([2, 0]);
    await scheduler.pass(10_000);
    expect([playhead.at, playhead.isPlaying, endings()]).toEqual([4, false, 1]);
  });

  it('plays at other speeds from the next moment on', async () => {
    const { playhead, scheduler } = playheadOn(trackOf(50));
    playhead.play();
    playhead.speed = 4;
    await scheduler.pass(1_500);
    expect(playhead.at).toBe(11);
    playhead.slower();
    playhead.slower();
    expect(playhead.speed).toBe(1);
    await scheduler.pass(600);
    expect(playhead.at).toBe(12);
    playhead.speed = 'asPlayed';
    playhead.faster();
    expect(playhead.speed).toBe('asPlayed');
    await scheduler.pass(3_000);
    expect(playhead.at).toBe(15);
  });

  it('stands still while it is paused', async () => {
    const { playhead, scheduler } = playheadOn(trackOf(50));
    playhead.play();
    playhead.pause();
    await scheduler.pass(60_000);
    expect(playhead.at).toBe(1);
  });

  it('goes on playing from where it is moved to, and stops for a single step', async () => {
    const { playhead, scheduler } = playheadOn(trackOf(50));
    playhead.play();
    await scheduler.pass(500);
    playhead.goTo(20);
    await scheduler.pass(599);
    expect(playhead.at).toBe(20);
    await scheduler.pass(1);
    expect(playhead.at).toBe(21);
    playhead.stepTo(22);
    await scheduler.pass(60_000);
    expect([playhead.at, playhead.isPlaying]).toEqual([22, false]);
  });

  it('begins anew when it is told to play at the end', async () => {
    const { playhead, scheduler } = playheadOn(trackOf(4), 4);
    playhead.play();
    expect([playhead.at, playhead.isPlaying]).toEqual([1, true]);
    await scheduler.pass(600);
    expect(playhead.at).toBe(2);
  });

  it('waits at the end of a session that goes on, and follows it', async () => {
    const track = trackOf(4, { isOver: false });
    const { playhead, scheduler } = playheadOn(track, 4);
    playhead.play();
    await scheduler.pass(60_000);
    expect([playhead.at, playhead.isPlaying]).toEqual([4, true]);
    track.lastSeq = 6;
    track.loaded = 6;
    playhead.arrived();
    await scheduler.pass(600);
    expect(playhead.at).toBe(5);
    track.isOver = true;
    await scheduler.pass(60_000);
    expect([playhead.at, playhead.isPlaying]).toEqual([6, false]);
  });

  it('waits for what is not loaded', async () => {
    const track = trackOf(400, { loaded: 200 });
    const { playhead, scheduler } = playheadOn(track, 200);
    playhead.play();
    await scheduler.pass(60_000);
    expect(playhead.at).toBe(200);
    track.loaded = 400;
    playhead.arrived();
    await scheduler.pass(600);
    expect(playhead.at).toBe(201);
  });

  it('has loaded what is shown and what is near, before it is needed', () => {
    const track = trackOf(1_000);
    const { playhead } = playheadOn(track);
    playhead.goTo(500);
    expect(track.ensured).toEqual([500, 560, 410]);
  });

  it('loads only where it rests while it is dragged over what is not there', async () => {
    const track = trackOf(5_000, { loaded: 200 });
    const { playhead, scheduler } = playheadOn(track);
    for (const seq of [900, 1_700, 2_600, 4_100]) {
      playhead.goTo(seq);
      await scheduler.pass(40);
    }
    expect([playhead.at, track.ensured]).toEqual([4_100, []]);
    await scheduler.pass(120);
    expect(track.ensured).toEqual([4_100, 4_160, 4_010]);
  });

  it('finds its place when a session begins at last', () => {
    const track = trackOf(0, { isOver: false });
    const { playhead } = playheadOn(track);
    track.lastSeq = 2;
    track.loaded = 2;
    playhead.arrived();
    expect(playhead.at).toBe(1);
  });
});
