import type { ExperimentSetupDto } from '@dcs/api';
import { describe, expect, it } from 'vitest';
import { stepwise } from '#lib/testing.ts';
import { isWaiting, lookAgain, LOOK_AGAIN_MS } from './lookAgain.ts';
import type { AskExperiment } from './sessionExperiment.svelte.ts';
import { nextOf, setupOf } from './testing.ts';

const FULL = setupOf();
const FREE = setupOf({ nextAssignment: nextOf('ready', 'available') });

/** A page with a clock, a server and a visitor that the test plays. */
function waiting() {
  const { scheduler, waits, isWaiting: hasMore, pass } = stepwise();
  const state = { isSeen: true, asked: 0, changes: 0 };
  let answer: Awaited<ReturnType<AskExperiment>> = { ok: true, setup: FULL };
  const leave = lookAgain(FULL, {
    ask: async () => {
      state.asked += 1;
      return answer;
    },
    scheduler,
    isSeen: () => state.isSeen,
    random: () => 0.5,
    onChanged: () => void (state.changes += 1),
  });
  return {
    state,
    waits,
    leave,
    standsAs: (setup: ExperimentSetupDto) => void (answer = { ok: true, setup }),
    cannotBeAsked: () =>
      void (answer = { ok: false, reason: 'client/offline', message: 'Gone.', retryable: true }),
    hasMore,
    pass,
  };
}

describe('whoever waits for an experiment', () => {
  it('is told as soon as there is something to do, and then no longer', async () => {
    const page = waiting();
    await page.pass();
    expect(page.state).toMatchObject({ asked: 1, changes: 0 });
    page.standsAs(FREE);
    await page.pass();
    expect(page.state).toMatchObject({ asked: 2, changes: 1 });
    expect(page.hasMore()).toBe(false);
  });

  it('is told when it is another reason that they wait for', async () => {
    const page = waiting();
    page.standsAs(setupOf({ nextAssignment: nextOf('none', 'paused'), state: 'paused' }));
    await page.pass();
    expect(page.state.changes).toBe(1);
  });

  it('does not ask at the same moment as everybody else', () => {
    expect(waiting().waits).toEqual([LOOK_AGAIN_MS * 1.25]);
  });

  it('sees no error when the server cannot be asked, and is told later', async () => {
    const page = waiting();
    page.cannotBeAsked();
    await page.pass();
    expect(page.state.changes).toBe(0);
    page.standsAs(FREE);
    await page.pass();
    expect(page.state.changes).toBe(1);
  });

  it('asks nothing while they look elsewhere, and goes on when they are back', async () => {
    const page = waiting();
    page.standsAs(FREE);
    page.state.isSeen = false;
    await page.pass();
    expect(page.state).toMatchObject({ asked: 0, changes: 0 });
    page.state.isSeen = true;
    await page.pass();
    expect(page.state).toMatchObject({ asked: 1, changes: 1 });
  });

  it('is left alone once they have gone, whatever still comes', async () => {
    const page = waiting();
    page.standsAs(FREE);
    const passing = page.pass();
    page.leave();
    await passing;
    expect(page.state.changes).toBe(0);
    expect(page.hasMore()).toBe(false);
  });

  it('waits where nothing can be begun and before a closed door, and nowhere else', () => {
    const atDoor = { participant: null };
    const waits = [FULL, FREE, setupOf(atDoor), setupOf({ ...atDoor, state: 'full' })].map(isWaiting);
    expect(waits).toEqual([true, false, false, true]);
  });
});
