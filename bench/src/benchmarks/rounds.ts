import type { BenchmarkContext } from '../benchmark.ts';
import type { Figure } from '../report/figure.ts';
import { MEASURES } from '../report/measures.ts';
import type { Measure, Measured } from '../report/measures.ts';

/** A row of the result. */
export interface Row {
  readonly label: string;
  readonly facts: Figure['facts'];
}

/** A situation, with the means to measure it once more; one situation may give several rows. */
export interface Situation<World> {
  readonly rows: readonly Row[];
  /** What one round gives, in the order of the rows. `name` is unique for each round of each situation. */
  measure(world: World, name: string): Promise<readonly Measured[]>;
}

/** The measure that tells at a glance how it goes. */
function told(label: string, measured: Measured): string {
  const [first] = Object.entries(measured) as [Measure, number][];
  if (first === undefined) return label;
  const [name, value] = first;
  return `${label}: ${value.toFixed(MEASURES[name].decimals)} ${MEASURES[name].title}`;
}

/**
 * Measures every situation as often as `--rounds` says. Round by round and not row by row: whatever else the machine is
 * busy with then falls on every row alike.
 */
export async function measureInRounds<World>(
  { options, progress }: BenchmarkContext,
  situations: readonly Situation<World>[],
  world: World,
): Promise<readonly Figure[]> {
  const rounds = options.number('rounds');
  const figures = situations.map(({ rows }) => rows.map((row) => ({ ...row, rounds: [] as Measured[] })));
  for (let round = 1; round <= rounds; round++) {
    for (const [index, situation] of situations.entries()) {
      const results = await situation.measure(world, `r${round}s${index}`);
      for (const [row, figure] of (figures[index] ?? []).entries()) {
        const result = results[row] ?? {};
        figure.rounds.push(result);
        progress(`round ${round} of ${rounds}, ${told(figure.label, result)}`);
      }
    }
  }
  return figures.flat();
}
