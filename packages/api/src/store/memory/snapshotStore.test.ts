import { describe, expect, it } from 'vitest';
import { createMemorySnapshotStore } from './snapshotStore.ts';

const snapshot = (sessionId: string, text = '') => {
  return { sessionId, seq: 1, schemaVersion: 1, fold: 'f', core: {}, game: text, replies: [] };
};

describe('snapshots in memory', () => {
  it('never take more room than they may: those go that have been kept longest', async () => {
    const store = createMemorySnapshotStore(1_000);
    for (let index = 0; index < 100; index += 1) await store.put(snapshot(`s${index}`));
    expect(await store.has('s0')).toBe(false);
    expect(await store.has('s99')).toBe(true);
    await store.put(snapshot('s98', 'x'.repeat(880)));
    expect(await store.has('s98')).toBe(true);
    expect(await store.has('s97')).toBe(false);
  });

  it('may be too large to be kept at all', async () => {
    const store = createMemorySnapshotStore(1_000);
    await store.put(snapshot('small'));
    await store.put(snapshot('large', 'x'.repeat(2_000)));
    expect(await store.has('large')).toBe(false);
  });
});
