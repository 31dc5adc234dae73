import { eligibleCharacters } from '@dcs/engine';
import type { CharacterStore, CurrentCharacter, GameEntry, GameRegistry } from '@dcs/engine';
import type { CastChoiceDto, PlaySetupDto } from '../dto.ts';
import { ApiError } from '../errors.ts';
import { castChoice } from './castLabels.ts';

export interface PlaySetupPorts {
  readonly games: GameRegistry;
  readonly characters: CharacterStore;
}

const DENIALS = {
  no_valid_pc: 'There is no character that you may play in this game yet. An administrator can add one.',
  no_valid_npc: 'There is no character to meet in this game yet. An administrator can add one.',
} as const;

/** Whom a seat offers; `null` when whoever sits there plays no character. */
function choicesFor(
  entry: GameEntry,
  seat: 'pc' | 'npc',
  characters: readonly CurrentCharacter[],
): readonly CastChoiceDto[] | null {
  const plays = entry.game.seats.some((spec) => spec.name === seat && spec.playsCharacter);
  return plays ? eligibleCharacters(entry, seat, characters).map(({ sheet }) => castChoice(sheet)) : null;
}

/** What one may choose from before a session of a game is created. Throws `game/unknown`. */
export async function playSetup(ports: PlaySetupPorts, name: string): Promise<PlaySetupDto> {
  const entry = ports.games.find(name);
  if (entry === null) {
    const known = ports.games.entries.map(({ game }) => game.name).join(', ');
    throw new ApiError('game/unknown', `There is no such game. Games here: ${known}.`);
  }
  const characters = await ports.characters.current();
  const pcs = choicesFor(entry, 'pc', characters);
  const npcs = choicesFor(entry, 'npc', characters);
  const denialReason = pcs?.length === 0 ? 'no_valid_pc' : npcs?.length === 0 ? 'no_valid_npc' : null;
  return {
    game: entry.game.name,
    allowed: true,
    canStart: denialReason === null,
    denialReason,
    message: denialReason === null ? '' : DENIALS[denialReason],
    pcs: pcs ?? [],
    npcs: npcs ?? [],
  };
}
