import type { Assignment, ExperimentMoment } from '@dcs/engine';
import type { AssignmentPlans } from './experimentDtos.ts';
import type { ExperimentPlans } from './experimentPlans.ts';

export interface PlansOfPorts {
  readonly moment: ExperimentMoment;
  readonly plans: Pick<ExperimentPlans, 'planned'>;
}

/** What an assignment is described by: a later revision may know neither its game nor its characters. */
export async function plansOf(
  { moment, plans }: PlansOfPorts,
  { revision }: Assignment,
): Promise<AssignmentPlans> {
  const { plan: inForce } = moment;
  const planned = revision === moment.revision ? moment : await plans.planned(inForce.name, revision);
  return { inForce, givenBy: planned?.plan ?? inForce };
}
