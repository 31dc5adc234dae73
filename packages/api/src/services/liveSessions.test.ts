import type { SessionPresent } from '@dcs/engine';
import { describe, expect, it } from 'vitest';
import { manualTimers, settled } from '../../test/support/manualTimers.ts';
import { createLiveSessions } from './liveSessions.ts';

const LIMIT_SECONDS = 600;

/** A session with a clock, as far as presence can tell. */
function world() {
  const timers = manualTimers();
  const deeds: string[] = [];
  const state = { status: 'active' as SessionPresent['status'], playedMs: 0, since: timers.clock.now() };
  const faults: unknown[] = [];

  const runtimeMs = (): number =>
    state.playedMs + (state.status === 'active' ? timers.clock.now() - state.since : 0);

  const manager = {
    pause: async () => {
      deeds.push('pause');
      state.playedMs = runtimeMs();
      state.status = 'paused';
    },
    resume: async () => {
      deeds.push('resume');
      if (state.status === 'paused') Object.assign(state, { status: 'active', since: timers.clock.now() });
    },
    checkLimits: async () => {
      deeds.push('checkLimits');
      if (runtimeMs() >= LIMIT_SECONDS * 1000) state.status = 'closed';
    },
    present: async () => ({
      status: state.status,
      opened: true,
      exited: state.status === 'closed',
      maxRuntimeSeconds: LIMIT_SECONDS,
      runtimeMs: runtimeMs(),
    }),
  };
  const live = createLiveSessions({
    manager,
    timers,
    graceMs: 20_000,
    mostPerOwner: 2,
    onFault: (fault) => faults.push(fault),
  });
  return { timers, deeds, state, live, manager, faults };
}

describe('the table', () => {
  it('stops a session’s clock when its last player has been gone for the grace period, and not before', async () => {
    const { live, timers, deeds } = world();
    const leaveFirst = live.arrive('s', 'p');
    const leaveSecond = live.arrive('s', 'p');
    leaveFirst();
    timers.advance(60_000);
    await settled();
    expect(deeds).not.toContain('pause');
    leaveSecond();
    timers.advance(19_999);
    await settled();
    expect(deeds).not.toContain('pause');
    timers.advance(1);
    await settled();
    expect(deeds.filter((deed) => deed === 'pause')).toHaveLength(1);
  });

  it('does not stop the clock for a reload', async () => {
    const { live, timers, deeds } = world();
    live.arrive('s', 'p')();
    timers.advance(10_000);
    live.arrive('s', 'p');
    timers.advance(60_000);
    await settled();
    expect(deeds).not.toContain('pause');
  });

  it('gives a program that only acts the same grace after each act', async () => {
    const { live, timers, deeds } = world();
    live.touch('s', 'p');
    timers.advance(15_000);
    live.touch('s', 'p');
    timers.advance(15_000);
    await settled();
    expect(deeds).not.toContain('pause');
    timers.advance(5_000);
    await settled();
    expect(deeds).toContain('pause');
  });

  it('takes whoever waits for an answer for present, until they have it or have gone', async () => {
    const { live, timers, deeds } = world();
    live.touch('s', 'p');
    const leave = live.wait('s');
    timers.advance(60_000);
    await settled();
    expect(deeds).not.toContain('pause');
    leave();
    leave();
    timers.advance(20_000);
    await settled();
    expect(deeds.filter((deed) => deed === 'pause')).toHaveLength(1);
    live.wait('nowhere')();
    expect(live.has('nowhere')).toBe(false);
  });

  it('ends a session when its time is up though nobody acts', async () => {
    const { live, timers, state } = world();
    live.arrive('s', 'p');
    await settled();
    timers.advance(LIMIT_SECONDS * 1000 - 1);
    await settled();
    expect(state.status).toBe('active');
    timers.advance(100);
    await settled();
    expect(state.status).toBe('closed');
    expect(live.has('s')).toBe(false);
  });

  it('does not count a pause against the time', async () => {
    const { live, timers, state } = world();
    const leave = live.arrive('s', 'p');
    await settled();
    timers.advance(300_000);
    leave();
    timers.advance(20_000);
    await settled();
    expect(state.status).toBe('paused');
    timers.advance(10_000_000);
    await settled();
    live.arrive('s', 'p');
    await settled();
    timers.advance(270_000);
    await settled();
    expect(state.status).toBe('active');
    timers.advance(20_000);
    await settled();
    expect(state.status).toBe('closed');
  });

  it('counts the sessions of a player that are being played', async () => {
    const { live, timers } = world();
    live.arrive('a', 'p');
    live.touch('b', 'p');
    live.touch('c', 'q');
    expect([live.countOf('p'), live.countOf('q'), live.countOf('r')]).toEqual([2, 1, 0]);
    live.ended('a');
    timers.advance(20_000);
    await settled();
    expect([live.countOf('p'), live.countOf('q')]).toEqual([0, 0]);
  });

  it('has room for as many sessions of a player as are allowed; who follows one more only looks on', async () => {
    const { live, deeds } = world();
    live.touch('a', 'p');
    live.touch('b', 'p');
    await settled();
    expect([live.hasRoom('a', 'p'), live.hasRoom('c', 'p'), live.hasRoom('c', 'q')]).toEqual([
      true,
      false,
      true,
    ]);
    const leave = live.arrive('c', 'p');
    await settled();
    expect(deeds).not.toContain('resume');
    expect(live.has('c')).toBe(false);
    leave();
    expect(live.countOf('p')).toBe(2);
    live.ended('a');
    expect(live.hasRoom('c', 'p')).toBe(true);
  });

  it('leaves no timer behind', async () => {
    const { live, timers } = world();
    live.arrive('a', 'p');
    live.touch('b', 'p');
    await settled();
    live.stop();
    expect(timers.pending).toBe(0);
  });

  it('reports a fault of the store instead of letting it fall', async () => {
    const { live, manager, faults } = world();
    manager.resume = () => Promise.reject(new Error('gone'));
    live.arrive('s', 'p');
    await settled();
    expect(faults).toHaveLength(1);
  });
});
