import assert from 'node:assert/strict';
import type { Persisted, SessionEvent } from '@dcs/engine';
import type { Storage } from '../../src/storage.ts';

const MOST_EVENTS = 10_000;

/** The log as the store has it. Its numbers must follow each other. */
export async function wholeLog(
  { stores }: Pick<Storage, 'stores'>,
  sessionId: string,
): Promise<readonly Persisted<SessionEvent>[]> {
  const events = await stores.log.read(sessionId, 0, MOST_EVENTS);
  assert.deepEqual(
    events.map(({ seq }) => seq),
    events.map((_event, index) => index + 1),
  );
  return events;
}
