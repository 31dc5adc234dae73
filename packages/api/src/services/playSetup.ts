import { eligibleCharacters, PAIR_WARNING_MESSAGES, pairWarnings } from '@dcs/engine';
import type { CharacterSheet, CharacterStore, CurrentCharacter, GameEntry, GameRegistry } from '@dcs/engine';
import type { PairWarningsDto } from '../characterDto.ts';
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

/** Who may sit in a seat; `null` when whoever sits there plays no character. */
function candidatesFor(
  entry: GameEntry,
  seat: 'pc' | 'npc',
  characters: readonly CurrentCharacter[],
): readonly CharacterSheet[] | null {
  const plays = entry.game.seats.some((spec) => spec.name === seat && spec.playsCharacter);
  return plays ? eligibleCharacters(entry, seat, characters).map(({ sheet }) => sheet) : null;
}

const choices = (sheets: readonly CharacterSheet[] | null): readonly CastChoiceDto[] =>
  (sheets ?? []).map(castChoice);

/** More pairs than anyone looks through. */
const MOST_PAIRS = 2_000;

function warningsAbout(pcs: readonly CharacterSheet[], npcs: readonly CharacterSheet[]): PairWarningsDto {
  const pairs = pcs.flatMap((pc) =>
    npcs.flatMap((npc) => pairWarnings(pc, npc).map(({ reason }) => ({ pc: pc.hid, npc: npc.hid, reason }))),
  );
  return { pairs: pairs.slice(0, MOST_PAIRS), messages: PAIR_WARNING_MESSAGES };
}

/**
 * What one may choose from before a session of a game is created. Where whom one meets is kept from players, only those
 * who see what is hidden are told who it may be. Throws `game/unknown`.
 */
export async function playSetup(
  ports: PlaySetupPorts,
  name: string,
  { seesHidden }: { readonly seesHidden: boolean },
): Promise<PlaySetupDto> {
  const entry = ports.games.find(name);
  if (entry === null) {
    const known = ports.games.entries.map(({ game }) => game.name).join(', ');
    throw new ApiError('game/unknown', `There is no such game. Games here: ${known}.`);
  }
  const characters = await ports.characters.current();
  const pcs = candidatesFor(entry, 'pc', characters);
  const npcs = candidatesFor(entry, 'npc', characters);
  const hidesNpc = entry.game.hidesCharacter?.(entry.file.config, 'npc') ?? false;
  const shownNpcs = hidesNpc && !seesHidden ? [] : (npcs ?? []);
  const denialReason = pcs?.length === 0 ? 'no_valid_pc' : npcs?.length === 0 ? 'no_valid_npc' : null;
  return {
    game: entry.game.name,
    allowed: true,
    canStart: denialReason === null,
    denialReason,
    message: denialReason === null ? '' : DENIALS[denialReason],
    pcs: choices(pcs),
    npcs: choices(shownNpcs),
    hidesNpc,
    warnings: warningsAbout(pcs ?? [], shownNpcs),
  };
}
