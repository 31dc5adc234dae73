import { eligibleCharacters } from '@dcs/engine';
import type { Attack } from './attack.schema.ts';
import type { AttackWorld, Seating } from './attackTable.ts';
import { createAttackTrials } from './tryAttack.ts';
import type { TriedAttack } from './tryAttack.ts';

/** An attack in one of its games, with those who play it there. */
export interface Trial {
  readonly attack: Attack;
  readonly seating: Seating;
}

/** `null` for a game that is not offered, or has nobody to play it. */
function seatingFor(
  { games, characters }: Pick<AttackWorld, 'games' | 'characters'>,
  game: string,
  number: number,
): Seating | null {
  const entry = games.find(game);
  if (entry === null) return null;
  const npcs = eligibleCharacters(entry, 'npc', characters);
  const npc = npcs[number % Math.max(1, npcs.length)];
  const pcs = eligibleCharacters(entry, 'pc', characters).filter((candidate) => candidate !== npc);
  const pc = pcs[number % Math.max(1, pcs.length)];
  return npc === undefined || pc === undefined ? null : { game, pc: pc.sheet, npc: npc.sheet };
}

/**
 * All attacks in all their games. Another pair plays each time, in a fixed order, so that a corpus meets all characters and
 * the same attack always the same; whoever leaves some trials out leaves the others as they are.
 */
export function trialsOf(
  attacks: readonly Attack[],
  world: Pick<AttackWorld, 'games' | 'characters'>,
): readonly Trial[] {
  return attacks
    .flatMap((attack) => attack.games.map((game) => ({ attack, game })))
    .flatMap(({ attack, game }, number) => {
      const seating = seatingFor(world, game, number);
      return seating === null ? [] : [{ attack, seating }];
    });
}

export interface RunOptions {
  /** How many sessions are played at once. */
  readonly atOnce: number;
  readonly onTried?: (tried: number, of: number) => void;
}

/** Tries attacks, each in a session of its own, and gives the results in the order of the trials. */
export async function runTrials(
  trials: readonly Trial[],
  world: AttackWorld,
  { atOnce, onTried }: RunOptions,
): Promise<readonly TriedAttack[]> {
  const { attempt } = createAttackTrials(world);
  const results = new Map<number, TriedAttack>();
  const left = [...trials.entries()].toReversed();
  async function work(): Promise<void> {
    for (let next = left.pop(); next !== undefined; next = left.pop()) {
      const [index, { attack, seating }] = next;
      results.set(index, await attempt(attack, seating));
      onTried?.(results.size, trials.length);
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work));
  return trials.flatMap((_, index) => results.get(index) ?? []);
}
