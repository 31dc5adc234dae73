import type { AdminPlayerDto } from '@dcs/api';

type PlayerRole = AdminPlayerDto['role'];

/** What a page of the list of players shows. */
export interface PlayersInput {
  readonly role?: PlayerRole;
  readonly playerId?: string;
  /** Whether it says what they are called. */
  readonly names: boolean;
  readonly limit: number;
  /** Of the API: where the page begins. */
  readonly cursor?: string;
}

const PAGE = 50;
const MOST_ID = 128;
const MOST_CURSOR = 256;

const isRole = (text: string): text is PlayerRole => text === 'player' || text === 'admin';

/** What an address asks for; everybody, newest first, where it asks for nothing that there is. */
export function readPlayersInput(asked: URLSearchParams): PlayersInput {
  const role = asked.get('role') ?? '';
  const playerId = (asked.get('player') ?? '').trim();
  const cursor = asked.get('cursor') ?? '';
  return {
    ...(isRole(role) ? { role } : {}),
    ...(playerId === '' || playerId.length > MOST_ID ? {} : { playerId }),
    names: asked.get('names') === 'yes',
    limit: PAGE,
    ...(cursor === '' || cursor.length > MOST_CURSOR ? {} : { cursor }),
  };
}

/** The address of another page of the same list. */
export function playersAddress({ role, playerId, names }: PlayersInput, cursor: string | null): string {
  const asked = new URLSearchParams();
  if (role !== undefined) asked.set('role', role);
  if (playerId !== undefined) asked.set('player', playerId);
  if (names) asked.set('names', 'yes');
  if (cursor !== null) asked.set('cursor', cursor);
  return `?${asked}`;
}
