import { describe, expect, it } from 'vitest';
import type { SummaryChange } from '../ports.ts';
import { startDuel } from '../testing/duel.ts';
import type { LiveSession } from './liveSession.ts';
import { loadSession } from './liveSession.ts';
import { createSummaryWriter } from './summaryWriter.ts';
import type { SessionState } from './state.ts';

const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

/** A writer whose rounds begin when the test says so, and copies of one session under many names. */
async function world() {
  const { world: duel, sessionId } = await startDuel();
  const record = await duel.ports.sessions.get(sessionId);
  if (record === null) throw new Error('The duel is gone.');
  const live = await loadSession(duel.ports, record);
  const writes: (readonly string[])[] = [];
  const reported: unknown[] = [];
  const failures: Error[] = [];
  let beginRound = (): void => undefined;
  const writer = createSummaryWriter({
    sessions: {
      ...duel.ports.sessions,
      saveSummaries: async (changes: readonly SummaryChange[]) => {
        writes.push(changes.map((change) => change.sessionId));
        const failure = failures.shift();
        if (failure !== undefined) throw failure;
      },
    },
    faults: { report: (fault) => void reported.push(fault) },
    pace: { next: () => new Promise((resolve) => (beginRound = () => resolve(undefined))) },
  });
  const named = (name: string, state: Partial<SessionState> = {}): LiveSession => ({
    ...live,
    header: { ...live.header, sessionId: name },
    state: { ...live.state, ...state },
  });
  return {
    writer,
    writes,
    reported,
    failures,
    named,
    before: live.state,
    round: async () => {
      beginRound();
      await settled();
    },
  };
}

describe('the summaries of sessions that are being played', () => {
  it('are written some at a time, the oldest first, so that a crowd does not hold up its own turns', async () => {
    const { writer, writes, named, before, round } = await world();
    const names = Array.from({ length: 60 }, (_, index) => `s${index}`);
    for (const name of names) await writer.changed(named(name, { lastSeq: 9 }), before);
    for (const name of names) await writer.changed(named(name, { lastSeq: 10 }), before);
    expect(writes).toEqual([]);
    await round();
    await round();
    await round();
    expect(writes.map(({ length }) => length)).toEqual([25, 25, 10]);
    expect(writes.flat()).toEqual(names);
  });

  it('do not wait for a round when sessions begin to run or stand still', async () => {
    const { writer, writes, named, before } = await world();
    await writer.changed(named('goes on', { lastSeq: 9 }), before);
    await writer.changed(named('paused', { runningSince: null }), before);
    await settled();
    expect(writes).toEqual([['paused']]);
  });

  it('are all written when the server stops', async () => {
    const { writer, writes, named, before } = await world();
    const names = Array.from({ length: 60 }, (_, index) => `s${index}`);
    for (const name of names) await writer.changed(named(name, { lastSeq: 9 }), before);
    await writer.flush();
    expect(writes.flat()).toEqual(names);
  });

  it('report a failure, and go on with the next', async () => {
    const { writer, writes, failures, reported, named, before, round } = await world();
    failures.push(new Error('The database is away.'));
    await writer.changed(named('a', { lastSeq: 9 }), before);
    await round();
    await writer.changed(named('a', { lastSeq: 10 }), before);
    await round();
    expect(reported).toEqual([new Error('The database is away.')]);
    expect(writes).toEqual([['a'], ['a']]);
  });
});
