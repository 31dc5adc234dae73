import type { ApiCaller } from '@dcs/api';
import type { Chart, TimeChart, Unit } from '#lib/charts/chart.ts';
import { HOUR_MS } from '#lib/charts/timeWords.ts';
import { amountsOf, countsOf, PERCENT } from '#lib/charts/units.ts';

/** What a preflight says of an experiment. */
export type PreflightReport = Awaited<ReturnType<ApiCaller['experiments']['preflight']>>;

type Given = PreflightReport['charts'][number];

/** How a chart of a preflight is drawn. */
export type PreflightDrawing =
  { readonly kind: 'lines'; readonly chart: TimeChart } | { readonly kind: 'bars'; readonly chart: Chart };

const DEFINITIONS: Readonly<Record<string, string>> = {
  quotas:
    'How many of the places that the quotas name are filled as time goes by. A line that stays below 100 % never gets all that it needs.',
  people: 'How many had come, had done everything and had left before the end by each time.',
  'drop-out': 'How many came to each stage, and how many of them ended there.',
  calls: 'Questions to models in all sessions together, by the role that they are asked in.',
};

const BALANCE =
  'How often each was completed, beside how often it would be if all were completed equally often wherever they may occur.';

function unitOf(unit: Given['unit']): Unit {
  if (unit === 'percent') return PERCENT;
  return unit === 'assignments' ? amountsOf(unit) : countsOf(unit);
}

/** A chart of a preflight with what it means. */
export function preflightDrawing(given: Given): PreflightDrawing {
  const { id, title, heading, keys, hours, series } = given;
  const chart: Chart = {
    title,
    definition: DEFINITIONS[id] ?? BALANCE,
    unit: unitOf(given.unit),
    heading,
    keys,
    series,
  };
  return hours === undefined
    ? { kind: 'bars', chart }
    : { kind: 'lines', chart: { ...chart, times: hours.map((hour) => hour * HOUR_MS), clock: 'elapsed' } };
}
