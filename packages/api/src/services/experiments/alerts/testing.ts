import type { StandingAlert } from './standingAlert.ts';

/** An alert of the experiment `pilot`, with what a test changes. */
export const standingAlert = (changes: Partial<StandingAlert> = {}): StandingAlert => ({
  id: 'paused',
  kind: 'paused',
  severity: 'warning',
  message: 'This experiment is paused.',
  sessionId: null,
  experiment: 'pilot',
  title: 'Pilot',
  since: 1_000_000,
  ...changes,
});
