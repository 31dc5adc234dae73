import type { ExperimentPlan } from '../assignment/plan.ts';
import { placesOf } from '../assignment/pool.ts';
import type { Form } from '../forms/form.ts';
import { isAbout } from '../forms/pendingGroups.ts';
import { STAGES } from './journey.ts';
import type { Stage } from './journey.ts';
import type { Simulation } from './simulateExperiment.ts';

/** What became of those who came to a stage. */
export interface StageCount {
  readonly stage: Stage;
  readonly reached: number;
  readonly left: number;
  readonly turnedAway: number;
}

/** Of the stages to which anybody came. */
export function stageCounts({ journeys }: Simulation): readonly StageCount[] {
  return STAGES.map((stage) => {
    const here = journeys.filter(({ reached }) => reached.has(stage));
    const ended = (type: 'left' | 'turnedAway'): number =>
      journeys.filter(({ outcome }) => outcome.type === type && outcome.stage === stage).length;
    return { stage, reached: here.length, left: ended('left'), turnedAway: ended('turnedAway') };
  }).filter(({ reached, turnedAway }) => reached > 0 || turnedAway > 0);
}

export type UnreachedKind = 'game' | 'playerCharacter' | 'simulatedCharacter' | 'form';

/** Something in the file that nobody came to. */
export interface Unreached {
  readonly kind: UnreachedKind;
  readonly name: string;
  /** Whether nobody ever can, however many come. */
  readonly isImpossible: boolean;
}

/** Whether all games that a form is about end before it would be asked. */
function comesTooLate({ limits, config }: ExperimentPlan, { trigger }: Form): boolean {
  const { event, turns, games } = trigger;
  if (event !== 'after-turns' || turns === null) return false;
  const mostTurns = [...limits].flatMap(([game, limit]) =>
    isAbout(games, game, config.games) ? [limit.turns ?? Infinity] : [],
  );
  return Math.max(0, ...mostTurns) < turns;
}

export function unreachedIn({ input, state, journeys }: Simulation): readonly Unreached[] {
  const { plan, forms } = input.planned;
  const given = [...state.assignments.values()];
  const { sameCharacter } = plan.config.assignment;
  const playable = new Set(
    plan.games
      .flatMap(placesOf)
      .filter(({ pc, npc }) => sameCharacter || pc === null || pc !== npc)
      .flatMap(({ game, pc, npc }) => [`game ${game}`, `playerCharacter ${pc}`, `simulatedCharacter ${npc}`]),
  );
  const tooLate = new Set(forms.filter((form) => comesTooLate(plan, form)).map(({ name }) => name));
  const isImpossible = (kind: UnreachedKind, name: string): boolean =>
    kind === 'form' ? tooLate.has(name) : !playable.has(`${kind} ${name}`);
  const missing = (kind: UnreachedKind, all: readonly (string | null)[], met: readonly (string | null)[]) => {
    const known = new Set(met);
    return [...new Set(all)]
      .filter((name) => name !== null)
      .filter((name) => !known.has(name))
      .map((name) => ({ kind, name, isImpossible: isImpossible(kind, name) }));
  };
  return [
    ...missing(
      'game',
      plan.games.map(({ game }) => game),
      given.map(({ game }) => game),
    ),
    ...missing(
      'playerCharacter',
      plan.games.flatMap(({ pcs }) => pcs),
      given.map(({ pc }) => pc),
    ),
    ...missing(
      'simulatedCharacter',
      plan.games.flatMap(({ npcs }) => npcs),
      given.map(({ npc }) => npc),
    ),
    ...missing(
      'form',
      forms.map(({ name }) => name),
      journeys.flatMap(({ asked }) => [...asked]),
    ),
  ];
}
