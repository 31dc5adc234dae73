import type { ExperimentPlan } from '../assignment/plan.ts';
import { decideExperiment } from '../decide.ts';
import type { ExperimentCommand, ExperimentDecision } from '../deciding/command.ts';
import type { ExperimentEvent, ExperimentFact } from '../event.ts';
import { standingOf } from '../standing.ts';
import type { ExperimentMoment, PlannedExperiment, Standing } from '../standing.ts';
import { createExperimentFold } from '../state.ts';
import { isFull } from '../takingPart.ts';
import type { ExperimentState } from '../state.ts';

/** An experiment that nobody sees: decided as on the server, at times that are only said, and recorded nowhere. */
export interface SimulatedExperiment {
  readonly plan: ExperimentPlan;
  readonly events: readonly ExperimentEvent[];
  readonly state: ExperimentState;
  /** `now` in epoch ms, never less than before. */
  run(command: ExperimentCommand, now: number): ExperimentDecision;
  standing(participantId: string, now: number): Standing | null;
  /** Whether there is no place for anybody new. */
  isFull(now: number): boolean;
}

export function createSimulatedExperiment(planned: PlannedExperiment): SimulatedExperiment {
  const fold = createExperimentFold();
  const events: ExperimentEvent[] = [];
  const momentAt = (now: number): ExperimentMoment => ({
    ...planned,
    state: fold.state,
    now,
    // Sessions are over in the moment in which they are told of.
    turnsOf: () => 0,
  });
  return {
    plan: planned.plan,
    events,
    state: fold.state,
    run: (command, now) => {
      const record = (fact: ExperimentFact): void => {
        const event = { ...fact, experiment: planned.plan.name, seq: fold.state.lastSeq + 1, at: now };
        fold.apply(event);
        events.push(event);
      };
      return decideExperiment(momentAt(now), command, record);
    },
    isFull: (now) => isFull(momentAt(now)),
    standing: (participantId, now) => standingOf(momentAt(now), participantId),
  };
}
