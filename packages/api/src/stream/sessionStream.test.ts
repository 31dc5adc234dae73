import type { Persisted, SessionEvent, SessionManager, SessionPresent } from '@dcs/engine';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { manualTimers, settled } from '../../test/support/manualTimers.ts';
import { storedEvent } from '../../test/support/storedEvent.ts';
import { createLocalBus } from '../bus/localBus.ts';
import type { SessionFrame } from '../dto.ts';
import { createSessionStream } from './sessionStream.ts';

/** A session whose log a test writes, and whose bus a test may let fail. */
function world() {
  const log: Persisted<SessionEvent>[] = [];
  const timers = manualTimers();
  const bus = createLocalBus(() => undefined);
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
    seats: { pc: { kind: 'player', playerId: 'p' } },
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
    view: () => ({ lastSeq: log.length }),
  });
  const manager: Pick<SessionManager, 'present'> = { present: async () => present() };
  const stream = createSessionStream({
    manager,
    log: {
      append: async () => [],
      read: async (_sessionId, afterSeq, limit) => log.slice(afterSeq, afterSeq + limit),
    },
    bus,
    live: { arrive: () => () => undefined },
    clock: timers.clock,
    timers,
    meter: { reader: () => undefined, frame: () => undefined },
    games: { find: () => null, entries: [] },
    labels: { of: async () => null },
    model: { id: 'm', scripted: true },
  });

  function append(count: number, options: { readonly heard: boolean }): void {
    const events = Array.from({ length: count }, (_none, index) => storedEvent(log.length + index + 1));
    log.push(...events);
    if (options.heard) bus.publish('s', events);
  }

  function follow(lastEventId: string | null = null) {
    const controller = new AbortController();
    const frames: SessionFrame[] = [];
    const ended = (async () => {
      const reader = { signal: controller.signal, backpressure: null };
      const principal = { playerId: 'p', role: 'player', keyId: 'k' } as const;
      for await (const { frame } of stream.follow({ principal, sessionId: 's', lastEventId, reader })) {
        frames.push(frame);
      }
    })();
    const seqs = (): number[] =>
      frames.flatMap((frame) => (frame.type === 'events' ? frame.events.map(({ seq }) => seq) : []));
    const stop = async (): Promise<void> => {
      controller.abort();
      await ended;
    };
    return { frames, seqs, stop };
  }

  return { append, follow, bus, timers, log };
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
        await reader.stop();
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
    await reader.stop();
    expect(reader.seqs()).toEqual([1, 2, 3]);
  });

  it('misses nothing that happens between attaching and reading the log', async () => {
    const { append, follow } = world();
    const reader = follow();
    append(2, { heard: true });
    await settled();
    append(1, { heard: true });
    await settled();
    await reader.stop();
    expect(reader.seqs()).toEqual([1, 2, 3]);
  });

  it('reads a burst beyond its queue from the log, and sends the present anew', async () => {
    const { append, follow } = world();
    const reader = follow();
    await settled();
    for (let burst = 0; burst < 20; burst += 1) append(100, { heard: true });
    await settled();
    await settled();
    await reader.stop();
    expect(reader.seqs()).toEqual(upTo(2_000));
    expect(reader.frames.filter(({ type }) => type === 'meta').length).toBeGreaterThanOrEqual(2);
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
    await reader.stop();
    expect(reader.frames.at(-1)).toMatchObject({ type: 'events' });
  });
});

describe('the game’s picture', () => {
  it('comes with the events that it shows, and not with older ones', async () => {
    const { append, follow } = world();
    append(450, { heard: false });
    const reader = follow();
    await settled();
    await reader.stop();
    const views = reader.frames.flatMap((frame) => (frame.type === 'events' ? [frame.view] : []));
    expect(views.slice(0, -1).every((view) => view === undefined)).toBe(true);
    expect(views.at(-1)).toEqual({ lastSeq: 450 });
  });
});
