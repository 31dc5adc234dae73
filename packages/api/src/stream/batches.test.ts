import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batchesOf, MOST_EVENTS } from './batches.ts';

function event(seq: number, length: number) {
  return {
    sessionId: 's',
    seq,
    eventId: `e${seq}`,
    at: 0,
    turn: 1,
    direction: 'outbound',
    source: 'npc',
    kind: 'message',
    format: 'markdown',
    content: 'x'.repeat(length),
    seat: null,
    command: null,
    data: null,
    audience: null,
    commandId: null,
    receipt: null,
  } as const;
}

describe('batchesOf', () => {
  it('keeps every event, in order, in frames of bearable size', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 40_000 }), { maxLength: 60 }), (lengths) => {
        const events = lengths.map((length, index) => event(index + 1, length));
        const batches = batchesOf(events);
        expect(batches.flat()).toEqual(events);
        for (const batch of batches) {
          expect(batch.length).toBeGreaterThan(0);
          const size = batch.reduce((sum, { content }) => sum + content.length, 0);
          expect(batch.length === 1 || size <= 32_000).toBe(true);
        }
      }),
    );
  });

  it('puts no more than so many into one frame', () => {
    const batches = batchesOf(Array.from({ length: 450 }, (_none, index) => event(index + 1, 0)));
    for (const batch of batches) expect(batch.length).toBeLessThanOrEqual(MOST_EVENTS);
    expect(batches.flat()).toHaveLength(450);
  });
});
