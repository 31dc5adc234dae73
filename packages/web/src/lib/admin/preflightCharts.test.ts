import { describe, expect, it } from 'vitest';
import { HOUR_MS } from '#lib/charts/timeWords.ts';
import { preflightDrawing } from './preflightCharts.ts';

describe('The charts of a preflight', () => {
  it('are lines where they tell of time, in hours since the beginning', () => {
    const { kind, chart } = preflightDrawing({
      id: 'quotas',
      title: 'How far the quotas are filled',
      unit: 'percent',
      heading: 'Hours since the invitation',
      keys: ['0.0', '1.5'],
      hours: [0, 1.5],
      series: [{ name: 'participants', values: [0, 62.5] }],
    });
    expect(kind).toBe('lines');
    expect(chart).toMatchObject({ clock: 'elapsed', times: [0, 1.5 * HOUR_MS] });
    expect(chart.unit.inWords(62.5)).toBe('63 %');
    expect(chart.definition).toContain('places that the quotas name');
  });

  it('are bars to be compared otherwise, with parts of assignments where means stand beside counts', () => {
    const { kind, chart } = preflightDrawing({
      id: 'balance-games',
      title: 'Completed assignments by games',
      unit: 'assignments',
      heading: 'games',
      keys: ['explore'],
      series: [
        { name: 'Completed', values: [4] },
        { name: 'If all were equal', values: [3.25] },
      ],
    });
    expect(kind).toBe('bars');
    expect(chart.unit.inWords(3.25)).toBe('3.3');
    expect(chart.definition).toContain('equally often');
  });
});
