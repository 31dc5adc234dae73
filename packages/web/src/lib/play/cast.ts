import type { SessionDto } from '@dcs/api';
import type { PlayView, Profile } from '#lib/play/playView.ts';

/** Somebody on the stage, as the page calls them. */
export interface Person {
  /** Which of the two accents; `you` is the seat that the reader holds, or the first. */
  readonly seat: 'you' | 'other';
  readonly hid: string;
  /** Within a sentence, such as `the lift` or `Morwenna`. */
  readonly name: string;
  /** At the beginning of one. */
  readonly cue: string;
  /** What kind of character it is, where that says more than the name. */
  readonly kind: string;
}

export type FindPerson = (seat: string | undefined) => Person;

function capitalised(text: string): string {
  return text.charAt(0).toLocaleUpperCase('en') + text.slice(1);
}

/** `the octopus` says all that `Octopus` says. */
function says(name: string, label: string): boolean {
  return name.toLocaleLowerCase('en').endsWith(label.toLocaleLowerCase('en'));
}

function nameIn(profile: Profile | null): string | null {
  return profile === null || profile.name === profile.hid ? null : profile.name;
}

/** Finds who sits in a seat; without a seat, the simulated character. */
export function castOf(session: SessionDto, view: PlayView): FindPerson {
  const first = session.yourSeat ?? session.seats[0]?.name ?? 'pc';
  const characters = {
    pc: { cast: session.pc, profile: view.pc },
    npc: { cast: session.npc, profile: view.npc },
  };
  return (seat = 'npc') => {
    const character = seat === 'pc' || seat === 'npc' ? characters[seat] : null;
    const title = session.seats.find(({ name }) => name === seat)?.title ?? seat;
    const label = character?.cast?.label ?? title;
    const name = nameIn(character?.profile ?? null) ?? label;
    return {
      seat: seat === first ? 'you' : 'other',
      hid: character?.cast?.hid ?? seat,
      name,
      cue: capitalised(name),
      kind: says(name, label) ? '' : label,
    };
  };
}

/** The seat across from the reader's. */
export function otherSeat(session: SessionDto): string {
  const first = session.yourSeat ?? session.seats[0]?.name ?? 'pc';
  return session.seats.find(({ name }) => name !== first)?.name ?? 'npc';
}
