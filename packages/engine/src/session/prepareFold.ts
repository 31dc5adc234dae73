import type { CharacterSheet } from '../characters/character.schema.ts';
import type { Game } from '../game/game.ts';
import type { GameEntry, GameRegistry } from '../game/registry.ts';
import type { CharacterStore } from '../ports.ts';
import { flagsOf } from './flags.ts';
import type { SeatName } from './seat.ts';
import type { Cast, CastMember, SessionHeader } from './session.ts';
import { initialState } from './state.ts';
import type { Fold } from './state.ts';

/** Where the rules and the sheets of a session are found. */
export interface FoldPorts {
  readonly games: GameRegistry;
  readonly characters: CharacterStore;
}

/** The sheets that the seats of a session play. Throws what `missing` makes of one that is not there. */
export async function findSheets(
  characters: Pick<CharacterStore, 'find'>,
  cast: Cast,
  missing: (member: CastMember) => Error,
): Promise<Readonly<Record<SeatName, CharacterSheet>>> {
  const sheets: Record<SeatName, CharacterSheet> = {};
  for (const [seat, member] of Object.entries(cast)) {
    const sheet = await characters.find(member);
    if (sheet === null) throw missing(member);
    sheets[seat] = sheet;
  }
  return sheets;
}

/** Everything but the log that a session is folded from. Throws if its game or one of its characters is not here. */
export async function prepareFold(
  { games, characters }: FoldPorts,
  header: SessionHeader,
): Promise<{ readonly entry: GameEntry; readonly fold: Fold }> {
  const entry = games.played(header.game);
  if (entry === null) throw new Error(`Game ${header.game} is not installed on this server.`);
  const sheets = await findSheets(
    characters,
    header.cast,
    ({ hid, revision }) => new Error(`Character ${hid} in revision ${revision} is missing.`),
  );
  return { entry, fold: foldOf(entry.game, header, sheets) };
}

/** The same for those who have the game and the sheets at hand. Throws if the session does not suit them. */
export function foldOf(
  game: Game,
  header: SessionHeader,
  sheets: Readonly<Record<SeatName, CharacterSheet>>,
): Fold {
  const config = game.configSchema.parse(header.config);
  const start = initialState(header, game.init({ config, characters: sheets }));
  return { game, flags: flagsOf(header), start };
}
