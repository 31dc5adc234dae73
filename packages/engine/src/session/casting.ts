import { pairWarnings } from '../characters/pairWarnings.ts';
import type { SeatSpec } from '../game/game.ts';
import type { GameEntry } from '../game/registry.ts';
import { eligibleCharacters } from '../game/registry.ts';
import type { CurrentCharacter } from '../ports.ts';
import { randomStream } from '../random.ts';
import type { RandomStream } from '../random.ts';
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

interface Casting {
  readonly seat: SeatSpec;
  readonly character: CurrentCharacter;
}

/** Who plays whom. Chance avoids giving two seats the same character, or two that are doubtful together, when it can. */
export function castSeats(call: CastingCall): { readonly ok: true; readonly cast: Cast } | Failure {
  const seats = call.entry.game.seats.filter((seat) => seat.playsCharacter);
  const stranger = Object.keys(call.wanted).find((name) => !seats.some((seat) => seat.name === name));
  if (stranger !== undefined) {
    return failure(
      'seat/unknown',
      `${call.entry.file.title} has no character in a seat called "${stranger}".`,
    );
  }
  const castings: Casting[] = [];
  // Wanted characters first, so that chance can avoid them.
  for (const seat of seats.toSorted(
    (a, b) => Number(b.name in call.wanted) - Number(a.name in call.wanted),
  )) {
    const character = castSeat(call, seat, castings);
    if ('ok' in character) return character;
    castings.push({ seat, character });
  }
  const members = castings.map(({ seat, character }): [SeatName, CastMember] => [
    seat.name,
    { hid: character.sheet.hid, revision: character.revision },
  ]);
  return { ok: true, cast: Object.fromEntries(members) };
}

function castSeat(
  call: CastingCall,
  seat: SeatSpec,
  castings: readonly Casting[],
): CurrentCharacter | Failure {
  const eligible = eligibleCharacters(call.entry, seat.name, call.characters);
  const wanted = Object.hasOwn(call.wanted, seat.name) ? call.wanted[seat.name] : undefined;
  if (wanted === undefined) {
    const random = randomStream(`${call.seed}/cast/${seat.name}`);
    return castByChance({ seat, eligible, castings }, random) ?? noneAvailable(call.entry, seat.name);
  }
  const known = call.characters.find((candidate) => candidate.sheet.hid === wanted);
  if (known === undefined) {
    return failure(
      'character/unknown',
      `There is no character "${wanted}". Choose one from characters.list.`,
    );
  }
  if (!eligible.includes(known)) {
    const message = `${wanted} cannot sit in the ${seat.name} seat of ${call.entry.file.title}. Choose one that play.setup offers.`;
    return failure('character/not-allowed', message);
  }
  return known;
}

interface Chance {
  readonly seat: SeatSpec;
  readonly eligible: readonly CurrentCharacter[];
  /** Who sits at the table already. */
  readonly castings: readonly Casting[];
}

/** The first of a random order that meets nobody doubtful; else one that is at least not at the table; else anyone. */
function castByChance(
  { seat, eligible, castings }: Chance,
  random: RandomStream,
): CurrentCharacter | undefined {
  const others = eligible.filter(
    ({ sheet }) => !castings.some(({ character }) => character.sheet.hid === sheet.hid),
  );
  const first = random.pick(others.length > 0 ? others : eligible);
  let left = others;
  for (let candidate = first; candidate !== undefined; candidate = random.pick(left)) {
    const casting = { seat, character: candidate };
    if (castings.every((seated) => !areDoubtful(seated, casting))) return candidate;
    left = left.filter((other) => other !== casting.character);
  }
  return first;
}

function areDoubtful(one: Casting, other: Casting): boolean {
  const [pc, npc] = other.seat.heldBy === 'player' ? [other, one] : [one, other];
  return pairWarnings(pc.character.sheet, npc.character.sheet).length > 0;
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
