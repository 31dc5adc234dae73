import { describe, expect, it } from 'vitest';
import { settled } from '../../test/support/manualTimers.ts';
import { iterateFrames } from './frameIterator.ts';
import type { FrameSink } from './frameSink.ts';
import { SharedFrame } from './sharedFrame.ts';

function world() {
  let sink: FrameSink | null = null;
  let stops = 0;
  const source = {
    follow: (given: FrameSink) => {
      sink = given;
      return () => void (stops += 1);
    },
  };
  const controller = new AbortController();
  const frames = iterateFrames(source, controller.signal);
  const sinkOf = (): FrameSink => {
    if (sink === null) throw new Error('Nobody follows yet.');
    return sink;
  };
  const give = (count: number): void => {
    for (let index = 0; index < count; index += 1)
      sinkOf().take({ id: String(index), shared: new SharedFrame({ type: 'draft', turn: 1, text: 'x' }) });
  };
  return { frames, controller, sinkOf, give, stops: () => stops };
}

describe('frames that are asked for one at a time', () => {
  it('come in order, those that are there at once, the others when they come', async () => {
    const { frames, give } = world();
    const first = frames.next();
    await settled();
    give(2);
    expect((await first).value?.id).toBe('0');
    expect((await frames.next()).value?.id).toBe('1');
    const next = frames.next();
    await settled();
    give(1);
    expect((await next).value?.id).toBe('0');
    await frames.return();
  });

  it('have no room while many wait, and room again when they are asked for', async () => {
    const { frames, give, sinkOf } = world();
    const first = frames.next();
    await settled();
    give(1);
    await first;
    give(64);
    expect(sinkOf().hasRoom).toBe(false);
    const room = sinkOf().room();
    await frames.next();
    expect([await room, sinkOf().hasRoom]).toEqual([true, true]);
    await frames.return();
  });

  it('end with the failure, after what came before it', async () => {
    const { frames, give, sinkOf } = world();
    const first = frames.next();
    await settled();
    give(2);
    sinkOf().fail(new Error('over'));
    await first;
    await frames.next();
    await expect(frames.next()).rejects.toThrow('over');
  });

  it('end when the reader has gone, and nobody follows any more', async () => {
    const { frames, controller, stops } = world();
    const first = frames.next();
    await settled();
    controller.abort();
    expect((await first).done).toBe(true);
    expect(stops()).toBe(1);
  });

  it('let whoever waits for room know that the reader has gone', async () => {
    const { frames, controller, give, sinkOf } = world();
    const first = frames.next();
    await settled();
    give(1);
    await first;
    const room = sinkOf().room();
    const rest = frames.next();
    controller.abort();
    await rest;
    expect(await room).toBe(false);
  });
});
