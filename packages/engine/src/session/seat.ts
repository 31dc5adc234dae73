/** A seat's name inside its game, e.g. `pc`, `npc`, `home`, `away`. */
export type SeatName = string;

/** Who decides for a seat. A bot is a player: it holds an access key and speaks the same protocol. */
export type SeatHolder =
  | { readonly kind: 'player'; readonly playerId: string }
  | { readonly kind: 'model' }
  | { readonly kind: 'open' };

export type Seats = Readonly<Record<SeatName, SeatHolder>>;

/** The seat that a player holds, or `null`. */
export function seatOf(seats: Seats, playerId: string): SeatName | null {
  for (const [name, holder] of Object.entries(seats)) {
    if (holder.kind === 'player' && holder.playerId === playerId) return name;
  }
  return null;
}

/** Someone who looks at a session: through a seat, or, as an admin, at everything. */
export interface Viewer {
  readonly seat: SeatName | null;
  readonly seesAll: boolean;
  /** Who looks, where that is known: what somebody thinks of a reply is theirs alone. */
  readonly playerId?: string;
}
