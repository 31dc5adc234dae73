import type { ModelReportDto } from '@dcs/api';
import { describe, expect, it } from 'vitest';
import { callChart, dayCharts, failureChart } from './reportCharts.ts';

const amounts = (calls: number, failures: number) => ({
  calls,
  failures,
  inputTokens: 100 * calls,
  outputTokens: 10 * calls,
  costUsd: calls / 4,
  unpriced: 0,
  totalMs: 0,
});

const use = (model: string, role: ModelReportDto['roles'][number]['role'], calls: number) => ({
  model,
  role,
  ...amounts(calls, 0),
  firstByte: null,
  total: null,
});

describe('The charts of the page of models', () => {
  it('show every day since the first call, also those on which nothing happened', () => {
    const { calls, tokens, cost } = dayCharts({
      days: [
        { day: '2026-11-19', ...amounts(5, 2) },
        { day: '2026-11-21', ...amounts(1, 0) },
      ],
      until: '2026-11-22T10:00:00.000Z',
    });
    expect(calls.keys).toEqual([
      'Thu, 19 Nov 2026',
      'Fri, 20 Nov 2026',
      'Sat, 21 Nov 2026',
      'Sun, 22 Nov 2026',
    ]);
    expect(calls.series.map(({ values }) => values)).toEqual([
      [3, 0, 1, 0],
      [2, 0, 0, 0],
    ]);
    expect(tokens.series.map(({ values }) => values[0])).toEqual([500, 50]);
    expect(cost.series.map(({ values }) => values)).toEqual([[1.25, 0, 0.25, 0]]);
  });

  it('show who was asked what, without roles that asked nobody', () => {
    const { keys, series } = callChart({
      roles: [use('a', 'scorer', 1), use('b', 'opener', 2), use('b', 'scorer', 3)],
    });
    expect(keys).toEqual(['a', 'b']);
    expect(series).toEqual([
      { name: 'Opener', values: [0, 2] },
      { name: 'Scorer', values: [1, 3] },
    ]);
  });

  it('show whether one model fails or all of them', () => {
    const { keys, series } = failureChart({
      failures: [
        { model: 'b', reason: 'model/timeout', calls: 9 },
        { model: 'a', reason: 'model/new', calls: 4 },
        { model: 'a', reason: 'model/timeout', calls: 1 },
      ],
    });
    expect(keys).toEqual(['a', 'b']);
    expect(series).toEqual([
      { name: 'Took too long', values: [1, 9] },
      { name: 'model/new', values: [4, 0] },
    ]);
  });
});
