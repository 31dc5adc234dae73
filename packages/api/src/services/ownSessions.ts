import type { SessionRecord, SessionStore } from '@dcs/engine';

const PAGE = 100;

/** All sessions that know a player, the one that was played last first. */
export async function* ownSessions(
  sessions: Pick<SessionStore, 'listByPlayer'>,
  playerId: string,
): AsyncGenerator<SessionRecord> {
  let before: { readonly lastActiveAt: number; readonly sessionId: string } | undefined;
  for (;;) {
    const page = await sessions.listByPlayer(playerId, { limit: PAGE, ...(before && { before }) });
    yield* page;
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return;
    before = { lastActiveAt: last.summary.lastActiveAt, sessionId: last.header.sessionId };
  }
}
