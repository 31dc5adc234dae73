import type { CharacterStore, GameRegistry } from '@dcs/engine';
import type { CharacterDto, GameDto } from '../dto.ts';
import { castChoice } from './castLabels.ts';

export interface CatalogServicePorts {
  readonly games: GameRegistry;
  readonly characters: CharacterStore;
}

/** What there is to play. Public: it says nothing that a visitor may not know. */
export interface CatalogService {
  games(): readonly GameDto[];
  characters(): Promise<readonly CharacterDto[]>;
}

export function createCatalogService({ games, characters }: CatalogServicePorts): CatalogService {
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
    characters: async () =>
      (await characters.current()).map(({ sheet }) => ({
        ...castChoice(sheet),
        pcEligible: sheet.pcEligible,
      })),
  };
}
