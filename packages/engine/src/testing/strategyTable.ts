import type { Candidate } from '../experiments/event.ts';
import type { PastAssignment, PoolGame, StrategyInput } from '../experiments/assignment/strategy.ts';

/* What tests of strategies begin with: two games with the same cast, a participant without a past, nobody else. */

export function poolGame(game: string, pcs: readonly string[], npcs: readonly string[]): PoolGame {
  return { game, drawnAs: game, pcs, npcs };
}

export const CAST = ['ANT', 'BEE', 'CAT'] as const;

export function strategyInput(parts: Partial<StrategyInput> = {}): StrategyInput {
  return {
    experiment: 'pilot',
    participantId: 'p1',
    seed: '42',
    games: [poolGame('explore', CAST, CAST), poolGame('teamwork', CAST, CAST)],
    full: new Set(),
    isOpen: () => true,
    sameCharacter: false,
    history: [],
    timesPlayed: () => 0,
    timesWaiting: () => 0,
    divergence: () => 0,
    matchesExpertise: () => false,
    ...parts,
  };
}

/** An assignment in the short form `explore ANT BEE`. */
export function past(place: string, status: PastAssignment['status'] = 'completed'): PastAssignment {
  const [game = '', pc = null, npc = null] = place.split(' ');
  return { game, pc, npc, status };
}

/** Candidates in the short form, without their batches. */
export function placesIn(candidates: Iterable<Candidate>): readonly string[] {
  return Array.from(candidates, ({ game, pc, npc }) => `${game} ${pc} ${npc}`);
}
