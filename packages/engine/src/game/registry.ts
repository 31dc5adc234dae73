import { selectCharacters } from '../characters/filters.ts';
import type { CurrentCharacter } from '../ports.ts';
import type { SeatName } from '../session/seat.ts';
import type { Game } from './game.ts';
import type { GameFile } from './gameFile.schema.ts';

/** A game that can be played here: its rules and the file that configures them. */
export interface GameEntry {
  readonly game: Game;
  readonly file: GameFile;
}

export interface GameRegistry {
  /** What can be begun: by name or title; spaces, hyphens, underscores and case do not matter. */
  find(nameOrTitle: string): GameEntry | null;
  /** All that can be begun. */
  readonly entries: readonly GameEntry[];
  /**
   * What was begun, by name: it goes on, and is shown, by the rules of its game though its file is gone or cannot be used.
   * Such a file says nothing but what the name says. `null` for a game without rules.
   */
  played(name: string): GameEntry | null;
}

const plain = (name: string): string => name.toLowerCase().replaceAll(/[\s_-]/g, '');

/** Whether two names mean the same game: spaces, hyphens, underscores and case do not matter. */
export const isSameGameName = (one: string, other: string): boolean => plain(one) === plain(other);

interface NamedGame {
  readonly game: Pick<Game, 'name'>;
  readonly file: Pick<GameFile, 'title'>;
}

/** By name or title, as `isSameGameName` compares them. */
export function findGame<Entry extends NamedGame>(
  entries: readonly Entry[],
  nameOrTitle: string,
): Entry | null {
  const isMeant = ({ game, file }: Entry): boolean =>
    isSameGameName(game.name, nameOrTitle) || isSameGameName(file.title, nameOrTitle);
  return entries.find(isMeant) ?? null;
}

const capitalised = (word: string): string => `${word.charAt(0).toUpperCase()}${word.slice(1)}`;

/** In place of a file that is not there. */
const standIn = (name: string): GameFile => ({
  name,
  title: name.split('-').map(capitalised).join(' '),
  version: '0.0.0',
  authors: [],
  description: '',
  config: {},
  stoppingConditions: {},
});

/** Pairs rules with files by name; a file without rules, or rules without a file, is not offered. */
export function createGameRegistry(games: readonly Game[], files: readonly GameFile[]): GameRegistry {
  const entries = games.flatMap((game) => {
    const file = files.find((candidate) => candidate.name === game.name);
    return file === undefined ? [] : [{ game, file }];
  });
  const byName = new Map(
    entries.flatMap((entry) => [entry.file.title, entry.game.name].map((n) => [plain(n), entry])),
  );
  const played = new Map(
    games.map((game) => [
      game.name,
      entries.find((entry) => entry.game === game) ?? { game, file: standIn(game.name) },
    ]),
  );
  return {
    find: (nameOrTitle) => byName.get(plain(nameOrTitle)) ?? null,
    entries,
    played: (name) => played.get(name) ?? null,
  };
}

/** Who may sit in a seat: the player's seat is `pc`, the simulated one `npc`; other seats admit everyone. */
export function eligibleCharacters(
  entry: GameEntry,
  seat: SeatName,
  characters: readonly CurrentCharacter[],
): readonly CurrentCharacter[] {
  const allowed = seat === 'pc' ? entry.file.pcs : seat === 'npc' ? entry.file.npcs : undefined;
  if (allowed === undefined) return characters;
  const admitted = new Set(
    selectCharacters(
      characters.map((character) => character.sheet),
      allowed,
    ),
  );
  return characters.filter((character) => admitted.has(character.sheet));
}
