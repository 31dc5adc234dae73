import { ModelFailure } from '@dcs/engine';
import type { LanguageModel } from '@dcs/engine';
import { describe, expect, it } from 'vitest';
import { manualTimers, settled } from '../../test/support/manualTimers.ts';
import { modelRequest } from '../../test/support/modelRequest.ts';
import { createDeadlineModel } from './deadlineModel.ts';

/** Never answers, and ends when it is told to. */
const hanging: LanguageModel = {
  id: 'm',
  generate: ({ cancellation }) =>
    new Promise((_resolve, reject) => {
      const end = (): void => reject(new ModelFailure('model/cancelled', 'Told to.'));
      if (cancellation.aborted) end();
      else cancellation.addEventListener('abort', end, { once: true });
    }),
};

const turn = (afterSeq: number) => ({
  sessionId: 's',
  playerId: 'p',
  experimentId: null,
  turn: 2,
  afterSeq,
});

function underDeadline() {
  const timers = manualTimers();
  const now = () => timers.clock.now();
  const model = createDeadlineModel(hanging, { turnMs: 1_000, now, timers });
  const ask = (change: Parameters<typeof modelRequest>[0]) =>
    model.generate(modelRequest(change), () => undefined).catch((failure: unknown) => failure);
  return { timers, ask };
}

describe('the time of a turn', () => {
  it('is one for all that is asked for it, from the first question on', async () => {
    const { timers, ask } = underDeadline();
    const first = ask({ occasion: turn(3) });
    timers.advance(600);
    const second = ask({ occasion: turn(3), role: 'playerJudge' });
    timers.advance(399);
    await settled();
    expect(timers.pending).toBe(2);
    timers.advance(1);
    for (const asked of [first, second, ask({ occasion: turn(3) })]) {
      expect(await asked).toMatchObject({ reason: 'model/timeout' });
    }
    expect(timers.pending).toBe(0);
  });

  it('begins anew with the next command, and for what belongs to no turn', async () => {
    const { timers, ask } = underDeadline();
    const first = ask({ occasion: turn(3) });
    timers.advance(1_000);
    await first;
    const others = [ask({ occasion: turn(5) }), ask({ occasion: null })];
    timers.advance(999);
    await settled();
    expect(timers.pending).toBe(2);
    timers.advance(1);
    for (const asked of others) expect(await asked).toMatchObject({ reason: 'model/timeout' });
  });

  it('leaves a reply that is no longer wanted what it is', async () => {
    const { timers, ask } = underDeadline();
    const cancellation = new AbortController();
    const asked = ask({ occasion: turn(3), cancellation: cancellation.signal });
    cancellation.abort();
    expect(await asked).toMatchObject({ reason: 'model/cancelled' });
    expect(timers.pending).toBe(0);
  });
});
