import { LogFull, SequenceConflict } from '@dcs/engine';
import type { SessionEvent } from '@dcs/engine';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleEvent, sampleRun } from './contract/samples.ts';
import { createGroupCommit, UNMETERED } from './groupCommit.ts';
import type { BatchWriter, GroupCommitOptions } from './groupCommit.ts';

class Passing extends Error {}

const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Decides over the next batch: to write it, to fail before it, after it, or after so many of its events. */
type Fate = 'write' | 'fail-before' | 'lose-reply' | { readonly cutAfter: number };

/** A log that stops an ordered batch where a number is taken, as the database does. */
function world(options: Partial<GroupCommitOptions> = {}) {
  const log = new Map<string, SessionEvent[]>();
  const written = new Set<SessionEvent>();
  const batches: number[] = [];
  const fates: Fate[] = [];
  let hold: Promise<void> = Promise.resolve();
  const store = (event: SessionEvent): boolean => {
    const events = log.get(event.sessionId) ?? [];
    if (event.seq !== events.length + 1) return false;
    log.set(event.sessionId, [...events, event]);
    written.add(event);
    return true;
  };
  const writer: BatchWriter<SessionEvent> = {
    prepare: (event) => event,
    write: async (documents, { isRepeat }) => {
      await hold;
      batches.push(documents.length);
      const fate = fates.shift() ?? 'write';
      if (fate === 'fail-before') throw new Passing('Nothing was written.');
      const most = typeof fate === 'object' ? fate.cutAfter : Number.POSITIVE_INFINITY;
      for (const [index, event] of documents.entries()) {
        if (index >= most) throw new Passing('The line was cut.');
        if (isRepeat && written.has(event)) continue;
        if (!store(event)) {
          return { index, error: ({ sessionId, seq }) => new SequenceConflict(sessionId, seq) };
        }
      }
      if (fate !== 'write') throw new Passing('The reply was lost.');
      return null;
    },
    isPassing: (fault) => fault instanceof Passing,
  };
  const commits = createGroupCommit(writer, {
    mostPerBatch: 100,
    mostWaiting: 1_000,
    attempts: 2,
    meter: UNMETERED,
    now: () => 0,
    wait: nextTurn,
    ...options,
  });
  const seqs = (sessionId: string): number[] => (log.get(sessionId) ?? []).map(({ seq }) => seq);
  const outcome = (events: readonly SessionEvent[]): Promise<string> =>
    commits.append(events).then(
      () => 'durable',
      (fault: unknown) => (fault instanceof Error ? fault.constructor.name : 'nothing'),
    );
  const holdUp = (): (() => void) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    hold = promise;
    return resolve;
  };
  return { commits, batches, fates, seqs, outcome, holdUp, store };
}

describe('a group commit', () => {
  it('writes what many sessions append within a moment in one batch', async () => {
    const { outcome, batches, seqs } = world();
    const outcomes = await Promise.all(['a', 'b', 'c'].map((id) => outcome(sampleRun(id, 1, 2))));
    expect(outcomes).toEqual(['durable', 'durable', 'durable']);
    expect(batches).toEqual([6]);
    expect(seqs('b')).toEqual([1, 2]);
  });

  it('gathers the next batch while one is on its way', async () => {
    const { outcome, batches, holdUp } = world();
    const release = holdUp();
    const first = outcome(sampleRun('a', 1, 1));
    await nextTurn();
    await nextTurn();
    const others = ['b', 'c'].map((id) => outcome(sampleRun(id, 1, 1)));
    release();
    expect(await Promise.all([first, ...others])).toEqual(['durable', 'durable', 'durable']);
    expect(batches).toEqual([1, 2]);
  });

  it('gathers a little longer among many, and at once again when they have gone', async () => {
    let time = 1_000;
    const waits: number[] = [];
    const { outcome } = world({
      now: () => (time += 6),
      wait: (ms) => {
        waits.push(ms);
        return nextTurn();
      },
    });
    const crowd = () =>
      Promise.all(Array.from({ length: 20 }, (_, index) => outcome(sampleRun(`${time}-${index}`, 1, 1))));
    await crowd();
    await outcome(sampleRun('among many', 1, 1));
    await outcome(sampleRun('alone', 1, 1));
    await crowd();
    time += 60_000;
    await outcome(sampleRun('much later', 1, 1));
    expect(waits).toEqual([0, 3, 0, 0, 0]);
  });

  it('says that something is durable only after its batch is', async () => {
    const { outcome, holdUp } = world();
    const release = holdUp();
    let isDurable = false;
    const appended = outcome(sampleRun('a', 1, 1)).then(() => (isDurable = true));
    await nextTurn();
    await nextTurn();
    expect(isDurable).toBe(false);
    release();
    await appended;
  });

  it('refuses the session whose number is taken, and writes all the others', async () => {
    const { outcome, store, seqs } = world();
    store(sampleEvent('b', 1));
    const outcomes = await Promise.all(['a', 'b', 'c'].map((id) => outcome(sampleRun(id, 1, 2))));
    expect(outcomes).toEqual(['durable', 'SequenceConflict', 'durable']);
    expect([seqs('a'), seqs('b'), seqs('c')]).toEqual([[1, 2], [1], [1, 2]]);
  });

  it('refuses with an append whatever of the same session stands behind it', async () => {
    const { outcome, seqs } = world();
    const outcomes = await Promise.all([
      outcome(sampleRun('a', 1, 1)),
      outcome(sampleRun('a', 1, 1)),
      outcome(sampleRun('a', 2, 2)),
      outcome(sampleRun('b', 1, 1)),
    ]);
    expect(outcomes).toEqual(['durable', 'SequenceConflict', 'SequenceConflict', 'durable']);
    expect(seqs('a')).toEqual([1]);
  });

  it.each<Fate>(['fail-before', 'lose-reply', { cutAfter: 1 }, { cutAfter: 3 }])(
    'tries a batch again after a fault (%o), and nothing is written twice',
    async (fate) => {
      const { outcome, fates, seqs } = world();
      fates.push(fate);
      const outcomes = await Promise.all(['a', 'b'].map((id) => outcome(sampleRun(id, 1, 2))));
      expect(outcomes).toEqual(['durable', 'durable']);
      expect([seqs('a'), seqs('b')]).toEqual([
        [1, 2],
        [1, 2],
      ]);
    },
  );

  it('gives a batch up after so many attempts, for exactly those who wait for it', async () => {
    const { outcome, fates, seqs, holdUp } = world();
    fates.push('fail-before', 'fail-before');
    const release = holdUp();
    const lost = ['a', 'b'].map((id) => outcome(sampleRun(id, 1, 1)));
    await nextTurn();
    await nextTurn();
    const next = outcome(sampleRun('c', 1, 1));
    release();
    expect(await Promise.all(lost)).toEqual(['Passing', 'Passing']);
    expect(await next).toBe('durable');
    expect(seqs('a')).toEqual([]);
    expect(await outcome(sampleRun('a', 1, 1))).toBe('durable');
  });

  it('takes no more than may wait, and says that nothing was written', async () => {
    const { outcome, commits, seqs, holdUp } = world({ mostWaiting: 3 });
    const release = holdUp();
    const first = outcome(sampleRun('a', 1, 1));
    await nextTurn();
    await nextTurn();
    const waiting = outcome(sampleRun('b', 1, 3));
    await expect(commits.append(sampleRun('c', 1, 1))).rejects.toBeInstanceOf(LogFull);
    release();
    expect(await Promise.all([first, waiting])).toEqual(['durable', 'durable']);
    expect(seqs('c')).toEqual([]);
    expect(await outcome(sampleRun('c', 1, 1))).toBe('durable');
  });

  it('divides what waits into batches of bearable size, of whole appends', async () => {
    const { outcome, batches } = world({ mostPerBatch: 4 });
    const ids = ['a', 'b', 'c'];
    await Promise.all([...ids.map((id) => outcome(sampleRun(id, 1, 3))), outcome(sampleRun('d', 1, 9))]);
    expect(batches).toEqual([3, 3, 3, 9]);
  });

  it('keeps every session in order and whole, whatever fails and whoever else writes', async () => {
    const fate = fc.oneof(
      fc.constantFrom<Fate>('write', 'write', 'fail-before', 'lose-reply'),
      fc.record({ cutAfter: fc.integer({ min: 0, max: 5 }) }),
    );
    const run = fc.record({ id: fc.constantFrom('a', 'b', 'c'), size: fc.integer({ min: 1, max: 3 }) });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fate, { maxLength: 8 }),
        fc.array(run, { maxLength: 25 }),
        async (plan, runs) => {
          const { fates, outcome, seqs } = world({ mostPerBatch: 5 });
          fates.push(...plan);
          const acknowledged = new Map<string, number>();
          await Promise.all(
            runs.map(async ({ id, size }) => {
              const from = seqs(id).length + 1;
              if ((await outcome(sampleRun(id, from, from + size - 1))) !== 'durable') return;
              acknowledged.set(id, Math.max(acknowledged.get(id) ?? 0, from + size - 1));
            }),
          );
          for (const id of ['a', 'b', 'c']) {
            const kept = seqs(id);
            expect(kept).toEqual(kept.map((_none, index) => index + 1));
            expect(kept.length).toBeGreaterThanOrEqual(acknowledged.get(id) ?? 0);
          }
        },
      ),
    );
  });
});
