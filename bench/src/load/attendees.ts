import { openAccounts } from './accounts.ts';
import { createAttendee } from './attendee.ts';
import type { Attendee } from './attendee.ts';
import { inParallel } from './inParallel.ts';
import { patiently } from './patience.ts';

const AT_ONCE = 64;

/** As many people with a session each, not connected yet. */
export async function inviteAttendees(url: string, count: number): Promise<readonly Attendee[]> {
  const keys = await openAccounts(url, count);
  return inParallel({ count, width: AT_ONCE }, (index) => {
    const name = `attendee-${index}`;
    const accessKey = keys[index];
    if (accessKey === undefined) throw new Error('There are fewer keys than people.');
    return patiently(`${name} creates a session`, createAttendee({ url, accessKey, name }));
  });
}

/** Connects everyone and resolves when everyone has read their session so far. */
export async function connectAll(attendees: readonly Attendee[], url: string): Promise<void> {
  await inParallel({ count: attendees.length, width: AT_ONCE }, async (index) => {
    await patiently('somebody connects', attendees[index]?.connect(url) ?? Promise.resolve());
  });
}

export async function disconnectAll(attendees: readonly Attendee[]): Promise<void> {
  await Promise.all(attendees.map((attendee) => attendee.disconnect()));
}

/** How many events anybody has lost, all together. */
export async function countLostEvents(attendees: readonly Attendee[]): Promise<number> {
  const lost = await inParallel({ count: attendees.length, width: AT_ONCE }, async (index) =>
    patiently('somebody reads the log', attendees[index]?.lostEvents() ?? Promise.resolve(0)),
  );
  return lost.reduce((sum, one) => sum + one, 0);
}
