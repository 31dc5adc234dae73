import { assignmentsOf } from '../standing.ts';
import type { ExperimentMoment } from '../standing.ts';
import { modelPlayersOf } from './modelPlayer.ts';
import type { ModelPlayer } from './modelPlayer.ts';
import { modelStep } from './modelStep.ts';
import type { ModelStep } from './modelStep.ts';

/** How far the participants are that one entry of `players.models` asks for. */
export interface ModelPlayerOverview {
  readonly model: string;
  /** How many it is to play. */
  readonly participants: number;
  readonly joined: number;
  readonly playing: number;
  /** With everything completed, or nothing left for them. */
  readonly finished: number;
  /** Whose sessions broke off so often that no other is begun. */
  readonly gaveUp: number;
  /** Assignments. */
  readonly completed: number;
  /** What they wait for who could go on else; `null` when nothing keeps them. */
  readonly waitsFor: Extract<ModelStep, { type: 'waits' }>['for'] | null;
}

/** In the order of the file. */
export function modelPlayerOverviews(moment: ExperimentMoment): readonly ModelPlayerOverview[] {
  const { plan, state } = moment;
  const entries = Map.groupBy(modelPlayersOf(plan.config), ({ entry }) => entry);
  const completedBy = ({ participantId }: ModelPlayer): number => {
    const participant = state.participants.get(participantId);
    if (participant === undefined) return 0;
    return assignmentsOf(state, participant).filter(({ status }) => status === 'completed').length;
  };
  return plan.config.players.models.map(({ model, participants }, entry): ModelPlayerOverview => {
    const players = entries.get(entry) ?? [];
    const steps = players.map((player) => modelStep(moment, player));
    const count = (is: (step: ModelStep) => boolean): number => steps.filter(is).length;
    const gaveUp = count((step) => step.type === 'rests' && step.because === 'gaveUp');
    return {
      model,
      participants,
      joined: players.filter(({ participantId }) => state.participants.has(participantId)).length,
      playing: count(({ type }) => type === 'play'),
      finished: count(({ type }) => type === 'rests') - gaveUp,
      gaveUp,
      completed: players.reduce((sum, player) => sum + completedBy(player), 0),
      waitsFor: steps.some(({ type }) => type === 'start')
        ? null
        : (steps.flatMap((step) => (step.type === 'waits' ? [step.for] : []))[0] ?? null),
    };
  });
}
