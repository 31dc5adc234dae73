import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { openMemoryStorage } from '../src/storage.ts';
import type { Storage } from '../src/storage.ts';
import type { EventDto } from '../src/client/index.ts';
import { failingAppends, failingBatches } from './support/failingLog.ts';
import type { FailingStorage, Fate } from './support/failingLog.ts';
import { insist } from './support/insist.ts';
import { openReader } from './support/readers.ts';
import type { SessionReader } from './support/readers.ts';
import { refusalOf, testApp } from './support/testApp.ts';
import type { TestApp, TestPlayer } from './support/testApp.ts';

/*
 * A store that fails on demand, seen through the public server, with many sessions at once: nobody sees what is not
 * durable, exactly those fail who wait for what failed, and their commands, sent again, have one effect.
 */

const env = { PII_KEY: 'ab'.repeat(32) };

type Said = Promise<{ readonly accepted: boolean; readonly lastSeq: number }>;

/** A player with a session of their own, which somebody else follows. */
interface Seat extends Disposable {
  readonly sessionId: string;
  readonly accessKey: string;
  readonly reader: SessionReader;
  /** Events that the reader got and that were not written then. */
  readonly early: readonly string[];
  /** Sends the same command every time, and again by itself for a while when it is refused for the moment. */
  readonly say: (what: string) => Said;
  /** Sends it, and no more. */
  readonly sayOnce: (what: string) => Said;
}

const command = (sessionId: string, what: string) => ({
  sessionId,
  commandId: what,
  text: `I wave: ${what}.`,
});

async function openSeat(
  { url }: TestApp,
  { client, accessKey }: TestPlayer,
  isDurable: FailingStorage['has'],
): Promise<Seat> {
  const { sessionId } = await client.play.create.mutate({ game: 'explore' });
  const { lastSeq } = await client.play.open.mutate({ sessionId });
  const early: string[] = [];
  const onEvents = (events: readonly EventDto[]): void =>
    void early.push(...events.map(({ eventId }) => eventId).filter((eventId) => !isDurable(eventId)));
  const reader = openReader('ours', { url, accessKey, sessionId, after: 0, onEvents });
  await reader.arrived(lastSeq);
  return {
    sessionId,
    accessKey,
    reader,
    early,
    say: (what) => client.play.act.mutate(command(sessionId, what)),
    sayOnce: (what) => client.trpc.play.act.mutate(command(sessionId, what)),
    [Symbol.dispose]: () => reader[Symbol.dispose](),
  };
}

interface Room extends AsyncDisposable {
  readonly lasting: Storage;
  readonly failing: FailingStorage;
  /** Four players whose log will fail, four whose log will not, and one more. */
  readonly troubled: readonly Seat[];
  readonly others: readonly Seat[];
  readonly first: Seat;
}

const HALF = 4;

async function openRoom(failingOver: (lasting: Storage) => FailingStorage): Promise<Room> {
  const lasting = openMemoryStorage();
  const failing = failingOver(lasting);
  const app = await testApp({ storage: failing.storage, env });
  const seat = async (index: number): Promise<Seat> =>
    openSeat(app, await app.player(`Player ${index}`), failing.has);
  const first = await seat(0);
  const seats = await Promise.all(Array.from({ length: 2 * HALF }, (_none, index) => seat(index + 1)));
  return {
    lasting,
    failing,
    troubled: seats.slice(0, HALF),
    others: seats.slice(HALF),
    first,
    [Symbol.asyncDispose]: async () => {
      failing.release();
      for (const one of [first, ...seats]) one[Symbol.dispose]();
      await app[Symbol.asyncDispose]();
    },
  };
}

/** Those commands and no others are in the log, once each, and the reader has got the log: all of it, once. */
async function expectSaid({ lasting }: Room, { sessionId, reader }: Seat, commands: readonly string[]) {
  const log = await lasting.stores.log.read(sessionId, 0, 1_000);
  expect(log.map(({ seq }) => seq)).toEqual(log.map((_event, index) => index + 1));
  const said = log.filter(({ source }) => source === 'user').map(({ content }) => content);
  expect(said.toSorted()).toEqual(commands.map((what) => `I wave: ${what}.`).toSorted());
  const completed = log.filter(({ receipt }) => receipt !== null).map(({ commandId }) => commandId);
  expect(new Set(completed).size).toBe(completed.length);
  await reader.arrived(log.length);
  expect(reader.events.map(({ seq, eventId }) => [seq, eventId])).toEqual(
    log.map(({ seq, eventId }) => [seq, eventId]),
  );
}

const UNAVAILABLE = { reason: 'store/unavailable', retryable: true };

const areAll = async (outcomes: readonly Promise<unknown>[], expected: object): Promise<void> => {
  for (const outcome of await Promise.all(outcomes)) expect(outcome).toMatchObject(expected);
};

/** A decision over writes that concern any of these sessions. */
const fateFor =
  (seats: readonly Seat[], fate: Fate) => (events: readonly { readonly sessionId: string }[]) =>
    events.some(({ sessionId }) => seats.some((seat) => seat.sessionId === sessionId)) ? fate : 'written';

describe('a log that fails for some sessions', () => {
  it.each<Fate>(['refused', 'answer-lost', 'hanging'])(
    'shows nothing of what was %s, disturbs nobody else, and plays the repeated command once',
    async (fate) => {
      await using room = await openRoom(failingAppends);
      const { failing, troubled, others } = room;
      const seen = troubled.map(({ reader }) => reader.events.length);
      failing.decide(fateFor(troubled, fate));
      const refused = troubled.map(({ sayOnce }) => refusalOf(sayOnce('one')));
      // Those whose log works play on, also while the others still wait for theirs.
      for (const what of ['one', 'two'])
        await areAll(
          others.map(({ say }) => say(what)),
          { accepted: true },
        );
      failing.release();
      await areAll(refused, UNAVAILABLE);
      expect(troubled.map(({ reader }) => reader.events.length)).toEqual(seen);

      failing.decide(() => 'written');
      for (const { say } of troubled) {
        const reply = await say('one');
        expect(reply.accepted).toBe(true);
        expect(await say('one')).toEqual(reply);
      }
      for (const seat of troubled) await expectSaid(room, seat, ['one']);
      for (const seat of others) await expectSaid(room, seat, ['one', 'two']);
    },
  );
});

/** Holds up a batch, so that what comes next waits for the batch after it. Gives the reply that waits for it. */
async function holdUp({ failing, first }: Room): Promise<{ readonly held: Said }> {
  failing.decide(fateFor([first], 'hanging'));
  const held = insist(() => first.say('one'));
  await failing.hanging;
  return { held };
}

const untilWaiting = ({ failing }: Room, appends: number): Promise<void> =>
  vi.waitFor(() => expect(failing.waiting()).toBe(appends), { timeout: 10_000, interval: 1 });

describe('a batch of many sessions', () => {
  it.each<Fate>(['refused', 'answer-lost'])(
    'that was %s as often as it is tried fails for those who are in it, who may come again, and for nobody else',
    async (fate) => {
      await using room = await openRoom((lasting) => failingBatches(lasting, { mostPerBatch: HALF }));
      const { failing, troubled, others, first } = room;
      const { held } = await holdUp(room);
      const refused = troubled.map(({ sayOnce }) => refusalOf(sayOnce('one')));
      await untilWaiting(room, 1 + HALF);
      const played = others.map(({ sayOnce }) => sayOnce('one'));
      await untilWaiting(room, 1 + 2 * HALF);
      const seen = troubled.map(({ reader }) => reader.events.length);
      failing.decide(fateFor(troubled, fate));
      failing.release();
      await areAll(refused, UNAVAILABLE);
      await areAll([held, ...played], { accepted: true });
      expect(troubled.map(({ reader }) => reader.events.length)).toEqual(seen);

      failing.decide(() => 'written');
      await areAll(
        troubled.map(({ say }) => say('one')),
        { accepted: true },
      );
      for (const seat of [first, ...troubled, ...others]) await expectSaid(room, seat, ['one']);
    },
  );

  it('in which the number of one session is taken by another server is written for all the others; that session reads its log and goes on', async () => {
    await using room = await openRoom(failingBatches);
    const { lasting, failing, troubled, others, first } = room;
    const seats = [...troubled, ...others];
    const [, contested] = seats;
    if (contested === undefined) throw new Error('There are too few seats.');
    await using elsewhere = await testApp({
      storage: { ...lasting, close: () => Promise.resolve() },
      env,
    });
    const { held } = await holdUp(room);
    const played = seats.map(({ sayOnce }) => sayOnce('one'));
    await untilWaiting(room, 1 + seats.length);
    const { sessionId, accessKey } = contested;
    const there = elsewhere.client({ accessKey });
    const reply = await there.play.act.mutate(command(sessionId, 'two'));
    expect(reply.accepted).toBe(true);
    failing.decide(() => 'written');
    failing.release();
    await areAll([held, ...played], { accepted: true });
    // It is known where it was not played as well.
    expect(await contested.say('two')).toEqual(reply);
    await expectSaid(room, contested, ['one', 'two']);
    for (const seat of [first, ...seats].filter((one) => one !== contested))
      await expectSaid(room, seat, ['one']);
  });

  it('has bounds: when as much waits as may wait, the rest is told at once to come again, and gets through', async () => {
    await using room = await openRoom((lasting) => failingBatches(lasting, { mostWaiting: HALF }));
    const { failing, troubled, others, first } = room;
    const { held } = await holdUp(room);
    // The rest of their turns may find it full again.
    const waiting = troubled.map(({ say }) => insist(() => say('one')));
    await untilWaiting(room, 1 + HALF);
    const refused = others.map(({ sayOnce }) => refusalOf(sayOnce('one')));
    for (const refusal of await Promise.all(refused))
      expect(refusal).toMatchObject({ reason: 'session/busy', retryable: true });
    failing.decide(() => 'written');
    failing.release();
    await areAll([held, ...waiting], { accepted: true });
    await areAll(
      others.map(({ say }) => insist(() => say('one'))),
      { accepted: true },
    );
    for (const seat of [first, ...troubled, ...others]) await expectSaid(room, seat, ['one']);
  });

  it('may fail in any way at any time: every command is played once, and nothing is seen that is not written', async () => {
    const fate = fc.constantFrom<Fate>('written', 'written', 'refused', 'answer-lost');
    await fc.assert(
      fc.asyncProperty(fc.array(fate, { maxLength: 40 }), async (fates) => {
        await using room = await openRoom(failingBatches);
        const { failing, troubled, others, first } = room;
        const seats = [first, ...troubled, ...others];
        const plan = fates.values();
        failing.decide(() => plan.next().value ?? 'written');
        await Promise.all(
          // At once and not after a while, as our client would: what is planned may fail forty times.
          seats.map(async ({ sayOnce }) => {
            for (const what of ['one', 'two', 'three']) {
              const reply = await insist(() => sayOnce(what));
              expect(reply.accepted).toBe(true);
            }
          }),
        );
        for (const seat of seats) {
          await expectSaid(room, seat, ['one', 'two', 'three']);
          expect(seat.early).toEqual([]);
        }
      }),
      { numRuns: 6 },
    );
  });
});
