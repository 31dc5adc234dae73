import type { ExperimentMoment } from '../standing.ts';
import { modelPlayersOf } from './modelPlayer.ts';
import type { ModelPlayer } from './modelPlayer.ts';
import { modelStep } from './modelStep.ts';
import type { ModelStep } from './modelStep.ts';

const IDLE: readonly ModelStep['type'][] = ['rests', 'waits'];

/**
 * Those who have something to do now: of each lane the first, whoever rests or waits before them. Models take turns in the
 * list, so that none of them keeps the others waiting.
 */
export function dueModelPlayers(moment: ExperimentMoment): readonly ModelPlayer[] {
  const lanes = Map.groupBy(modelPlayersOf(moment.plan.config), ({ entry, lane }) => `${entry} ${lane}`);
  return [...lanes.values()]
    .flatMap((players) => players.find((player) => !IDLE.includes(modelStep(moment, player).type)) ?? [])
    .toSorted((left, right) => left.lane - right.lane || left.entry - right.entry);
}
