import type { AdminPlayerDto } from '@dcs/api';
import { cursorIn, listAddress, PAGE, wordIn } from '#lib/admin/listAddress.ts';

type PlayerRole = AdminPlayerDto['role'];

/** What a page of the list of players shows. */
export interface PlayersInput {
  readonly role?: PlayerRole;
  readonly playerId?: string;
  /** Whether it says what they are called. */
  readonly names: boolean;
  readonly limit: number;
  readonly cursor?: string;
}

const MOST_ID = 128;

const isRole = (text: string): text is PlayerRole => text === 'player' || text === 'admin';

/** What an address asks for; everybody, newest first, where it asks for nothing that there is. */
export function readPlayersInput(asked: URLSearchParams): PlayersInput {
  const role = asked.get('role') ?? '';
  const playerId = wordIn(asked, 'player', MOST_ID);
  return {
    ...(isRole(role) ? { role } : {}),
    ...(playerId === null ? {} : { playerId }),
    names: asked.get('names') === 'yes',
    limit: PAGE,
    ...cursorIn(asked),
  };
}

/** The address of another page of the same list. */
export function playersAddress({ role, playerId, names }: PlayersInput, cursor: string | null): string {
  return listAddress({ role, player: playerId, names: names ? 'yes' : null, cursor });
}
