import type { ModelReportDto, ModelReportInput } from '@dcs/api';
import { describe, expect, it } from 'vitest';
import type { Answered } from '#lib/answered.ts';
import { stepwise } from '#lib/testing.ts';
import { FreshReport, REFRESH_MS } from './freshReport.svelte.ts';

const total = { calls: 0, failures: 0, inputTokens: 0, outputTokens: 0, costUsd: 0, unpriced: 0, totalMs: 0 };

const reportOf = (until: string): ModelReportDto => ({
  since: '2026-11-20T00:00:00.000Z',
  until,
  chains: { opener: [], updater: [], playerJudge: [], simulatorJudge: [], scorer: [] },
  games: [],
  breakers: [],
  models: [],
  roles: [],
  total,
  failures: [],
  days: [],
  caps: [],
});

const INPUT: ModelReportInput = { hours: 24, role: 'scorer', model: 'openrouter' };

const GONE = { ok: false, reason: 'client/offline', message: 'Gone.', retryable: true } as const;

/** A page with a clock, a server and a visitor that the test plays. */
function opened() {
  const first = reportOf('first');
  const fresh = new FreshReport(() => first);
  const { scheduler, waits, isWaiting, pass } = stepwise();
  const asked: ModelReportInput[] = [];
  let answer: Answered<ModelReportDto> = { ok: true, ...reportOf('second') };
  const state = { isSeen: true, isStopped: false };
  const leave = fresh.follow(INPUT, {
    link: {
      report: async (input) => {
        asked.push(input);
        return answer;
      },
      stop: () => void (state.isStopped = true),
    },
    scheduler,
    isSeen: () => state.isSeen,
  });
  return {
    fresh,
    asked,
    waits,
    state,
    leave,
    answerWith: (next: Answered<ModelReportDto>) => void (answer = next),
    isWaiting,
    pass,
  };
}

describe('A report that keeps itself up to date', () => {
  it('is the one that the page came with until there is a newer one', async () => {
    const { fresh, pass, asked, waits } = opened();
    expect(fresh.report.until).toBe('first');
    await pass();
    expect(fresh.report.until).toBe('second');
    expect(asked).toEqual([INPUT]);
    expect(waits).toEqual([REFRESH_MS, REFRESH_MS]);
  });

  it('stays when no newer one can be had, says so, and is tried again', async () => {
    const { fresh, pass, answerWith } = opened();
    answerWith(GONE);
    await pass();
    expect([fresh.report.until, fresh.isStale]).toEqual(['first', true]);
    answerWith({ ok: true, ...reportOf('third') });
    await pass();
    expect([fresh.report.until, fresh.isStale]).toEqual(['third', false]);
  });

  it('is not asked for while nobody sees the page', async () => {
    const { pass, asked, state } = opened();
    state.isSeen = false;
    await pass();
    expect(asked).toEqual([]);
    state.isSeen = true;
    await pass();
    expect(asked).toHaveLength(1);
  });

  it('is left alone when the page is left, whatever still comes', async () => {
    const { fresh, pass, leave, state, isWaiting } = opened();
    const passing = pass();
    leave();
    await passing;
    expect([fresh.report.until, state.isStopped, isWaiting()]).toEqual(['first', true, false]);
  });
});
