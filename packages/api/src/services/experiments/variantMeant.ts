import { findGame, isSameGameName, variantOf } from '@dcs/engine';
import type { ExperimentMoment } from '@dcs/engine';

/**
 * Which of an experiment's games somebody asks for: by its variant, or by the name or the title of a game that it has
 * once; otherwise what was asked for, which is none.
 */
export function variantMeant({ plan }: ExperimentMoment, asked: string): string {
  const own = plan.config.games;
  const variant = own.map(variantOf).find((one) => isSameGameName(one, asked));
  if (variant !== undefined) return variant;
  const entry = findGame([...plan.entries.values()], asked);
  const [only = asked, ...others] = own.filter(({ name }) => name === entry?.game.name).map(variantOf);
  return others.length === 0 ? only : asked;
}
