import type { Chart, Series } from '#lib/charts/chart.ts';

/** As many figures as one listens to; of more, where they lie and where they are highest. */
const MOST_FIGURES = 6;

/** What a chart shows in a sentence for each series, for those who do not see it. */
export function summaryOf(chart: Chart): string {
  const { title, unit, series } = chart;
  return [`${title}, in ${unit.name}.`, ...series.map((one) => sentenceOf(chart, one))].join(' ');
}

function sentenceOf({ keys, unit }: Chart, { name, values }: Series): string {
  const known = keys.flatMap((key, at) => {
    const value = values[at] ?? null;
    return value === null ? [] : [{ key, value }];
  });
  const [first, ...others] = known;
  if (first === undefined) return `${name}: nothing is known.`;
  if (known.length <= MOST_FIGURES) {
    return `${name}: ${known.map(({ key, value }) => `${key} ${unit.inWords(value)}`).join('; ')}.`;
  }
  const highest = others.reduce((most, one) => (one.value > most.value ? one : most), first);
  const lowest = Math.min(...known.map(({ value }) => value));
  return `${name}: from ${unit.inWords(lowest)} to ${unit.inWords(highest.value)}, which is at ${highest.key}.`;
}
