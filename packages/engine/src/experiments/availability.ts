import type { ExperimentState } from './state.ts';

/** When something new may be begun, in epoch ms; `null` is no limit. */
export interface ExperimentWindow {
  readonly opensAt: number | null;
  readonly closesAt: number | null;
}

export const AVAILABILITIES = ['open', 'notOpenYet', 'closed', 'paused'] as const;
/**
 * Whether somebody may begin something now, and if not, why. What is under way may be finished at any time, and what was
 * interrupted may be gone on with whenever the experiment is not paused.
 */
export type Availability = (typeof AVAILABILITIES)[number];

export function availabilityOf(
  { opensAt, closesAt }: ExperimentWindow,
  { run }: Pick<ExperimentState, 'run'>,
  now: number,
): Availability {
  if (closesAt !== null && now >= closesAt) return 'closed';
  if (run === 'paused') return 'paused';
  if (opensAt !== null && now < opensAt) return 'notOpenYet';
  return 'open';
}
