import type { GameEntry } from '../game/registry.ts';
import { eligibleCharacters } from '../game/registry.ts';
import type { CurrentCharacter } from '../ports.ts';
import { randomStream } from '../random.ts';
import { failure } from './failure.ts';
import type { Failure } from './failure.ts';
import type { SeatName, SeatHolder, Seats } from './seat.ts';
import type { Cast, CastMember } from './session.ts';

export interface CastingCall {
  readonly entry: GameEntry;
  readonly characters: readonly CurrentCharacter[];
  /** Hids wanted by seat; the other seats are left to chance. */
  readonly wanted: Readonly<Record<SeatName, string>>;
  readonly seed: string;
}

/** Who plays whom. Chance avoids giving two seats the same character when it can. */
export function castSeats(call: CastingCall): { readonly ok: true; readonly cast: Cast } | Failure {
  const seats = call.entry.game.seats.filter((seat) => seat.playsCharacter);
  const stranger = Object.keys(call.wanted).find((name) => !seats.some((seat) => seat.name === name));
  if (stranger !== undefined) {
    return failure(
      'seat/unknown',
      `${call.entry.file.title} has no character in a seat called "${stranger}".`,
    );
  }
  const cast: Record<SeatName, CastMember> = {};
  // Wanted characters first, so that chance can avoid them.
  for (const seat of seats.toSorted(
    (a, b) => Number(b.name in call.wanted) - Number(a.name in call.wanted),
  )) {
    const chosen = castSeat(call, seat.name, Object.values(cast));
    if ('ok' in chosen) return chosen;
    cast[seat.name] = { hid: chosen.sheet.hid, revision: chosen.revision };
  }
  return { ok: true, cast };
}

function castSeat(
  call: CastingCall,
  seat: SeatName,
  taken: readonly CastMember[],
): CurrentCharacter | Failure {
  const eligible = eligibleCharacters(call.entry, seat, call.characters);
  const wanted = Object.hasOwn(call.wanted, seat) ? call.wanted[seat] : undefined;
  if (wanted === undefined) {
    const others = eligible.filter(
      (candidate) => !taken.some((member) => member.hid === candidate.sheet.hid),
    );
    const pool = others.length > 0 ? others : eligible;
    return randomStream(`${call.seed}/cast/${seat}`).pick(pool) ?? noneAvailable(call.entry, seat);
  }
  const known = call.characters.find((candidate) => candidate.sheet.hid === wanted);
  if (known === undefined) {
    return failure(
      'character/unknown',
      `There is no character "${wanted}". Choose one from characters.list.`,
    );
  }
  if (!eligible.includes(known)) {
    const message = `${wanted} cannot sit in the ${seat} seat of ${call.entry.file.title}. Choose one that play.setup offers.`;
    return failure('character/not-allowed', message);
  }
  return known;
}

function noneAvailable(entry: GameEntry, seat: SeatName): Failure {
  const message = `No character is available for the ${seat} seat of ${entry.file.title}. An administrator can add one.`;
  return failure('character/none-available', message);
}

/** Who holds the seats of a new session: its owner the first player's seat, other players' seats stay open. */
export function seatsAtStart(entry: GameEntry, ownerId: string): Seats {
  const owned = entry.game.seats.find((seat) => seat.heldBy === 'player');
  const holders = entry.game.seats.map((seat): [SeatName, SeatHolder] => {
    if (seat.heldBy === 'model') return [seat.name, { kind: 'model' }];
    return [seat.name, seat === owned ? { kind: 'player', playerId: ownerId } : { kind: 'open' }];
  });
  return Object.fromEntries(holders);
}
