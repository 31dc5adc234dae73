import { describe, expect, it } from 'vitest';
import { createCancellation } from './cancellation.ts';

describe('a cancellation', () => {
  it('tells everyone who listens once, and says so to everyone who asks', () => {
    const source = createCancellation();
    const told: string[] = [];
    source.signal.addEventListener('abort', () => told.push('one'));
    source.signal.addEventListener('abort', () => told.push('two'), { once: true });
    expect(source.signal.aborted).toBe(false);
    source.abort();
    source.abort();
    expect(told).toEqual(['one', 'two']);
    expect(source.signal.aborted).toBe(true);
  });

  it('tells nobody who has stopped listening, even if they stop while others are told', () => {
    const source = createCancellation();
    const { signal } = source;
    const told: string[] = [];
    const late = () => told.push('late');
    signal.addEventListener('abort', () => signal.removeEventListener('abort', late));
    signal.addEventListener('abort', late);
    source.abort();
    expect(told).toEqual([]);
  });
});
