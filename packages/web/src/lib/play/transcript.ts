import type { EventDto, SessionDto } from '@dcs/api';

export interface Person {
  /** Which of the two accents; `you` is the seat that the reader holds, or the first. */
  readonly seat: 'you' | 'other';
  readonly name: string;
}

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
  | (LineBase & { readonly kind: 'note'; readonly title: string; readonly markdown: string })
  | (LineBase & { readonly kind: 'mark'; readonly text: string });

/** A line and the notices that belong in the margin beside it. */
export interface Passage {
  readonly key: string;
  readonly seq: number;
  readonly main: Exclude<Line, { kind: 'aside' | 'command' }> | null;
  readonly margin: readonly Extract<Line, { kind: 'aside' | 'command' }>[];
}

/** Longer notices do not fit beside the text; they stand in it. */
const MARGIN_LENGTH = 260;

export function personAt(session: SessionDto, seat: string | undefined): Person {
  const name = seat ?? 'npc';
  const first = session.yourSeat ?? session.seats[0]?.name ?? 'pc';
  const cast = name === 'pc' ? session.pc : name === 'npc' ? session.npc : null;
  const title = session.seats.find((candidate) => candidate.name === name)?.title ?? name;
  return { seat: name === first ? 'you' : 'other', name: cast?.label ?? title };
}

function toneOf(kind: EventDto['kind']): 'info' | 'warning' | 'error' {
  return kind === 'error' || kind === 'warning' ? kind : 'info';
}

function isLong(content: string): boolean {
  return content.length > MARGIN_LENGTH || /^(#|- |\* |\d+\. )/m.test(content);
}

function outboundLine(event: EventDto, session: SessionDto, hasScene: boolean): Line | null {
  const base = { key: event.eventId, seq: event.seq, at: event.at };
  if (event.content === '') return null;
  if (event.source === 'npc') {
    if (!hasScene && event.kind === 'message') return { ...base, kind: 'scene', markdown: event.content };
    const format = event.format === 'markdown' ? 'markdown' : 'text';
    return { ...base, kind: 'speech', who: personAt(session, event.seat), text: event.content, format };
  }
  const tone = toneOf(event.kind);
  if (tone === 'info' && isLong(event.content)) {
    return { ...base, kind: 'note', title: event.command ?? 'help', markdown: event.content };
  }
  return { ...base, kind: 'aside', tone, markdown: event.content };
}

function inboundLine(event: EventDto, session: SessionDto): Line | null {
  const base = { key: event.eventId, seq: event.seq, at: event.at };
  const who = personAt(session, event.seat ?? 'pc');
  if (event.content === '') return null;
  return event.kind === 'command'
    ? { ...base, kind: 'command', who, text: event.content }
    : { ...base, kind: 'speech', who, text: event.content, format: 'text' };
}

function internalLine(event: EventDto, session: SessionDto): Line | null {
  const base = { key: event.eventId, seq: event.seq, at: event.at };
  switch (event.kind) {
    case 'session_resumed':
      return { ...base, kind: 'mark', text: 'Resumed' };
    case 'rolled_back':
      return { ...base, kind: 'mark', text: 'Taken back' };
    case 'seat_taken':
      return { ...base, kind: 'mark', text: `${personAt(session, event.seat).name}: seat taken` };
    case 'seat_released':
      return { ...base, kind: 'mark', text: `${personAt(session, event.seat).name}: seat left` };
    default:
      return null;
  }
}

function lineOf(event: EventDto, session: SessionDto, hasScene: boolean): Line | null {
  if (event.direction === 'inbound') return inboundLine(event, session);
  if (event.direction === 'outbound') return outboundLine(event, session, hasScene);
  return internalLine(event, session);
}

/** The events of a session as a play: what was said and done, with notices in the margin. */
export function transcriptLines(events: readonly EventDto[], session: SessionDto): readonly Line[] {
  const lines: Line[] = [];
  let hasScene = false;
  for (const event of events) {
    const line = lineOf(event, session, hasScene);
    if (line === null) continue;
    if (line.kind === 'scene') hasScene = true;
    // Coming back twice in a row is one mark.
    if (line.kind === 'mark' && lines.at(-1)?.kind === 'mark') lines.pop();
    // The answer in full says which command it is for.
    if (line.kind === 'note' && lines.at(-1)?.kind === 'command') lines.pop();
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
export function transcriptText(lines: readonly Line[], session: SessionDto): string {
  const cast = [session.pc, session.npc].flatMap((member) => (member === null ? [] : [member.label]));
  const head = [session.title, cast.join(' and ')].filter((part) => part !== '').join('\n');
  const body = lines.flatMap((line) => {
    switch (line.kind) {
      case 'scene':
        return [`[${line.markdown}]`];
      case 'speech':
        return [`${line.who.name.toUpperCase()}\n${line.text}`];
      case 'command':
        return [`(${line.text})`];
      case 'aside':
      case 'note':
        return [`(${line.markdown})`];
      case 'mark':
        return [`* ${line.text} *`];
      default: {
        const unreachable: never = line;
        return unreachable;
      }
    }
  });
  return `${[head, ...body].join('\n\n')}\n`;
}
