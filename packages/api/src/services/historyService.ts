import type { HistoryEntryDto, HistoryPageDto } from '../dto.ts';
import { isoTime } from '../isoTime.ts';
import type { HistoryEntry, HistoryStore } from '../store/ports.ts';
import { authorise } from './authorise.ts';
import type { Principal } from './authorise.ts';
import { listPage } from './listPages.ts';
import type { ListRequest } from './listPages.ts';
import { AS_PLAYER, shownCast } from './sessionDto.ts';
import type { SessionDtoPorts } from './sessionDto.ts';

export interface HistoryServicePorts extends Pick<SessionDtoPorts, 'games' | 'labels'> {
  readonly history: Pick<HistoryStore, 'listByPlayer'>;
}

/** What players have played to its end. */
export interface HistoryService {
  /** The caller's own, what ended last first. A session is in it a moment after it has ended. */
  list(principal: Principal | null, request: ListRequest): Promise<HistoryPageDto>;
}

export function createHistoryService({ games, labels, history }: HistoryServicePorts): HistoryService {
  async function entryDto(entry: HistoryEntry): Promise<HistoryEntryDto> {
    const { sessionId, game, result, winner, endReason, turns, durationSeconds, playedSeconds } = entry;
    const { engineVersion, lastSeq, stateHash } = entry;
    const file = games.played(game)?.file;
    // An entry keeps no configuration; what the game does by itself decides.
    const config = file?.config ?? {};
    const { pc, npc } = await shownCast({ games, labels }, { game, cast: entry.cast, config }, AS_PLAYER);
    return {
      sessionId,
      game,
      title: file?.title ?? game,
      pc,
      npc,
      result,
      winner,
      endReason,
      turns,
      startedAt: isoTime(entry.startedAt),
      endedAt: isoTime(entry.endedAt),
      durationSeconds,
      playedSeconds,
      replay: { engineVersion, lastSeq, stateHash },
    };
  }

  return {
    list: async (principal, request) => {
      const { playerId } = authorise(principal, 'session.list', null);
      const { rows, nextCursor } = await listPage(
        request,
        (limit, before) => {
          const place = before && { endedAt: before.at, sessionId: before.id };
          return history.listByPlayer(playerId, { limit, ...(place && { before: place }) });
        },
        ({ endedAt, sessionId }) => ({ at: endedAt, id: sessionId }),
      );
      return { entries: await Promise.all(rows.map(entryDto)), nextCursor };
    },
  };
}
