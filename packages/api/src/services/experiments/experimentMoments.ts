import type { ExperimentManager, ExperimentMoment } from '@dcs/engine';
import type { AssignmentSessions } from './assignmentSessions.ts';
import { unknownExperiment } from './decided.ts';
import type { ExperimentPlans } from './experimentPlans.ts';

export interface ExperimentMomentsPorts {
  readonly experiments: Pick<ExperimentManager, 'present'>;
  readonly plans: Pick<ExperimentPlans, 'nameOf'>;
  readonly endings: Pick<AssignmentSessions, 'settled' | 'catchUp'>;
}

/** Experiments as they are asked for. Both throw `experiment/not-found`. */
export interface ExperimentMoments {
  /** As it is written in the file, whatever the case. */
  readonly nameOf: (asked: string) => Promise<string>;
  /**
   * The present of an experiment, with every end of a session that is known here, and with whatever has become of the
   * sessions of `playerId`. The state is a live view.
   */
  readonly momentOf: (asked: string, playerId?: string | null) => Promise<ExperimentMoment>;
}

export function createExperimentMoments(ports: ExperimentMomentsPorts): ExperimentMoments {
  const { experiments, plans, endings } = ports;

  async function nameOf(asked: string): Promise<string> {
    const name = await plans.nameOf(asked);
    if (name === null) throw unknownExperiment();
    return name;
  }

  return {
    nameOf,
    momentOf: async (asked, playerId = null) => {
      const name = await nameOf(asked);
      await endings.settled();
      const moment = await experiments.present(name);
      if (moment === null) throw unknownExperiment();
      const isNews = playerId !== null && (await endings.catchUp(moment, playerId));
      return isNews ? ((await experiments.present(name)) ?? moment) : moment;
    },
  };
}
