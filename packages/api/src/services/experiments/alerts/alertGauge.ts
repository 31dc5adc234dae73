import { ALERT_KINDS } from '../../../alertDto.ts';
import type { LabelledValue } from '../../../metrics/instruments.ts';
import type { StandingAlert } from './standingAlert.ts';

/** More experiments than that at once with alerts are told of as `(others)`, so that the series cannot become endless. */
const MOST_EXPERIMENTS = 100;
const OTHERS = '(others)';

/** How many alerts there are, by experiment and kind: every kind of an experiment that has ever had one, so that it falls to 0. */
export function createAlertGauge(standing: () => readonly StandingAlert[]): () => readonly LabelledValue[] {
  const seen = new Set<string>();
  const labelOf = (experiment: string): string => {
    if (seen.size < MOST_EXPERIMENTS) seen.add(experiment);
    return seen.has(experiment) ? experiment : OTHERS;
  };
  return () => {
    const alerts = standing().map(({ experiment, kind }) => ({ experiment: labelOf(experiment), kind }));
    const experiments = alerts.some(({ experiment }) => experiment === OTHERS)
      ? [...seen, OTHERS]
      : [...seen];
    return experiments.flatMap((experiment) =>
      ALERT_KINDS.map((kind) => ({
        labelValues: [experiment, kind],
        value: alerts.filter((one) => one.experiment === experiment && one.kind === kind).length,
      })),
    );
  };
}
