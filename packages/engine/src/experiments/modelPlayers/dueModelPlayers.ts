import type { ExperimentMoment } from '../standing.ts';
import { modelPlayersOf } from './modelPlayer.ts';
import type { ModelPlayer } from './modelPlayer.ts';
import { modelStep } from './modelStep.ts';

/**
 * Those who have something to do now: of each lane the first who does not rest. Models take turns in the list, so that none
 * of them keeps the others waiting.
 */
export function dueModelPlayers(moment: ExperimentMoment): readonly ModelPlayer[] {
  const lanes = Map.groupBy(modelPlayersOf(moment.plan.config), ({ entry, lane }) => `${entry} ${lane}`);
  return [...lanes.values()]
    .flatMap((players) => {
      const first = players.find((player) => modelStep(moment, player).type !== 'rests');
      return first === undefined || modelStep(moment, first).type === 'waits' ? [] : [first];
    })
    .toSorted((left, right) => left.lane - right.lane || left.entry - right.entry);
}
