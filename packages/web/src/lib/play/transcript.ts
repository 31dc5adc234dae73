import type { EventDto } from '@dcs/api';
import type { FindPerson, Person } from '#lib/play/cast.ts';

interface LineBase {
  /** Stable and unique in the transcript. */
  readonly key: string;
  readonly seq: number;
  readonly at: string;
}

/** What stands on the page, in reading order. */
export type Line =
  | (LineBase & { readonly kind: 'scene'; readonly markdown: string })
  | (LineBase & {
      readonly kind: 'speech';
      readonly who: Person;
      readonly text: string;
      readonly format: 'text' | 'markdown';
    })
  | (LineBase & { readonly kind: 'command'; readonly who: Person; readonly text: string })
  | (LineBase & {
      readonly kind: 'aside';
      readonly tone: 'info' | 'warning' | 'error';
      readonly markdown: string;
    })
  | (LineBase & {
      /** Which command it answers; `null` for an answer to none. */ readonly kind: 'note';
      readonly title: string | null;
      readonly markdown: string;
    })
  /** Said to the players by those who run the session: no part of the play. */
  | (LineBase & { readonly kind: 'announcement'; readonly text: string })
  | (LineBase & { readonly kind: 'mark'; readonly text: string })
  /** What left no words of its own; only a replay tells it. */
  | (LineBase & { readonly kind: 'quiet'; readonly text: string });

/** A line and the notices that belong in the margin beside it. */
export interface Passage {
  readonly key: string;
  readonly seq: number;
  readonly main: Exclude<Line, { kind: 'aside' | 'command' }> | null;
  readonly margin: readonly Extract<Line, { kind: 'aside' | 'command' }>[];
}

/** Who makes announcements, as the page says it. */
export const FROM_THOSE_WHO_RUN_IT = 'From those who run this session';

/** Longer notices do not fit beside the text; they stand in it. */
const MARGIN_LENGTH = 260;

function toneOf(kind: EventDto['kind']): 'info' | 'warning' | 'error' {
  return kind === 'error' || kind === 'warning' ? kind : 'info';
}

function isLong(content: string): boolean {
  return content.length > MARGIN_LENGTH || /^(#|- |\* |\d+\. )/m.test(content);
}

function outboundLine(event: EventDto, personAt: FindPerson, hasScene: boolean): Line | null {
  const base = { key: event.eventId, seq: event.seq, at: event.at };
  if (event.content === '') return null;
  if (event.source === 'npc') {
    const isOpening = event.data?.['opening'] === true || !hasScene;
    if (isOpening && event.kind === 'message') return { ...base, kind: 'scene', markdown: event.content };
    const format = event.format === 'markdown' ? 'markdown' : 'text';
    return { ...base, kind: 'speech', who: personAt(event.seat), text: event.content, format };
  }
  if (event.kind === 'announcement') return { ...base, kind: 'announcement', text: event.content };
  const tone = toneOf(event.kind);
  const title = event.command ?? (event.data?.['entered'] === true ? 'help' : null);
  if (tone === 'info' && isLong(event.content))
    return { ...base, kind: 'note', title, markdown: event.content };
  return { ...base, kind: 'aside', tone, markdown: event.content };
}

function inboundLine(event: EventDto, personAt: FindPerson): Line | null {
  const base = { key: event.eventId, seq: event.seq, at: event.at };
  const who = personAt(event.seat ?? 'pc');
  if (event.content === '') return null;
  return event.kind === 'command'
    ? { ...base, kind: 'command', who, text: event.content }
    : { ...base, kind: 'speech', who, text: event.content, format: 'text' };
}

function internalLine(event: EventDto, personAt: FindPerson): Line | null {
  const base = { key: event.eventId, seq: event.seq, at: event.at };
  switch (event.kind) {
    case 'session_resumed':
      return { ...base, kind: 'mark', text: 'Resumed' };
    case 'session_held':
      return { ...base, kind: 'mark', text: 'Paused by those who run the session' };
    case 'session_released':
      return { ...base, kind: 'mark', text: 'Released by those who run the session' };
    case 'branched':
      return { ...base, kind: 'mark', text: 'Branched off' };
    case 'rolled_back':
      return { ...base, kind: 'mark', text: 'Taken back' };
    case 'seat_taken':
      return { ...base, kind: 'mark', text: `${personAt(event.seat).cue}: seat taken` };
    case 'seat_released':
      return { ...base, kind: 'mark', text: `${personAt(event.seat).cue}: seat left` };
    default:
      return null;
  }
}

/** An unknown command is no event of its own; the answer to it says what was typed. */
export function typedLine(event: EventDto, personAt: FindPerson): Line | null {
  const typed = event.data?.['typed'];
  if (event.data?.['reason'] !== 'command/unknown' || typeof typed !== 'string') return null;
  const { seq, at, eventId } = event;
  return { key: `${eventId}-typed`, seq, at, kind: 'command', who: personAt('pc'), text: `/${typed}` };
}

/** `null` for what has no place in a play. `hasScene` is whether the scene has been set before. */
export function lineOf(event: EventDto, personAt: FindPerson, hasScene: boolean): Line | null {
  if (event.direction === 'inbound') return inboundLine(event, personAt);
  if (event.direction === 'outbound') return outboundLine(event, personAt, hasScene);
  return internalLine(event, personAt);
}

/** The events of a session as a play: what was said and done, with notices in the margin. */
export function transcriptLines(events: readonly EventDto[], personAt: FindPerson): readonly Line[] {
  const lines: Line[] = [];
  let hasScene = false;
  for (const event of events) {
    const line = lineOf(event, personAt, hasScene);
    if (line === null) continue;
    if (line.kind === 'scene') hasScene = true;
    // Coming back twice in a row is one mark.
    if (line.kind === 'mark' && lines.at(-1)?.kind === 'mark') lines.pop();
    // The answer in full says which command it is for.
    if (line.kind === 'note' && line.title !== null && lines.at(-1)?.kind === 'command') lines.pop();
    const typed = typedLine(event, personAt);
    if (typed !== null) lines.push(typed);
    lines.push(line);
  }
  // A mark that nothing follows is not worth telling.
  if (lines.at(-1)?.kind === 'mark') lines.pop();
  return lines;
}

/** Puts notices beside the passage that they follow. */
export function passagesOf(lines: readonly Line[]): readonly Passage[] {
  const passages: Passage[] = [];
  for (const line of lines) {
    const last = passages.at(-1);
    if (line.kind !== 'aside' && line.kind !== 'command') {
      passages.push({ key: line.key, seq: line.seq, main: line, margin: [] });
    } else if (last !== undefined && last.main?.kind === 'speech' && line.kind === 'aside') {
      passages[passages.length - 1] = { ...last, margin: [...last.margin, line] };
    } else if (last !== undefined && last.main === null) {
      passages[passages.length - 1] = { ...last, margin: [...last.margin, line] };
    } else {
      passages.push({ key: line.key, seq: line.seq, main: null, margin: [line] });
    }
  }
  return passages;
}

/** The transcript as plain text, to keep or to send on. */
export function transcriptText(lines: readonly Line[], title: string, people: readonly Person[]): string {
  const head = [title, people.map(({ cue }) => cue).join(' and ')].filter((part) => part !== '').join('\n');
  const body = lines.flatMap((line) => {
    switch (line.kind) {
      case 'scene':
        return [`[${line.markdown}]`];
      case 'speech':
        return [`${line.who.cue.toUpperCase()}\n${line.text}`];
      case 'command':
        return [`(${line.text})`];
      case 'aside':
      case 'note':
        return [`(${line.markdown})`];
      case 'announcement':
        return [`(${FROM_THOSE_WHO_RUN_IT}: ${line.text})`];
      case 'mark':
      case 'quiet':
        return [`* ${line.text} *`];
      default: {
        const unreachable: never = line;
        return unreachable;
      }
    }
  });
  return `${[head, ...body].join('\n\n')}\n`;
}
