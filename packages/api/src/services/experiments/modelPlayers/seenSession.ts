import { isOfGame, visibleEvent } from '@dcs/engine';
import type { SessionLog, Viewer, VisibleEvent } from '@dcs/engine';

/** A session as far as somebody at a seat has read it. */
export interface SeenSession {
  /** Oldest first. */
  readonly events: readonly VisibleEvent[];
  /** The number of the last event of the game: what is done next follows it. Pauses do not change it. */
  readonly place: number;
  /** Reads what has been recorded since. */
  readOn(): Promise<void>;
}

const PAGE = 500;

export function createSeenSession(
  log: Pick<SessionLog, 'read'>,
  sessionId: string,
  viewer: Viewer,
): SeenSession {
  const events: VisibleEvent[] = [];
  let place = 0;
  return {
    events,
    get place() {
      return place;
    },
    readOn: async () => {
      for (;;) {
        const page = await log.read(sessionId, events.at(-1)?.seq ?? 0, PAGE);
        for (const event of page) {
          events.push(visibleEvent(event, viewer));
          if (isOfGame(event)) place = event.seq;
        }
        if (page.length < PAGE) return;
      }
    },
  };
}
