import type { CharacterSheet } from '../../characters/character.schema.ts';
import type { GameSetup } from '../../game/game.ts';
import type { Scene, TranscriptLine } from '../../models/scene.ts';
import type { SeatName } from '../../session/seat.ts';
import type { RoleplayConfig } from './config.ts';
import { unnamed, unnamedText } from './unnamed.ts';

export const PLAYER_SEAT = 'pc';
export const CHARACTER_SEAT = 'npc';

/** How much of the past a model is told; it also bounds the state. */
export const TRANSCRIPT_LINES = 12;

/** What is durable but not yet answered. A crash leaves it here, and `resume` goes on from it. */
export type Pending =
  | { readonly kind: 'opening' }
  | { readonly kind: 'action'; readonly text: string }
  /** A judge has rejected the action; the player has not been told yet. */
  | { readonly kind: 'rejected'; readonly text: string; readonly reason: string }
  /**
   * The reply was rejected; it is to be written once more, and its writer told why. `reply` is `null` if it tells what it must not:
   * that is not repeated.
   */
  | {
      readonly kind: 'objected';
      readonly text: string;
      readonly reply: string | null;
      readonly reason: string;
    }
  /** The second reply was rejected as well; the player has not been told yet. */
  | { readonly kind: 'unplayable' }
  /** The last attempt is spent; the session has not been ended yet. */
  | { readonly kind: 'exhausted' }
  | { readonly kind: 'command'; readonly name: string }
  /** The reply to a question that the game itself asked. */
  | { readonly kind: 'answer'; readonly text: string };

/** `Own` is what one game keeps beside what all language games keep. */
export interface RoleplayState<Config extends RoleplayConfig = RoleplayConfig, Own = unknown> {
  readonly config: Config;
  readonly pc: CharacterSheet;
  readonly npc: CharacterSheet;
  readonly entered: boolean;
  readonly opened: boolean;
  /** Turns completed, the opening included. */
  readonly turns: number;
  readonly retryBudgetLeft: number;
  readonly pending: Pending | null;
  /** The last lines, oldest first; actions that were rejected or never answered are not part of it. */
  readonly transcript: readonly TranscriptLine[];
  /** What the game lets the simulated character be after; `null` where it has all of its goals. */
  readonly objective: string | null;
  readonly finished: string | null;
  readonly own: Own;
}

function characterAt<Config>(setup: GameSetup<Config>, seat: SeatName): CharacterSheet {
  const sheet = setup.characters[seat];
  if (sheet === undefined)
    throw new Error(`A language game was set up without a character for seat "${seat}".`);
  return sheet;
}

export function initialState<Config extends RoleplayConfig, Own>(
  setup: GameSetup<Config>,
  own: Own,
): RoleplayState<Config, Own> {
  return {
    config: setup.config,
    pc: characterAt(setup, PLAYER_SEAT),
    npc: characterAt(setup, CHARACTER_SEAT),
    entered: false,
    opened: false,
    turns: 0,
    retryBudgetLeft: setup.config.retryBudget,
    pending: null,
    transcript: [],
    objective: null,
    finished: null,
    own,
  };
}

/** The simulated character as models know it. */
export const toldNpc = ({ config, npc }: Pick<RoleplayState, 'config' | 'npc'>): CharacterSheet =>
  config.showNpcDetails ? npc : unnamed(npc);

/** What the simulated character is after, as models know it. */
const toldObjective = ({ config, npc }: RoleplayState, objective: string): string =>
  config.showNpcDetails ? objective : unnamedText(objective, npc);

/** The situation as a model sees it. `action` is `null` while the scene is being opened. */
export function sceneOf(state: RoleplayState, action: string | null): Scene {
  return {
    pc: state.pc,
    npc: toldNpc(state),
    ...(state.config.showNpcDetails ? {} : { hidesCharacter: true }),
    ...(state.objective === null ? {} : { objective: toldObjective(state, state.objective) }),
    transcript: state.transcript,
    action,
    turn: state.turns + 1,
  };
}
