import { describe, expect, it } from 'vitest';
import type { AdminExperimentDto } from '@dcs/api';
import type { Answered } from '#lib/answered.ts';
import { LiveDashboard, PAUSE_MS, REFRESH_MS } from './liveDashboard.svelte.ts';
import { dashboardOf } from './testing.ts';

const GONE = { ok: false, reason: 'client/offline', message: 'Gone.', retryable: true } as const;

/** A page with a clock, a server, news and a visitor that the test plays. */
function opened() {
  const first = dashboardOf();
  const live = new LiveDashboard(() => first);
  const state = { isSeen: true, isStopped: false, asked: 0 };
  let due: { readonly ms: number; readonly run: () => void } | null = null;
  let tell = (): void => undefined;
  let answer: (() => Answered<AdminExperimentDto>) | null = null;
  const leave = live.follow({
    link: {
      dashboard: async () => {
        state.asked += 1;
        return answer?.() ?? { ok: true, ...dashboardOf({ lastSeq: state.asked }) };
      },
      watch: (_name, changed) => void (tell = changed),
      stop: () => void (state.isStopped = true),
    },
    scheduler: {
      after: (ms, run) => {
        const mine = { ms, run };
        due = mine;
        return () => {
          if (due === mine) due = null;
        };
      },
    },
    isSeen: () => state.isSeen,
  });
  const settled = async (): Promise<void> => {
    for (let step = 0; step < 5; step += 1) await Promise.resolve();
  };
  return {
    live,
    state,
    leave,
    answerWith: (next: Answered<AdminExperimentDto> | null) =>
      void (answer = next === null ? null : () => next),
    waits: () => due?.ms ?? null,
    pass: async () => {
      const run = due?.run;
      due = null;
      run?.();
      await settled();
    },
    news: async () => {
      tell();
      await settled();
    },
  };
}

describe('A dashboard', () => {
  it('is the one that the page came with until something happens, and then the latest', async () => {
    const { live, news } = opened();
    expect(live.current.lastSeq).toBe(0);
    await news();
    expect(live.current.lastSeq).toBe(1);
  });

  it('is asked for once in a while, however much happens', async () => {
    const { live, state, news, pass, waits } = opened();
    await news();
    for (let index = 0; index < 50; index += 1) await news();
    expect([state.asked, waits()]).toEqual([1, PAUSE_MS]);
    await pass();
    expect([state.asked, live.current.lastSeq]).toEqual([2, 2]);
    await pass();
    expect([state.asked, waits()]).toEqual([2, REFRESH_MS]);
  });

  it('is asked for without news as well: no log tells of calls to models', async () => {
    const { state, pass, waits } = opened();
    expect(waits()).toBe(REFRESH_MS);
    await pass();
    expect(state.asked).toBe(1);
  });

  it('stays when no newer one can be had, says so, and is tried again', async () => {
    const { live, news, pass, answerWith } = opened();
    answerWith(GONE);
    await news();
    expect([live.current.lastSeq, live.isStale]).toEqual([0, true]);
    answerWith(null);
    await news();
    await pass();
    expect([live.current.lastSeq, live.isStale]).toEqual([2, false]);
  });

  it('is not asked for while nobody sees the page', async () => {
    const { state, news, pass } = opened();
    state.isSeen = false;
    await news();
    expect(state.asked).toBe(0);
    state.isSeen = true;
    await pass();
    await pass();
    expect(state.asked).toBe(1);
  });

  it('is left alone when the page is left, whatever still comes', async () => {
    const { live, leave, news, state, waits } = opened();
    const coming = news();
    leave();
    await coming;
    expect([live.current.lastSeq, state.isStopped, waits()]).toEqual([0, true, null]);
    await news();
    expect(state.asked).toBe(1);
  });
});
