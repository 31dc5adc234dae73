import { initTRPC, tracked, TRPCError } from '@trpc/server';
import { randomUUID } from 'node:crypto';
import { EventEmitter, on } from 'node:events';
import superjson from 'superjson';
import { z } from 'zod';

/** Something that was said, numbered from 1 in its session. */
interface EchoEvent {
  readonly seq: number;
  readonly eventId: string;
  readonly content: string;
}

/** What is said in one session, in memory. */
interface EchoSession {
  readonly events: EchoEvent[];
  /** Rings with each event. */
  readonly bell: EventEmitter<{ said: [EchoEvent] }>;
}

/** As many events as a session of ours has turns: the players then ask for the next one. */
const LONGEST_SESSION = 500;

const t = initTRPC.create({ transformer: superjson, isDev: false });
const { procedure, router } = t;

const id = z.string().max(128);
const sessionInput = z.object({ sessionId: id });
const actInput = sessionInput.extend({ commandId: id, text: z.string().max(1000) });
const eventsInput = sessionInput.extend({ lastEventId: id.nullish() });
const transcriptInput = sessionInput.extend({ afterSeq: z.int(), limit: z.int().max(200) });

/**
 * Our calls on tRPC as it comes, with its own subscriptions and superjson, and nothing behind them: what is said is kept
 * in memory and told to whoever follows the session.
 */
export function createTrpcEcho() {
  const sessions = new Map<string, EchoSession>();

  function find(sessionId: string): EchoSession {
    const session = sessions.get(sessionId);
    if (session === undefined) throw new TRPCError({ code: 'NOT_FOUND' });
    return session;
  }

  function say({ events, bell }: EchoSession, content: string) {
    const event = { seq: events.length + 1, eventId: randomUUID(), content };
    events.push(event);
    bell.emit('said', event);
    return { accepted: true, exited: events.length >= LONGEST_SESSION, lastSeq: event.seq };
  }

  return router({
    players: router({
      anonymous: procedure.mutation(() => ({ accessKey: randomUUID() })),
    }),
    play: router({
      create: procedure.mutation(() => {
        const sessionId = randomUUID();
        sessions.set(sessionId, { events: [], bell: new EventEmitter() });
        return { sessionId };
      }),
      open: procedure
        .input(sessionInput)
        .mutation(({ input }) => say(find(input.sessionId), 'Here you are.')),
      act: procedure.input(actInput).mutation(({ input }) => say(find(input.sessionId), input.text)),
      close: procedure.input(sessionInput).mutation(({ input }) => sessions.delete(input.sessionId)),
      events: procedure.input(eventsInput).subscription(async function* ({ input, signal }) {
        const { events, bell } = find(input.sessionId);
        // Listened to before what is there is read: nothing falls between the two.
        const fresh = on(bell, 'said', signal === undefined ? {} : { signal });
        let lastSeq = Number(input.lastEventId ?? 0);
        for (const event of events.slice(lastSeq)) {
          lastSeq = event.seq;
          yield tracked(String(lastSeq), { type: 'events', events: [event] });
        }
        for await (const [event] of fresh as AsyncIterable<[EchoEvent]>) {
          if (event.seq <= lastSeq) continue;
          lastSeq = event.seq;
          yield tracked(String(lastSeq), { type: 'events', events: [event] });
        }
      }),
    }),
    sessions: router({
      transcript: procedure.input(transcriptInput).query(({ input: { sessionId, afterSeq, limit } }) => {
        const { events } = find(sessionId);
        const end = afterSeq + limit;
        return { events: events.slice(afterSeq, end), hasMore: end < events.length };
      }),
    }),
  });
}
