import { createScriptedModel } from '@dcs/engine';
import type { Attack } from './attack.schema.ts';
import type { AttackWorld, Seating } from './attackTable.ts';
import { isOfProgram } from './finding.ts';
import type { Finding } from './finding.ts';
import { heldBackIn } from './heldBack.ts';
import { leakFindings } from './leakFindings.ts';
import { playAttack } from './playAttack.ts';
import type { AttackPlay } from './playAttack.ts';
import { innocentLetters, promptFindings } from './promptFindings.ts';
import { stateFindings } from './stateFindings.ts';
import { obeyedFindings, verdictFindings } from './verdictFindings.ts';

/** `undecided`: a model failed, so that what it would have said is unknown. */
export type AttackOutcome = 'stopped' | 'through' | 'undecided';

export interface TriedAttack {
  readonly play: AttackPlay;
  readonly outcome: AttackOutcome;
  readonly findings: readonly Finding[];
  /** What models told and the program kept from the player; see `heldBackIn`. */
  readonly heldBack: readonly string[];
}

/** Nothing but waiting, told of to every model that the game has. */
function innocentAttack(game: string): Attack {
  const predicts = game === 'foresight';
  const step = predicts
    ? ({ surface: 'prediction', text: 'it goes on' } as const)
    : ({ surface: 'action', text: 'I wait.' } as const);
  const about = { technique: 'instruction-override', games: [game], target: 'program' } as const;
  return { ...about, id: 'innocent', steps: [step], never: {} };
}

function outcomeOf({ asked }: AttackPlay, findings: readonly Finding[]): AttackOutcome {
  if (findings.length > 0) return 'through';
  const hasFailed = asked.some(({ failure }) => failure !== null && failure !== 'model/cancelled');
  return hasFailed ? 'undecided' : 'stopped';
}

/** Tries attacks in a world, one session each. What innocent players are told there is found out once for each seating. */
export function createAttackTrials(world: AttackWorld) {
  const innocents = new Map<string, Promise<string>>();

  function innocentFor(seating: Seating): Promise<string> {
    const key = [seating.game, seating.pc.hid, seating.npc.hid].join('/');
    const scripted = { ...world, model: createScriptedModel() };
    const known =
      innocents.get(key) ??
      playAttack(innocentAttack(seating.game), seating, scripted).then(({ asked }) => innocentLetters(asked));
    innocents.set(key, known);
    return known;
  }

  return {
    /** Rejects only for faults of the program. */
    attempt: async (attack: Attack, seating: Seating): Promise<TriedAttack> => {
      const innocent = await innocentFor(seating);
      const play = await playAttack(attack, seating, world);
      const findings = [
        ...stateFindings(play),
        ...promptFindings(play, innocent),
        ...leakFindings(play),
        ...obeyedFindings(play),
        ...verdictFindings(play),
      ];
      return { play, outcome: outcomeOf(play, findings), findings, heldBack: heldBackIn(play) };
    },
  };
}

/** Whether something got through that the program has to stop whatever models say. */
export const isFaultOfProgram = ({ findings }: TriedAttack): boolean => findings.some(isOfProgram);
