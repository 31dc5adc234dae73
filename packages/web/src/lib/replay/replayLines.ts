import type { EventDto } from '@dcs/api';
import type { FindPerson } from '#lib/play/cast.ts';
import { type Line, lineOf, typedLine } from '#lib/play/transcript.ts';
import { countOf } from '#lib/words.ts';

/** The step up to which a roll-back keeps what happened; `null` for every other event. */
function keptUpTo(event: EventDto): number | null {
  const toSeq = event.kind === 'rolled_back' ? event.data?.['toSeq'] : undefined;
  return typeof toSeq === 'number' ? toSeq : null;
}

const WITHHELD = 'withheld from you';

/** What a play leaves out has its place in a replay: every event is a step. */
function quietLine(event: EventDto): Line {
  const base = { key: event.eventId, seq: event.seq, at: event.at };
  const toSeq = keptUpTo(event);
  if (toSeq !== null) return { ...base, kind: 'mark', text: `Taken back to step ${toSeq}` };
  switch (event.kind) {
    case 'session_start':
      return { ...base, kind: 'quiet', text: 'The session begins' };
    case 'session_paused':
      return { ...base, kind: 'mark', text: 'Paused' };
    case 'session_end':
      return { ...base, kind: 'mark', text: 'The session ends' };
    case 'withheld':
      return { ...base, kind: 'quiet', text: `1 event ${WITHHELD}` };
    case 'feedback':
      return {
        ...base,
        kind: 'quiet',
        text: event.feedback === undefined ? 'Feedback cleared' : 'Feedback given',
      };
    case 'evaluation':
      return { ...base, kind: 'quiet', text: 'The session is evaluated' };
    case 'validation_violation':
      return { ...base, kind: 'quiet', text: event.content || 'A check objected' };
    default:
      return { ...base, kind: 'quiet', text: event.content || 'Recorded without words' };
  }
}

/** Several withheld events in a row are one line. `count` is how many there are by now. */
function withheldLine(first: Line, count: number): Line {
  const { key, seq, at } = first;
  return { key, seq, at, kind: 'quiet', text: `${countOf(count, 'event')} ${WITHHELD}` };
}

/**
 * The events of a stretch as lines, one for each and nothing left out. A stretch from the middle of a session, where the scene has
 * been set before, says so.
 */
export function replayLines(
  events: readonly EventDto[],
  personAt: FindPerson,
  startsInside: boolean,
): readonly Line[] {
  const lines: Line[] = [];
  let hasScene = startsInside;
  let withheld: EventDto[] = [];
  for (const event of events) {
    withheld = event.kind === 'withheld' ? [...withheld, event] : [];
    const previous = lines.at(-1);
    if (withheld.length > 1 && previous !== undefined) {
      lines[lines.length - 1] = withheldLine(previous, withheld.length);
      continue;
    }
    const typed = typedLine(event, personAt);
    if (typed !== null) lines.push(typed);
    const line = keptUpTo(event) === null ? lineOf(event, personAt, hasScene) : null;
    if (line?.kind === 'scene') hasScene = true;
    lines.push(line ?? quietLine(event));
  }
  return lines;
}

/** A stretch that a later roll-back took out of the game: everything after `from` and before `to`. */
export interface TakenBack {
  readonly from: number;
  readonly to: number;
}

export function takenBackIn(events: readonly EventDto[]): readonly TakenBack[] {
  return events.flatMap((event) => {
    const from = keptUpTo(event);
    return from === null ? [] : [{ from, to: event.seq }];
  });
}

export function isTakenBack(seq: number, stretches: readonly TakenBack[]): boolean {
  return stretches.some(({ from, to }) => seq > from && seq < to);
}

/** A line as it is read aloud. */
export function spokenLine(line: Line): string {
  const text = ('markdown' in line ? line.markdown : line.text).replaceAll(/[*_`#]/g, '');
  switch (line.kind) {
    case 'speech':
      return `${line.who.cue}: ${text}`;
    case 'command':
      return `${line.who.cue} typed ${text}`;
    default:
      return text;
  }
}
