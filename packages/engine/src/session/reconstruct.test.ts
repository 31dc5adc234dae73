import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { startDuel } from '../testing/duel.ts';
import type { Duel } from '../testing/duel.ts';
import { isOfGame } from './event.ts';
import type { SessionEvent } from './event.ts';
import { NO_FLAGS } from './flags.ts';
import { prepareFold } from './prepareFold.ts';
import { readSteps } from './reconstruct.ts';
import type { Fold, Step } from './state.ts';

async function foldOf({ world, sessionId }: Duel): Promise<Fold> {
  const record = await world.ports.sessions.get(sessionId);
  if (record === null) throw new Error('The session is not there.');
  return (await prepareFold(world.ports, record.header)).fold;
}

async function stepsOfDuel(duel: Duel): Promise<readonly Step[]> {
  const steps: Step[] = [];
  for await (const step of readSteps(duel.world.ports.log, duel.sessionId, await foldOf(duel)))
    steps.push(step);
  return steps;
}

/** What the game is after the first `count` events, said as plainly as it can be. */
function gameAfter({ game, start }: Fold, log: readonly SessionEvent[], count: number): unknown {
  let kept: SessionEvent[] = [];
  for (const event of log.slice(0, count)) {
    const toSeq = event.data?.['toSeq'];
    if (event.kind === 'rolled_back') kept = kept.filter(({ seq }) => seq <= Number(toSeq));
    else if (isOfGame(event)) kept.push(event);
  }
  return kept.reduce((state, event) => game.evolve(state, event, NO_FLAGS), start.game);
}

describe('going through a session step by step', () => {
  it('shows every event with the state just after it, and ends where the session is', async () => {
    const duel = await startDuel();
    await duel.play('home', 'c1');
    const steps = await stepsOfDuel(duel);
    expect(steps.map(({ event }) => event)).toEqual(duel.log());
    expect(steps.map(({ state }) => state.lastSeq)).toEqual(duel.log().map(({ seq }) => seq));
    const present = await duel.manager.present(duel.sessionId);
    const admin = { seat: null, seesAll: true };
    const { game } = await foldOf(duel);
    expect(game.view(steps.at(-1)?.state.game, admin)).toEqual(present?.view(admin));
  });

  it('keeps what was rolled back as history, and shows the rewound state after the roll-back', async () => {
    const duel = await startDuel();
    const dealt = duel.log().length;
    await duel.play('home', 'c1');
    await duel.manager.rollBack({
      sessionId: duel.sessionId,
      playerId: 'ann',
      commandId: 'back',
      toSeq: dealt,
    });
    const steps = await stepsOfDuel(duel);
    const at = (seq: number) => steps.find(({ event }) => event.seq === seq)?.state.game;
    expect(at(dealt + 2)).toMatchObject({ plays: 1 });
    expect(at(dealt + 3)).toEqual(at(dealt));
    expect(at(dealt + 3)).toMatchObject({ plays: 0 });
  });

  it('goes through a log of several pages without gaps', async () => {
    const duel = await startDuel();
    const start = duel.log().length;
    for (let round = 0; round < 300; round += 1) {
      await duel.manager.pause(duel.sessionId);
      await duel.manager.resume(duel.sessionId);
    }
    const seqs = (await stepsOfDuel(duel)).map(({ event }) => event.seq);
    expect(seqs).toEqual(Array.from({ length: start + 600 }, (_, index) => index + 1));
  });

  it('agrees with the plain reading of the log after every event, whatever was played and taken back', async () => {
    const move = fc.oneof(
      fc.constant('play' as const),
      fc.double({ min: 0, max: 1, noNaN: true }), // where to go back to, as a part of the log
    );
    await fc.assert(
      fc.asyncProperty(fc.array(move, { maxLength: 12 }), async (moves) => {
        const duel = await startDuel();
        const { sessionId } = duel;
        for (const [index, what] of moves.entries()) {
          const commandId = `c${index}`;
          if (what === 'play') {
            const view = (await duel.manager.present(sessionId))?.view({ seat: null, seesAll: true });
            const toPlay = JSON.stringify(view).includes('"toPlay":"home"') ? 'home' : 'away';
            const card = await handNow(duel, toPlay);
            await duel.manager.act({ ...duel.command(toPlay, commandId), input: { action: card } });
          } else {
            const toSeq = 1 + Math.floor(what * duel.log().length);
            await duel.manager.rollBack({ sessionId, playerId: 'ann', commandId, toSeq });
          }
        }
        const fold = await foldOf(duel);
        const steps = await stepsOfDuel(duel);
        for (const [index, { state }] of steps.entries())
          expect(state.game).toEqual(gameAfter(fold, duel.log(), index + 1));
      }),
      { numRuns: 60 },
    );
  });
});

/** Plays the first card that the seat holds now: what was rolled back is in its hand again. */
async function handNow(duel: Duel, seat: 'home' | 'away') {
  const view = JSON.stringify((await duel.manager.present(duel.sessionId))?.view({ seat, seesAll: false }));
  const card = new RegExp(`"${seat}":\\[(\\d)`).exec(view)?.[1];
  return { type: 'play', card: Number(card ?? 1) };
}
