import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EventDto, SessionFrame } from '../src/client/index.ts';
import { refusalOf, testApp } from './support/testApp.ts';
import type { TestApp, TestPlayer } from './support/testApp.ts';

/** Everything that a subscription brought, in order, with the ids of its frames. */
interface Followed {
  readonly frames: { readonly id: string; readonly frame: SessionFrame }[];
  until(fits: (frames: readonly SessionFrame[]) => boolean): Promise<void>;
  stop(): void;
}

function followed(player: TestPlayer, sessionId: string, lastEventId?: string): Followed {
  const frames: { readonly id: string; readonly frame: SessionFrame }[] = [];
  let wake = (): void => undefined;
  let failure: unknown = null;
  const subscription = player.client.play.events.subscribe(
    { sessionId, lastEventId },
    {
      onData: ({ id, data }) => {
        frames.push({ id, frame: data });
        wake();
      },
      onError: (error) => {
        failure = error;
        wake();
      },
    },
  );
  return {
    frames,
    stop: () => subscription.unsubscribe(),
    until: async (fits) => {
      while (!fits(frames.map(({ frame }) => frame))) {
        if (failure !== null) throw failure;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}

const eventsIn = (frames: readonly SessionFrame[]): readonly EventDto[] =>
  frames.flatMap((frame) => (frame.type === 'events' ? frame.events : []));

const seqsIn = (frames: readonly SessionFrame[]): readonly number[] => eventsIn(frames).map(({ seq }) => seq);

const upTo = (last: number): readonly number[] => Array.from({ length: last }, (_none, index) => index + 1);

async function playedSession(player: TestPlayer, turns: number): Promise<string> {
  const session = await player.client.play.start({ game: 'explore' });
  for (let turn = 0; turn < turns; turn += 1) await session.act('I wave.');
  session.leave();
  return session.sessionId;
}

async function idle(app: TestApp): Promise<void> {
  while (app.server.app.readers > 0) await new Promise((resolve) => setImmediate(resolve));
}

describe('the stream of a session', () => {
  it('begins with the picture of the session, then brings the past, then what happens', async () => {
    await using app = await testApp();
    const player = await app.player();
    const sessionId = await playedSession(player, 1);
    const stream = followed(player, sessionId);
    await stream.until((frames) => frames.length >= 2);
    expect(stream.frames.map(({ frame }) => frame.type).slice(0, 2)).toEqual(['meta', 'events']);
    const { lastSeq } = await player.client.play.act.mutate({ sessionId, commandId: 'c', text: 'I wait.' });
    await stream.until((frames) => seqsIn(frames).length >= lastSeq);
    expect(seqsIn(stream.frames.map(({ frame }) => frame))).toEqual(upTo(lastSeq));
  });

  it('marks every frame with the last seq delivered, so that it can be resumed after any of them', async () => {
    await using app = await testApp();
    const player = await app.player();
    const sessionId = await playedSession(player, 2);
    const stream = followed(player, sessionId);
    await stream.until((frames) => seqsIn(frames).length >= 7);
    let delivered = 0;
    for (const { id, frame } of stream.frames) {
      if (frame.type === 'events') delivered = frame.events.at(-1)?.seq ?? delivered;
      expect(id).toBe(String(delivered));
    }
  });

  it('loses and repeats nothing, wherever the connection is cut', async () => {
    await using app = await testApp();
    const player = await app.player();
    await fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { minLength: 6, maxLength: 12 }), async (cuts) => {
        const session = await player.client.play.start({ game: 'explore' });
        let turn = 0;
        const stop = player.client.connection.subscribe(() => undefined);
        for (const cut of cuts) {
          const move = session.act(`I wave ${(turn += 1)} times.`);
          if (cut) player.client.connection.drop();
          await move;
        }
        await session.close();
        const seen: EventDto[] = [];
        for await (const event of session.events()) seen.push(event);
        stop();
        const { events } = await player.client.sessions.transcript.query({ sessionId: session.sessionId });
        expect(seen).toEqual(events);
        const said = events.filter(({ source }) => source === 'user').map(({ content }) => content);
        expect(said).toEqual(cuts.map((_cut, index) => `I wave ${index + 1} times.`));
      }),
      { numRuns: 12 },
    );
  });

  it('loses and repeats nothing, at whichever frames the connection is cut', async () => {
    await using app = await testApp({ env: { SCRIPTED_PACE_MS: '1' } });
    const player = await app.player();
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 8 }), async (cutsAt) => {
        const reader = app.client({ accessKey: player.accessKey });
        const { sessionId } = await player.client.play.create.mutate({ game: 'explore' });
        let frames = 0;
        const counting = reader.play.events.subscribe(
          { sessionId },
          {
            onData: () => {
              frames += 1;
              if (cutsAt.includes(frames)) reader.connection.drop();
            },
          },
        );
        const followed = await reader.play.join(sessionId);
        const session = await player.client.play.join(sessionId);
        for (let turn = 1; turn <= 4; turn += 1) await session.act(`I wave ${turn} times.`);
        const { lastSeq } = await session.close();
        await followed.arrived(lastSeq);
        expect(followed.transcript).toEqual(session.transcript);
        counting.unsubscribe();
        reader.close();
      }),
      { numRuns: 10 },
    );
  });

  it('goes on exactly after any seq', async () => {
    await using app = await testApp();
    const player = await app.player();
    const sessionId = await playedSession(player, 3);
    const { lastSeq } = await player.client.sessions.status.query({ sessionId });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: lastSeq - 1 }), async (cursor) => {
        const stream = followed(player, sessionId, String(cursor));
        await stream.until((frames) => seqsIn(frames).at(-1) === lastSeq);
        stream.stop();
        expect(seqsIn(stream.frames.map(({ frame }) => frame))).toEqual(upTo(lastSeq).slice(cursor));
      }),
      { numRuns: 20 },
    );
  });

  it.each(['abc', '-1', '1.5', '1e3', '9'.repeat(30), ' 1', '٣'])(
    'refuses the cursor "%s"',
    async (lastEventId) => {
      await using app = await testApp();
      const player = await app.player();
      const sessionId = await playedSession(player, 0);
      const stream = followed(player, sessionId, lastEventId);
      const refusal = await refusalOf(stream.until(() => false));
      expect(refusal).toMatchObject({ reason: 'stream/invalid-cursor', retryable: false });
    },
  );

  it('refuses a cursor beyond the log, because nobody can have seen that', async () => {
    await using app = await testApp();
    const player = await app.player();
    const sessionId = await playedSession(player, 0);
    const refusal = await refusalOf(followed(player, sessionId, '999').until(() => false));
    expect(refusal).toMatchObject({ reason: 'stream/cursor-ahead' });
  });

  it('shows a reply while it is written, then the event in its place', async () => {
    await using app = await testApp({ env: { SCRIPTED_PACE_MS: '20' } });
    const player = await app.player();
    const sessionId = await playedSession(player, 0);
    const stream = followed(player, sessionId);
    await stream.until((frames) => frames.length >= 2);
    const { lastSeq } = await player.client.play.act.mutate({ sessionId, commandId: 'c', text: 'I wave.' });
    await stream.until((frames) => frames.some((frame) => frame.type === 'turn' && frame.phase === 'ended'));
    const frames = stream.frames.map(({ frame }) => frame);
    const reply = eventsIn(frames).find(({ seq }) => seq === lastSeq)?.content ?? '';
    const drafts = frames.flatMap((frame) => (frame.type === 'draft' ? [frame.text] : []));
    expect(drafts.length).toBeGreaterThan(0);
    for (const draft of drafts) expect(reply.startsWith(draft.trimEnd())).toBe(true);
    expect(frames.findLastIndex((frame) => frame.type === 'draft')).toBeLessThan(
      frames.findIndex((frame) => frame.type === 'events' && frame.events.some(({ seq }) => seq === lastSeq)),
    );
    const phases = frames.flatMap((frame) => (frame.type === 'turn' ? [frame.phase] : []));
    // How long a judge takes decides whether its phase is told before the next one replaces it.
    expect(phases.filter((phase) => phase !== 'checking')).toEqual(['started', 'writing', 'ended']);
  });

  it('tells that the session was closed', async () => {
    await using app = await testApp();
    const player = await app.player();
    const sessionId = await playedSession(player, 0);
    const stream = followed(player, sessionId);
    await stream.until((frames) => frames.length >= 2);
    await player.client.play.close.mutate({ sessionId, commandId: 'c' });
    await stream.until((frames) =>
      frames.some((frame) => frame.type === 'status' && frame.status === 'closed'),
    );
    const status = stream.frames.map(({ frame }) => frame).findLast((frame) => frame.type === 'status');
    expect(status).toEqual({ type: 'status', status: 'closed', reason: 'user_close_button' });
  });

  it('lets go of everything when the reader goes, however it goes', async () => {
    await using app = await testApp();
    const player = await app.player();
    const sessionId = await playedSession(player, 0);
    await idle(app);
    const stopped = followed(player, sessionId);
    await stopped.until((frames) => frames.length >= 1);
    stopped.stop();
    await idle(app);
    const other = app.client({ accessKey: player.accessKey });
    const cut = followed({ ...player, client: other }, sessionId);
    await cut.until((frames) => frames.length >= 1);
    other.close();
    await idle(app);
    expect(app.server.app.readers).toBe(0);
  });

  it('comes over server-sent events as well, for those whom WebSockets do not reach', async () => {
    await using app = await testApp();
    const player = await app.player();
    const sessionId = await playedSession(player, 0);
    const input = encodeURIComponent(JSON.stringify({ json: { sessionId, lastEventId: '1' } }));
    const controller = new AbortController();
    const response = await fetch(`${app.url}/trpc/play.events?input=${input}`, {
      headers: { authorization: `Bearer ${player.accessKey}`, accept: 'text/event-stream' },
      signal: controller.signal,
    });
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    let text = '';
    for await (const chunk of response.body ?? []) {
      text += new TextDecoder().decode(chunk);
      if (text.includes('"seq":3')) break;
    }
    controller.abort();
    expect(text).toContain('"type":"meta"');
    expect(text).toContain('"seq":2');
    expect(text).not.toContain('"seq":1,');
    await idle(app);
  });
});
