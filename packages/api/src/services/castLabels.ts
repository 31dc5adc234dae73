import { characterLabel } from '@dcs/engine';
import type { Cast, CastMember, CharacterSheet, CharacterStore, SeatName } from '@dcs/engine';
import type { CharacterDto } from '../characterDto.ts';
import type { CastChoiceDto, CastDto } from '../dto.ts';

export function castChoice(sheet: CharacterSheet): CastChoiceDto {
  const { hid, shortDescription, isHuman } = sheet;
  return { hid, label: characterLabel(sheet), shortDescription, isHuman };
}

/** What anyone may know of a character. */
export const characterDto = (sheet: CharacterSheet): CharacterDto => ({
  ...castChoice(sheet),
  pcEligible: sheet.pcEligible,
});

/** Who plays whom, for people to read. */
export interface CastLabels {
  of(cast: Cast, seat: SeatName): Promise<CastDto | null>;
}

const REMEMBERED = 5_000;

/** Remembers labels by revision: a revision never changes. */
export function createCastLabels(characters: CharacterStore): CastLabels {
  const labels = new Map<string, string>();

  async function labelOf(member: CastMember): Promise<string> {
    const known = labels.get(member.revision);
    if (known !== undefined) return known;
    const sheet = await characters.find(member);
    const label = sheet === null ? member.hid : characterLabel(sheet);
    if (labels.size >= REMEMBERED) labels.clear();
    labels.set(member.revision, label);
    return label;
  }

  return {
    of: async (cast, seat) => {
      const member = Object.hasOwn(cast, seat) ? cast[seat] : undefined;
      return member === undefined ? null : { hid: member.hid, label: await labelOf(member) };
    },
  };
}
