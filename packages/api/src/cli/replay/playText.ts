import type { CharacterSheet, SessionEvent, SessionHeader, SessionState } from '@dcs/engine';
import { characterLabel, readFeedback, runtimeMs } from '@dcs/engine';
import type { KeptSession } from './keptSession.ts';

/* A session as a play: cues, what is said beneath them, stage directions in brackets, notices in parentheses. */

const COLUMNS = 80;
const SEQ_COLUMNS = 5;
const INDENT = ' '.repeat(SEQ_COLUMNS + '~ 00:00:00  '.length);

const countOf = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** `2 min 5 s`, `1 h 0 min 3 s`. */
export function durationText(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const [h, min, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return [h > 0 ? `${h} h` : '', h > 0 || min > 0 ? `${min} min` : '', `${s} s`]
    .filter((part) => part !== '')
    .join(' ');
}

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);
const timeOf = (at: number): string => new Date(at).toISOString().slice(11, 19);

function wrapped(paragraph: string, columns: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of paragraph.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > columns) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

const linesOf = (text: string): readonly string[] =>
  text.split('\n').flatMap((paragraph) => wrapped(paragraph, COLUMNS - INDENT.length));

const nameOf = (sheet: CharacterSheet): string => sheet.manner?.calledAs ?? characterLabel(sheet);

type Cast = Pick<KeptSession, 'game' | 'sheets'>;

function cueOf({ game, sheets }: Cast, seat: string | null): string {
  const sheet = seat === null ? undefined : sheets[seat];
  const title = game.seats.find(({ name }) => name === seat)?.title ?? seat ?? 'Somebody';
  return (sheet === undefined ? title : nameOf(sheet)).toUpperCase();
}

function spoken(cue: string, text: string): readonly string[] {
  return [cue, ...linesOf(text)];
}

function numberIn({ data }: SessionEvent, key: string): number | null {
  const value = data?.[key];
  return typeof value === 'number' ? value : null;
}

function reasonOf({ data }: SessionEvent): string {
  const reason = data?.['reason'];
  return typeof reason === 'string' ? reason : 'no reason given';
}

const heldFor = (event: SessionEvent): string => reasonOf(event) || 'no reason given';

function lifecycleText(event: SessionEvent, cue: string, played: string): string {
  switch (event.kind) {
    case 'session_start':
      return 'The session begins';
    case 'session_paused':
      return `Paused after ${played} of play`;
    case 'session_resumed':
      return 'Resumed';
    case 'session_held':
      return `Held by those who run it after ${played} of play: ${heldFor(event)}`;
    case 'session_released':
      return 'Released by those who run it';
    case 'session_end':
      return `The session ends after ${played} of play: ${reasonOf(event)}`;
    case 'seat_taken':
      return `${cue}: somebody sits down`;
    case 'seat_released':
      return `${cue}: the seat is left`;
    case 'rolled_back':
      return `Taken back to event ${numberIn(event, 'toSeq') ?? '?'}; what no longer counts is marked ~`;
    case 'branched':
      return `Branched off at event ${numberIn(event, 'atSeq') ?? '?'}`;
    default:
      return event.content;
  }
}

function feedbackText(event: SessionEvent): string {
  const { replySeq, given } = readFeedback(event);
  if (given === null) return `Feedback on event ${replySeq} taken back`;
  const flags = [
    given.doesntMakeSense ? "doesn't make sense" : '',
    given.outOfCharacter ? 'out of character' : '',
    given.other ? 'other' : '',
  ].filter((flag) => flag !== '');
  const comment = given.comment === '' ? '' : `: ${given.comment}`;
  const verdict = [given.liked ? 'liked' : 'not liked', ...flags].join(', ');
  return `Feedback on event ${replySeq}: ${verdict}${comment}`;
}

function internalText(event: SessionEvent, cue: string, played: string): string {
  const { kind, audience, content } = event;
  if (kind === 'fact') {
    const seen = audience === null ? '' : ` (only for ${audience.join(', ') || 'the records'})`;
    return `${content || JSON.stringify(event.data)}${seen}`;
  }
  if (kind === 'feedback') return feedbackText(event);
  if (kind === 'evaluation') return `Evaluated: ${JSON.stringify(event.data)}`;
  if (kind === 'validation_violation') {
    return `A check of the ${event.source} objects: ${reasonOf(event)}`;
  }
  return lifecycleText(event, cue, played);
}

function textOf(cast: Cast, event: SessionEvent, played: string): readonly string[] {
  const cue = cueOf(cast, event.seat);
  switch (event.direction) {
    case 'inbound':
      return event.kind === 'command'
        ? linesOf(`(${cue} types ${event.content})`)
        : spoken(cue, event.content);
    case 'outbound':
      if (event.source === 'npc') {
        const isOpening = event.data?.['opening'] === true;
        return isOpening ? linesOf(`[${event.content}]`) : spoken(cue, event.content);
      }
      if (event.kind === 'announcement') {
        return linesOf(`(Those who run the session say: ${event.content})`);
      }
      return linesOf(`(${event.kind === 'error' || event.kind === 'warning' ? '! ' : ''}${event.content})`);
    case 'internal':
      return linesOf(`* ${internalText(event, cue, played)} *`);
    default: {
      const unreachable: never = event.direction;
      return unreachable;
    }
  }
}

/** What stands before the play. */
export function headLines({ header, game, sheets, summary }: KeptSession): readonly string[] {
  const cast = Object.entries(sheets).map(([seat, sheet]) => `${nameOf(sheet)} (${sheet.hid}) as ${seat}`);
  const seats = game.seats.map(({ name, title }) => `${title} (${name})`);
  const { parent } = header;
  return [
    `${header.game} ${header.gameVersion}, session ${header.sessionId}`,
    (cast.length > 0 ? cast : seats).join(', '),
    `Created ${dayOf(header.createdAt)} ${timeOf(header.createdAt)} UTC; ${summary.status} by its summary`,
    ...(parent === null ? [] : [`A branch of session ${parent.sessionId} at event ${parent.seq}`]),
  ];
}

/** Tells one event after the other. `doesNotCount` is what a later roll-back took out of the game. */
export function playTeller(
  cast: Cast,
  header: SessionHeader,
  doesNotCount: (event: SessionEvent) => boolean,
) {
  let day = dayOf(header.createdAt);
  return (event: SessionEvent, after: SessionState): readonly string[] => {
    const newDay = dayOf(event.at);
    const date = newDay === day ? [] : ['', `${INDENT}-- ${newDay} --`];
    day = newDay;
    const gutter = `${String(event.seq).padStart(SEQ_COLUMNS)}${doesNotCount(event) ? '~' : ' '} ${timeOf(event.at)}  `;
    const text = textOf(cast, event, durationText(runtimeMs(after, after.lastAt)));
    return [...date, '', ...text.map((line, index) => `${index === 0 ? gutter : INDENT}${line}`)];
  };
}

/** What stands after it. */
export function footLine(cast: Cast, state: SessionState): string {
  const { turns } = cast.game.progress(state.game);
  const played = durationText(runtimeMs(state, state.lastAt));
  return `After event ${state.lastSeq}: ${countOf(turns, 'turn')}, ${played} of play`;
}
