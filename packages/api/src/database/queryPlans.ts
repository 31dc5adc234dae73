import { mustSucceed } from './runCommand.ts';
import type { RunCommand } from './runCommand.ts';

/**
 * Lets a trial alone decide between the plans of a query. Where a trial ends in a draw, the embedded engine would ask a
 * cost model, which takes samples with an executor that its build leaves out: on large collections such queries
 * failed, with code 224.
 */
export async function choosePlansByTrial(run: RunCommand): Promise<void> {
  await mustSucceed(run, 'admin')({ setParameter: 1, internalQueryPlanRanker: 'multiPlanning' });
}
