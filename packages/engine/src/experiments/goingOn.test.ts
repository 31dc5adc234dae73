import { describe, expect, it } from 'vitest';
import { experimentTable } from '../testing/experimentTable.ts';
import type { ExperimentTable } from '../testing/experimentTable.ts';
import { brokenOffSession, playedFor } from './goingOn.ts';
import { experimentOverview } from './overview.ts';
import type { Assignment } from './state.ts';

const MINUTE_MS = 60_000;

async function only(table: ExperimentTable): Promise<Assignment> {
  const moment = await table.manager.present(table.name);
  const [assignment] = moment?.state.assignments.values() ?? [];
  if (assignment === undefined) throw new Error('There is no assignment.');
  return assignment;
}

interface Play {
  readonly sessionId: string;
  readonly goesOnFrom?: string;
  readonly minutes?: number;
  readonly reason?: string;
  readonly turns?: number;
}

/** Somebody has joined and plays what they were given, as often as there are plays; a minute lies between two of them. */
async function played(plays: readonly Play[], file: Readonly<Record<string, unknown>> = {}) {
  const table = experimentTable(file);
  await table.run({ type: 'join', participantId: 'p1', kind: 'human' });
  const { assignmentId } = await only(table);
  for (const { sessionId, goesOnFrom, minutes = 1, reason = 'user_close_button', turns = 2 } of plays) {
    const from = goesOnFrom === undefined ? {} : { goesOnFrom };
    await table.run({ type: 'start', participantId: 'p1', assignmentId, sessionId, ...from });
    table.pass(minutes * MINUTE_MS);
    await table.run({ type: 'end', assignmentId, sessionId, reason, turns });
    table.pass(MINUTE_MS);
  }
  return table;
}

const planOf = async (table: ExperimentTable) => {
  const moment = await table.manager.present(table.name);
  if (moment === null) throw new Error('There is no experiment.');
  return moment.plan;
};

async function brokenOff(plays: readonly Play[], file: Readonly<Record<string, unknown>> = {}) {
  const table = await played(plays, file);
  return brokenOffSession(await only(table), await planOf(table));
}

describe('the session to go on from', () => {
  it.each(['user_close_button', 'abandoned', 'server_error', 'session_ttl_expired'])(
    'is the last one, that ended with %s',
    async (reason) => {
      expect(await brokenOff([{ sessionId: 's1' }, { sessionId: 's2', reason }])).toBe('s2');
    },
  );

  it('is none where the experiment has every attempt begin anew', async () => {
    const assignment = { afterInterruption: 'restart' };
    expect(await brokenOff([{ sessionId: 's1' }], { assignment })).toBeNull();
  });

  it('is none where nothing was played, or all attempts of the game are used up', async () => {
    expect(await brokenOff([])).toBeNull();
    expect(await brokenOff([{ sessionId: 's1', turns: 0 }])).toBeNull();
    expect(await brokenOff([{ sessionId: 's1', reason: 'retry budget exhausted' }])).toBeNull();
  });

  it('is none of an assignment that is completed', async () => {
    expect(await brokenOff([{ sessionId: 's1', reason: 'game_completed' }])).toBeNull();
  });
});

describe('the time that an assignment was played', () => {
  const completed = { reason: 'game_completed' };

  it('is that of its last session and of those that it goes on from', async () => {
    const table = await played([
      { sessionId: 's1', minutes: 7 },
      { sessionId: 's2', minutes: 2 },
      { sessionId: 's3', goesOnFrom: 's2', minutes: 3 },
      { sessionId: 's4', goesOnFrom: 's3', minutes: 4, ...completed },
    ]);
    expect(playedFor(await only(table))).toBe(9 * MINUTE_MS);
    const moment = await table.manager.present(table.name);
    expect(moment === null ? null : experimentOverview(moment).durations).toEqual([9 * MINUTE_MS]);
  });

  it('is not known before it was played, nor while it is', async () => {
    const table = await played([]);
    expect(playedFor(await only(table))).toBeNull();
    const { assignmentId } = await only(table);
    await table.run({ type: 'start', participantId: 'p1', assignmentId, sessionId: 's1' });
    expect(playedFor(await only(table))).toBeNull();
  });
});

it('stands in the log of the experiment, and is left out where an attempt begins anew', async () => {
  const table = await played([{ sessionId: 's1' }, { sessionId: 's2', goesOnFrom: 's1' }]);
  const started = table.log.events.filter(({ type }) => type === 'assignmentStarted');
  expect(started.map((event) => 'goesOnFrom' in event)).toEqual([false, true]);
  expect((await only(table)).attempts).toMatchObject([{ goesOnFrom: null }, { goesOnFrom: 's1' }]);
});
