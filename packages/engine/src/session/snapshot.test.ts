import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gardener } from '../testing/characterSheets.ts';
import { startDuel } from '../testing/duel.ts';
import { playExplore } from '../testing/exploreSession.ts';
import type { TestWorld } from '../testing/testWorld.ts';
import { prepareFold } from './prepareFold.ts';
import { migrateSnapshot, takeSnapshot, thawSnapshot, UnusableSnapshot } from './snapshot.ts';
import { replyFrom } from './receipts.ts';
import { foldEvents } from './state.ts';
import type { Fold, SessionState } from './state.ts';
import type { SessionEvent } from './event.ts';
import type { CommandReply } from './sessionManager.ts';

interface Folding {
  readonly state: SessionState;
  readonly replies: ReadonlyMap<string, CommandReply>;
}

function foldOn(fold: Fold, from: Folding, events: readonly SessionEvent[]): Folding {
  const replies = new Map(from.replies);
  const state = foldEvents({ ...fold, start: from.state }, events, (event, after) => {
    if (event.receipt !== null && event.commandId !== null) {
      replies.set(event.commandId, replyFrom(fold.game, after, event));
    }
  });
  return { state, replies };
}

/**
 * Cuts a played session's log at every place: a snapshot there, kept as JSON, and the rest must make of it what the
 * whole log makes. The places at which they do not.
 */
async function placesThatDiffer(world: TestWorld, sessionId: string): Promise<readonly number[]> {
  const header = (await world.ports.sessions.get(sessionId))?.header;
  if (header === undefined) throw new Error('no header');
  const { fold } = await prepareFold(world.ports, header);
  const log = world.events.get(sessionId) ?? [];
  const nothing = { state: fold.start, replies: new Map<string, CommandReply>() };
  const whole = foldOn(fold, nothing, log);
  return log
    .map(({ seq }) => seq)
    .filter((seq) => {
      const part = foldOn(fold, nothing, log.slice(0, seq));
      const taken = takeSnapshot({ header, fold }, part);
      if (taken === null) return part.state.ended === null;
      const thawed = thawSnapshot(JSON.parse(JSON.stringify(taken)), { header, fold });
      return !isDeepStrictEqual(foldOn(fold, thawed, log.slice(seq)), whole);
    });
}

const WORDS = ['I wave.', '/help', '/nonsense', '', 'I say: "Who are you?"', 'I kill everyone.', '/finish'];

describe('a snapshot', () => {
  it('and the rest of the log make what the whole log makes, in any rules game', async () => {
    const plays = fc.array(fc.constantFrom('home', 'away', 'leave', 'return'), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(plays, async (steps) => {
        const duel = await startDuel();
        for (const [index, step] of steps.entries()) {
          duel.world.now += 1_000;
          if (step === 'leave') await duel.manager.pause(duel.sessionId);
          else if (step === 'return') await duel.manager.resume(duel.sessionId);
          else if (step === 'home' || step === 'away') await duel.play(step, String(index));
        }
        expect(await placesThatDiffer(duel.world, duel.sessionId)).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it('and the rest of the log make what the whole log makes, in any language game', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...WORDS), { maxLength: 10 }), async (lines) => {
        const { world, sessionId } = await playExplore(lines);
        expect(await placesThatDiffer(world, sessionId)).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });

  it('leaves out what the header says: the sheets and the configuration', async () => {
    const { world, sessionId } = await playExplore(['I wave.']);
    const header = (await world.ports.sessions.get(sessionId))?.header;
    if (header === undefined) throw new Error('no header');
    const { fold } = await prepareFold(world.ports, header);
    const folded = foldOn(fold, { state: fold.start, replies: new Map() }, world.events.get(sessionId) ?? []);
    const kept = JSON.stringify(takeSnapshot({ header, fold }, folded));
    expect(kept).toContain('I wave.');
    expect(kept).not.toContain(gardener.longDescription.slice(0, 30));
    expect(kept).not.toContain('maxPlaytimeSeconds');
  });

  it('is not taken of a game that does not freeze', async () => {
    const duel = await startDuel();
    const header = (await duel.world.ports.sessions.get(duel.sessionId))?.header;
    if (header === undefined) throw new Error('no header');
    const { fold } = await prepareFold(duel.world.ports, header);
    const { freezing: _freezing, ...game } = fold.game;
    const folded = { state: fold.start, replies: new Map() };
    expect(takeSnapshot({ header, fold: { ...fold, game } }, folded)).toBeNull();
  });
});

describe('an old form of a snapshot', () => {
  const from = {
    1: (old: object) => ({ ...old, colour: 'grey' }),
    2: ({ colour, ...rest }: { readonly [key: string]: unknown }) => ({
      ...rest,
      shade: `${String(colour)}ish`,
    }),
  };

  it('is led to the present one step by step, by its number', () => {
    expect(migrateSnapshot({ schemaVersion: 1, seq: 4 }, { to: 3, from })).toEqual({
      schemaVersion: 3,
      seq: 4,
      shade: 'greyish',
    });
    expect(migrateSnapshot({ schemaVersion: 3, seq: 4 }, { to: 3, from })).toEqual({
      schemaVersion: 3,
      seq: 4,
    });
  });

  it('is refused when nothing leads on from it, or when it comes from a later program', () => {
    for (const [kept, migrations] of [
      [{ schemaVersion: 1 }, { to: 2, from: {} }],
      [{ schemaVersion: 4 }, { to: 3, from }],
    ] as const) {
      expect(reasonOf(() => migrateSnapshot(kept, migrations))).toBe('snapshot/outdated');
    }
    for (const kept of [null, 'x', 7, [], {}, { schemaVersion: 'one' }, { schemaVersion: 0 }]) {
      expect(reasonOf(() => migrateSnapshot(kept, { to: 3, from }))).toBe('snapshot/damaged');
    }
  });
});

function reasonOf(job: () => unknown): string | null {
  try {
    job();
    return null;
  } catch (fault) {
    if (fault instanceof UnusableSnapshot) return fault.reason;
    throw fault;
  }
}
