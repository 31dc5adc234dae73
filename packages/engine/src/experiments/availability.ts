import type { Assignment, ExperimentState } from './state.ts';

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

interface Hours {
  readonly window: ExperimentWindow;
  readonly state: Pick<ExperimentState, 'run'>;
  readonly now: number;
}

/** Why what is theirs cannot be begun now, or gone on with where it was interrupted; `null` where it can. */
export function hindranceOf(
  { window, state, now }: Hours,
  { status }: Pick<Assignment, 'status'>,
): Exclude<Availability, 'open'> | null {
  if (status === 'in_progress') return null;
  if (status === 'interrupted') return state.run === 'paused' ? 'paused' : null;
  const availability = availabilityOf(window, state, now);
  return availability === 'open' ? null : availability;
}
