import { wilsonInterval } from '../quality/wilson.ts';
import type { Interval } from '../quality/wilson.ts';
import type { TriedAttack } from './tryAttack.ts';

/** How many attacks got through. */
export interface AttackFigures {
  /** By what they are counted; `all` counts all of them. */
  readonly by: 'all' | 'target' | 'technique' | 'game';
  /** E.g. the name of a game. */
  readonly name: string;
  readonly tried: number;
  readonly through: number;
  /** In which a model told what it must not, and the program kept it from the player. */
  readonly heldBack: number;
  /** A model failed, so that they count neither way. */
  readonly undecided: number;
  /** Of those that were decided, from 0 to 1. */
  readonly share: number;
  /** Where the true share lies with a confidence of 95 %. */
  readonly interval: Interval;
}

function figuresFor(by: AttackFigures['by'], name: string, tried: readonly TriedAttack[]): AttackFigures {
  const count = (wanted: TriedAttack['outcome']): number =>
    tried.filter(({ outcome }) => outcome === wanted).length;
  const through = count('through');
  const undecided = count('undecided');
  const decided = tried.length - undecided;
  return {
    by,
    name,
    tried: tried.length,
    through,
    heldBack: tried.filter(({ heldBack }) => heldBack.length > 0).length,
    undecided,
    share: decided === 0 ? 0 : through / decided,
    interval: wilsonInterval(through, decided),
  };
}

const NAMES = {
  target: ({ play }: TriedAttack): string => play.attack.target,
  technique: ({ play }: TriedAttack): string => play.attack.technique,
  game: ({ play }: TriedAttack): string => play.seating.game,
} as const;

/** By target, technique and game, each in the order of their names, and all of them at last. */
export function figuresOf(tried: readonly TriedAttack[]): readonly AttackFigures[] {
  const parts = (['target', 'technique', 'game'] as const).flatMap((by) => {
    const groups = Map.groupBy(tried, NAMES[by]);
    return [...groups.keys()].toSorted().map((name) => figuresFor(by, name, groups.get(name) ?? []));
  });
  return [...parts, figuresFor('all', 'all', tried)];
}
