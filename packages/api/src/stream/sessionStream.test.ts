import type { Persisted, SessionEvent, SessionPresent } from '@dcs/engine';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { manualTimers, settled } from '../../test/support/manualTimers.ts';
import { storedEvent } from '../../test/support/storedEvent.ts';
import { createLocalBus } from '../bus/localBus.ts';
import type { SessionFrame } from '../dto.ts';
import type { FrameSink } from './frameSink.ts';
import { createSessionStream } from './sessionStream.ts';
import type { SessionStreamPorts } from './sessionStream.ts';

/** A session whose log a test writes, and whose bus a test may let fail. */
function world() {
  const log: Persisted<SessionEvent>[] = [];
  const timers = manualTimers();
  const bus = createLocalBus(() => undefined);
  let readers = 0;
  let reads = 0;
  const present = (): SessionPresent => ({
    header: {
      sessionId: 's',
      game: 'g',
      gameVersion: '1.0.0',
      ownerId: 'p',
      source: 'test',
      seed: 'seed',
      config: {},
      stoppingConditions: [],
      cast: {},
      seats: {},
      createdAt: 0,
      parent: null,
      commandId: 'c',
    },
    status: 'active',
    seats,
    opened: true,
    turns: 1,
    lastSeq: log.length,
    exited: false,
    exitReason: null,
    endedAt: null,
    runtimeMs: 0,
    measuredAt: 0,
    maxTurns: null,
    maxRuntimeSeconds: null,
    feedback: [],
    held: null,
    view: () => ({ lastSeq: log.length }),
  });
  let isAtHand = true;
  const manager: SessionStreamPorts['manager'] = {
    distrust: async () => undefined,
    present: async () => present(),
    presentInMemory: () => (isAtHand ? present() : null),
  };
  const seats = { pc: { kind: 'player', playerId: 'p' } } as const;
  const resynced: number[] = [];
  const stream = createSessionStream({
    manager,
    log: {
      read: async (_sessionId, afterSeq, limit) => {
        reads += 1;
        return log.slice(afterSeq, afterSeq + limit);
      },
    },
    bus,
    live: { arrive: () => () => undefined },
    clock: timers.clock,
    timers,
    meter: {
      reader: (change) => void (readers += change),
      frame: () => undefined,
      resumed: () => undefined,
      resynced: () => void resynced.push(log.length),
      dropped: () => undefined,
    },
    games: { find: () => null, entries: [], played: () => null },
    labels: { of: async () => null },
    model: { id: 'm', scripted: true },
  });

  function append(count: number, options: { readonly heard: boolean }): void {
    const events = Array.from({ length: count }, (_none, index) => storedEvent(log.length + index + 1));
    log.push(...events);
    if (options.heard) bus.publish('s', events);
  }

  function follow(lastEventId: string | null = null) {
    const frames: SessionFrame[] = [];
    const ids: string[] = [];
    const failures: unknown[] = [];
    let hasRoom = true;
    let gaveWay = Promise.withResolvers<boolean>();
    const sink: FrameSink = {
      take: ({ id, shared }) => {
        frames.push(shared.frame);
        ids.push(id);
      },
      get hasRoom() {
        return hasRoom;
      },
      room: () => gaveWay.promise,
      fail: (error) => void failures.push(error),
    };
    const principal = { playerId: 'p', role: 'player', keyId: 'k', anonymous: false } as const;
    const stop = stream.open({ principal, sessionId: 's', lastEventId }).follow(sink);
    const seqs = (): number[] =>
      frames.flatMap((frame) => (frame.type === 'events' ? frame.events.map(({ seq }) => seq) : []));
    const stall = (): void => {
      hasRoom = false;
      gaveWay = Promise.withResolvers();
    };
    /** The reader reads again, or (`false`) is given up. */
    const goOn = (reads = true): void => {
      hasRoom = reads;
      gaveWay.resolve(reads);
    };
    return { frames, ids, failures, seqs, stop, stall, goOn };
  }

  return {
    append,
    follow,
    bus,
    timers,
    log,
    resynced,
    putAway: () => (isAtHand = false),
    readers: () => readers,
    reads: () => reads,
  };
}

const upTo = (last: number): readonly number[] => Array.from({ length: last }, (_none, index) => index + 1);

describe('a stream whose bus cannot be trusted', () => {
  it('delivers everything once and in order, whatever the bus loses, as soon as it hears anything', async () => {
    const step = fc.record({
      count: fc.integer({ min: 1, max: 250 }),
      heard: fc.boolean(),
      atOnce: fc.boolean(),
    });
    const steps = fc.array(step, { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(steps, fc.integer({ min: 0, max: 300 }), async (happenings, before) => {
        const { append, follow, log } = world();
        if (before > 0) append(before, { heard: false });
        const reader = follow();
        for (const happening of happenings) {
          append(happening.count, happening);
          if (!happening.atOnce) await settled();
        }
        append(1, { heard: true });
        await settled();
        await settled();
        reader.stop();
        expect(reader.seqs()).toEqual(upTo(log.length));
      }),
      { numRuns: 40 },
    );
  });

  it('hears each event once though the bus repeats itself', async () => {
    const { append, follow, bus, log } = world();
    const reader = follow();
    await settled();
    append(3, { heard: true });
    bus.publish('s', log.slice(0, 2));
    bus.publish('s', log);
    await settled();
    reader.stop();
    expect(reader.seqs()).toEqual([1, 2, 3]);
  });

  it('misses nothing that happens between attaching and reading the log', async () => {
    const { append, follow } = world();
    const reader = follow();
    append(2, { heard: true });
    await settled();
    append(1, { heard: true });
    await settled();
    reader.stop();
    expect(reader.seqs()).toEqual([1, 2, 3]);
  });

  it('reads a burst beyond its queue from the log, and sends the present anew', async () => {
    const { append, follow } = world();
    const reader = follow();
    await settled();
    for (let burst = 0; burst < 30; burst += 1) append(100, { heard: true });
    await settled();
    await settled();
    reader.stop();
    expect(reader.seqs()).toEqual(upTo(3_000));
    expect(reader.frames.filter(({ type }) => type === 'meta').length).toBeGreaterThanOrEqual(2);
  });
});

describe('a reader that does not keep up', () => {
  it('is handed nothing while it has no room, and then everything it missed, once', async () => {
    const { append, follow, log } = world();
    const reader = follow();
    await settled();
    append(2, { heard: true });
    await settled();
    reader.stall();
    append(3, { heard: true });
    await settled();
    append(600, { heard: true });
    append(40, { heard: true });
    await settled();
    expect(reader.seqs()).toEqual([1, 2]);
    reader.goOn();
    await settled();
    await settled();
    append(1, { heard: true });
    await settled();
    expect(reader.seqs()).toEqual(upTo(log.length));
    reader.stop();
  });

  it('costs another reader of the same session nothing', async () => {
    const { append, follow } = world();
    const [slow, quick] = [follow(), follow()];
    await settled();
    slow.stall();
    for (let round = 0; round < 30; round += 1) {
      append(40, { heard: true });
      await settled();
      expect(quick.seqs()).toEqual(upTo((round + 1) * 40));
    }
    expect(slow.seqs()).toEqual([]);
    slow.stop();
    quick.stop();
  });

  it('is told that it is too slow when it is given up, and that it may come back', async () => {
    const { append, follow, readers } = world();
    const reader = follow();
    await settled();
    reader.stall();
    append(1, { heard: true });
    await settled();
    reader.goOn(false);
    await settled();
    expect(reader.failures).toMatchObject([{ reason: 'stream/too-slow', retryable: true }]);
    expect(readers()).toBe(0);
  });

  it('goes on from where it was when it comes back', async () => {
    const { append, follow } = world();
    append(5, { heard: false });
    const reader = follow('3');
    await settled();
    append(1, { heard: true });
    await settled();
    expect(reader.seqs()).toEqual([4, 5, 6]);
    expect(reader.ids.at(-1)).toBe('6');
    reader.stop();
  });

  it('costs no read of the log when it has everything already', async () => {
    const { append, follow, reads } = world();
    append(5, { heard: false });
    const reader = follow('5');
    await settled();
    expect(reads()).toBe(0);
    append(2, { heard: true });
    await settled();
    expect(reader.seqs()).toEqual([6, 7]);
    reader.stop();
  });

  it('refuses a place that the log has not reached, and one that is no place', async () => {
    const { append, follow, readers } = world();
    append(2, { heard: false });
    const [ahead, odd] = [follow('3'), follow('two')];
    await settled();
    expect(ahead.failures).toMatchObject([{ reason: 'stream/cursor-ahead' }]);
    expect(odd.failures).toMatchObject([{ reason: 'stream/invalid-cursor' }]);
    expect(readers()).toBe(0);
  });

  it('leaves nothing behind when it stops, at whatever moment', async () => {
    const { append, follow, bus, readers } = world();
    append(900, { heard: false });
    for (let moment = 0; moment < 12; moment += 1) {
      const reader = follow();
      for (let step = 0; step < moment; step += 1) await Promise.resolve();
      reader.stop();
      reader.stop();
    }
    await settled();
    expect([bus.listeners, readers()]).toEqual([0, 0]);
  });
});

describe('a session whose present is not at hand', () => {
  it('is read from the log whenever something is heard of it', async () => {
    const { append, follow, putAway, log } = world();
    const reader = follow();
    await settled();
    putAway();
    append(3, { heard: true });
    await settled();
    append(300, { heard: false });
    append(1, { heard: true });
    await settled();
    await settled();
    expect(reader.seqs()).toEqual(upTo(log.length));
    reader.stop();
  });
});

describe('the phases of a turn', () => {
  const phase = (name: 'started' | 'writing' | 'ended') =>
    ({ type: 'turn', turn: 1, phase: name, turns: 0, exited: false, exitReason: null }) as const;

  it('are told while they last; one that is over already is left out, start and end never are', async () => {
    const { append, follow, bus } = world();
    const reader = follow();
    await settled();
    bus.signal('s', phase('started'));
    append(1, { heard: true });
    bus.signal('s', phase('writing'));
    append(1, { heard: true });
    bus.signal('s', phase('ended'));
    bus.signal('s', phase('started'));
    await settled();
    const told = reader.frames.flatMap((frame) => (frame.type === 'turn' ? [frame.phase] : []));
    expect(told).toEqual(['started', 'ended', 'started']);
    expect(reader.seqs()).toEqual([1, 2]);
    reader.stop();
  });
});

describe('text that is being written', () => {
  it('goes out about ten times a second, the latest wins, and none comes after its event', async () => {
    const { append, follow, bus, timers } = world();
    const reader = follow();
    await settled();
    for (let word = 1; word <= 50; word += 1) {
      bus.signal('s', { type: 'draft', turn: 1, text: 'la '.repeat(word) });
      timers.advance(10);
      await settled();
    }
    const before = reader.frames.filter(({ type }) => type === 'draft').length;
    expect(before).toBeGreaterThanOrEqual(4);
    expect(before).toBeLessThanOrEqual(6);
    bus.signal('s', { type: 'draft', turn: 1, text: 'the end' });
    append(1, { heard: true });
    timers.advance(1_000);
    await settled();
    reader.stop();
    expect(reader.frames.at(-1)).toMatchObject({ type: 'events' });
  });
});

describe('the game’s picture', () => {
  it('comes with the events that it shows, and not with older ones', async () => {
    const { append, follow } = world();
    append(450, { heard: false });
    const reader = follow();
    await settled();
    reader.stop();
    const views = reader.frames.flatMap((frame) => (frame.type === 'events' ? [frame.view] : []));
    expect(views.slice(0, -1).every((view) => view === undefined)).toBe(true);
    expect(views.at(-1)).toEqual({ lastSeq: 450 });
  });
});
