import { CHARACTER_FILTERS } from '@dcs/engine';
import type {
  CharacterFilterName,
  CharacterSheet,
  CharacterStore,
  CurrentCharacter,
  GameRegistry,
} from '@dcs/engine';
import type { CharacterDto } from '../characterDto.ts';
import type { GameDto } from '../dto.ts';
import { characterDto } from './castLabels.ts';

/** How many characters one answer lists. */
export const MOST_CHARACTERS = 500;

export interface CatalogServicePorts {
  readonly games: GameRegistry;
  readonly characters: CharacterStore;
}

/** What there is to play. Public: it says nothing that a visitor may not know. */
export interface CatalogService {
  games(): readonly GameDto[];
  /** In the order of their handles. */
  characters(request: CharacterListRequest): Promise<readonly CharacterDto[]>;
}

export interface CharacterListRequest {
  readonly filter: CharacterFilterName;
  /** Looked for, in whatever case, in what is public of a character. */
  readonly search: string;
  readonly limit: number;
  /** Only those after this handle. */
  readonly afterHid?: string | undefined;
}

interface ListedCharacter {
  readonly sheet: CharacterSheet;
  readonly dto: CharacterDto;
  readonly searched: string;
}

function listed({ sheet }: CurrentCharacter): ListedCharacter {
  const dto = characterDto(sheet);
  return { sheet, dto, searched: [dto.hid, dto.label, dto.shortDescription].join('\n').toLowerCase() };
}

export function createCatalogService({ games, characters }: CatalogServicePorts): CatalogService {
  /** The catalogue gives the same list until something changes, or a moment has passed. */
  const known = new WeakMap<readonly CurrentCharacter[], readonly ListedCharacter[]>();

  function rowsOf(current: readonly CurrentCharacter[]): readonly ListedCharacter[] {
    const rows = known.get(current) ?? current.map(listed);
    known.set(current, rows);
    return rows;
  }

  return {
    games: () =>
      games.entries.map(({ game, file }) => ({
        name: game.name,
        title: file.title,
        kind: game.kind,
        version: file.version,
        authors: file.authors,
        description: file.description,
        seats: game.seats.map(({ name, title, heldBy, playsCharacter }) => ({
          name,
          title,
          heldBy,
          playsCharacter,
        })),
        commands: game.commands.map(({ name, description }) => ({ name, description })),
        takesText: game.takesText,
      })),
    characters: async ({ filter, search, limit, afterHid = '' }) => {
      const words = search.toLowerCase();
      return rowsOf(await characters.current())
        .filter(({ sheet, searched }) => CHARACTER_FILTERS[filter](sheet) && searched.includes(words))
        .filter(({ sheet }) => sheet.hid > afterHid)
        .slice(0, limit)
        .map(({ dto }) => dto);
    },
  };
}
