import type { CharacterSheet } from '../../characters/character.schema.ts';
import type { CommandSpec } from '../../game/game.ts';
import type { JsonObject, JsonValue } from '../../json.ts';
import type { Viewer } from '../../session/seat.ts';
import { nameOf } from './markdown.ts';
import { CHARACTER_SEAT, PLAYER_SEAT } from './state.ts';
import type { RoleplayState } from './state.ts';

const profile = (sheet: CharacterSheet): JsonObject => ({
  hid: sheet.hid,
  name: nameOf(sheet),
  shortDescription: sheet.shortDescription,
  abilities: sheet.abilities,
});

/**
 * What a viewer may know: the player's own character, and the other only where it is no secret. Goals, persona and the
 * transcript of the model never leave.
 */
export function viewRoleplay(
  state: RoleplayState,
  viewer: Viewer,
  commands: readonly CommandSpec[],
): JsonObject {
  const playsIt = (seat: string): boolean => viewer.seesAll || viewer.seat === seat;
  const npcShown = playsIt(CHARACTER_SEAT) || (playsIt(PLAYER_SEAT) && state.config.showNpcDetails);
  const pc: JsonValue = playsIt(PLAYER_SEAT) ? profile(state.pc) : null;
  return {
    opened: state.opened,
    finished: state.finished,
    awaiting: state.pending !== null,
    turns: state.turns,
    maxInputLength: state.config.maxInputLength,
    retryBudget: state.config.retryBudget,
    retryBudgetLeft: state.retryBudgetLeft,
    commands: commands.map(({ name, description }) => ({ name, description })),
    pc,
    npc: npcShown ? profile(state.npc) : null,
  };
}
