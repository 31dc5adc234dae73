import { prepareFold, readSteps } from '@dcs/engine';
import type { Fold, SessionEvent } from '@dcs/engine';
import { gather } from '../load/crowd.ts';
import { playTurns } from '../load/play.ts';
import { startDcsServerOn } from '../server/dcsServer.ts';
import { openStore } from './openStore.ts';

/** A session that was played, with all that it takes to fold it. */
export interface RecordedSession {
  readonly fold: Fold;
  /** Its log, in memory. */
  readonly events: readonly SessionEvent[];
  /** Reads its log from the store and folds it. Resolves with the number of events. */
  readAndFold(): Promise<number>;
}

/** Sessions in a store that is open. */
export interface Recordings extends AsyncDisposable {
  readonly sessions: readonly RecordedSession[];
}

/** Has sessions played on a real server, which is stopped afterwards. Resolves with their ids. */
export async function recordSessions(
  dataDir: string,
  { sessions, turns }: { readonly sessions: number; readonly turns: number },
): Promise<readonly string[]> {
  await using server = await startDcsServerOn(dataDir);
  await using crowd = await gather({ url: server.url, count: sessions, name: 'recorded' });
  await playTurns(crowd.players, turns);
  await crowd.audit();
  return crowd.players.map(({ sessionId }) => sessionId);
}

/** Opens the store that a server has left, and in it the sessions with these ids. */
export async function openRecordings(dataDir: string, sessionIds: readonly string[]): Promise<Recordings> {
  await using resources = new AsyncDisposableStack();
  const { stores, games } = resources.use(await openStore(dataDir));

  async function open(sessionId: string): Promise<RecordedSession> {
    const record = await stores.sessions.get(sessionId);
    if (record === null) throw new Error(`Session ${sessionId} is not in the store.`);
    const { fold } = await prepareFold({ games, characters: stores.characters }, record.header);
    const events: SessionEvent[] = [];
    for await (const { event } of readSteps(stores.log, sessionId, fold)) events.push(event);
    return {
      fold,
      events,
      readAndFold: async () => {
        let count = 0;
        for await (const step of readSteps(stores.log, sessionId, fold)) count = step.event.seq;
        return count;
      },
    };
  }

  const sessions = await Promise.all(sessionIds.map(open));
  const owned = resources.move();
  return { sessions, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}
