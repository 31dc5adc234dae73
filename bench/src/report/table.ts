import { measuresOf, valuesOf } from './figure.ts';
import type { Figure } from './figure.ts';
import { MEASURES } from './measures.ts';
import type { Measure } from './measures.ts';
import { median, spread } from './statistics.ts';

function formatted(value: number, measure: Measure): string {
  const { decimals } = MEASURES[measure];
  return value.toLocaleString('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}

/** The median, and behind it the least and the greatest when there were several rounds. */
function cell(figure: Figure, measure: Measure): string {
  const values = valuesOf(figure, measure);
  if (values.length === 0) return '';
  const middle = formatted(median(values), measure);
  if (values.length === 1) return middle;
  const [least, greatest] = spread(values).map((value) => formatted(value, measure));
  return `${middle} (${least}–${greatest})`;
}

function aligned(cells: readonly string[], widths: readonly number[]): string {
  const padded = cells.map((text, column) =>
    column === 0 ? text.padEnd(widths[column] ?? 0) : text.padStart(widths[column] ?? 0),
  );
  return `| ${padded.join(' | ')} |`;
}

/** A table for a terminal that is Markdown as well, so that it can be pasted into the documents. */
export function table(figures: readonly Figure[]): string {
  const measures = measuresOf(figures);
  const rows = [
    ['', ...measures.map((measure) => MEASURES[measure].title)],
    ...figures.map((figure) => [figure.label, ...measures.map((measure) => cell(figure, measure))]),
  ];
  const widths = [0, ...measures.map((_, index) => index + 1)].map((column) =>
    Math.max(3, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const [head = [], ...body] = rows;
  const rule = widths.map((width, column) =>
    column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`,
  );
  return [aligned(head, widths), aligned(rule, widths), ...body.map((row) => aligned(row, widths))].join(
    '\n',
  );
}
