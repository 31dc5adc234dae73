import { variantOf } from '../experiment.schema.ts';
import type { ExperimentConfig } from '../experiment.schema.ts';
import type { ExperimentState } from '../state.ts';

/** How far an experiment is, counted in participants who have completed a game. */
export interface ExperimentProgress {
  /** What it takes: the quota of each game, added up. Without one, as many as there have been. */
  readonly total: number;
  /** Those who were more than a quota asks for, because it was lowered, are not counted. */
  readonly completed: number;
  /** Whether every game has been completed by as many as it needs. Never, without a quota for games. */
  readonly isComplete: boolean;
}

export function progressOf(
  { assignments }: Pick<ExperimentState, 'assignments'>,
  { games, quotas }: Pick<ExperimentConfig, 'games' | 'quotas'>,
): ExperimentProgress {
  const completers = new Map(games.map((game) => [variantOf(game), new Set<string>()]));
  for (const { status, game, participantId } of assignments.values()) {
    if (status === 'completed') completers.get(game)?.add(participantId);
  }
  const most = quotas.perGame ?? Infinity;
  const completed = [...completers.values()].reduce((sum, { size }) => sum + Math.min(size, most), 0);
  if (quotas.perGame === undefined) return { total: completed, completed, isComplete: false };
  const total = quotas.perGame * games.length;
  return { total, completed, isComplete: completed === total };
}
