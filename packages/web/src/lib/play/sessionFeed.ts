import type { DcsClient } from '@dcs/api/client';
import { problemOf } from '#lib/answered.ts';
import type { PlayLink } from '#lib/play/playLink.ts';

/** What happens in a session, over the typed client, which stays open when it is stopped. */
export function createSessionFeed(client: DcsClient, sessionId: string): Pick<PlayLink, 'start' | 'stop'> {
  let stop = (): void => undefined;
  return {
    start: (afterSeq, listener) => {
      const unwatch = client.connection.subscribe((state) => {
        if (state !== 'closed') listener.state(state);
      });
      const subscription = client.trpc.play.events.subscribe(
        { sessionId, lastEventId: String(afterSeq) },
        {
          onData: ({ data }) => listener.frame(data),
          onError: (error) => listener.ended(problemOf(error)),
        },
      );
      stop = () => {
        unwatch();
        subscription.unsubscribe();
      };
    },
    stop: () => stop(),
  };
}
