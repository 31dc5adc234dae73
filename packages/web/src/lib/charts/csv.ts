import type { Chart, TimeChart } from '#lib/charts/chart.ts';

/** What a spreadsheet would take for a formula. */
const FORMULA = /^[=+\-@\t\r]/;

/** Names are data, also where they look like formulas; whatever could end a cell is quoted. */
function textCell(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const isTimeChart = (chart: Chart): chart is TimeChart => 'times' in chart;

function keyCells(chart: Chart): readonly string[] {
  if (!isTimeChart(chart) || chart.clock === 'elapsed') return chart.keys;
  const length = chart.clock === 'days' ? 'YYYY-MM-DD'.length : undefined;
  return chart.times.map((time) => new Date(time).toISOString().slice(0, length));
}

/** The figures of a chart as a file (RFC 4180): exact numbers, times in ISO 8601, nothing where nothing is known. */
export function csvOf(chart: Chart): string {
  const { heading, unit, series } = chart;
  const head = [heading, ...series.map(({ name }) => `${name} (${unit.name})`)].map(textCell);
  const rows = keyCells(chart).map((key, at) => [
    textCell(key),
    ...series.map(({ values }) => String(values[at] ?? '')),
  ]);
  return [head, ...rows].map((cells) => `${cells.join(',')}\r\n`).join('');
}

/** `Calls by day` is `calls-by-day.csv`. */
export const csvName = ({ title }: Pick<Chart, 'title'>): string =>
  `${title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')}.csv`;
