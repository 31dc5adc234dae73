import type { EventDto, SessionDto } from '@dcs/api';

/** A session as the tests of this folder need it. */
export function sessionOf(changes: Partial<SessionDto> = {}): SessionDto {
  return {
    sessionId: 's1',
    game: 'explore',
    title: 'Explore',
    status: 'active',
    held: null,
    seats: [
      { name: 'pc', title: 'Player', holder: 'you' },
      { name: 'npc', title: 'Character', holder: 'model' },
    ],
    yourSeat: 'pc',
    pc: { hid: 'TOV', label: 'Lighthouse keeper' },
    npc: { hid: 'OCT', label: 'Octopus' },
    turns: 1,
    lastSeq: 0,
    opened: true,
    exited: false,
    exitReason: null,
    maxTurns: 50,
    maxRuntimeSeconds: 600,
    runtimeMs: 0,
    measuredAt: '2026-11-21T10:00:00.000Z',
    createdAt: '2026-11-21T10:00:00.000Z',
    parent: null,
    commands: [
      { name: 'help', description: 'What you can do.' },
      { name: 'abilities', description: 'What both can do.' },
      { name: 'finish', description: 'End the game.' },
    ],
    takesText: true,
    evaluationShown: false,
    experiment: null,
    model: { id: 'scripted', scripted: true },
    ...changes,
  };
}

type EventChanges = Partial<EventDto> & Pick<EventDto, 'seq'>;

export function eventOf({ seq, ...changes }: EventChanges): EventDto {
  return {
    seq,
    eventId: `e${seq}`,
    at: '2026-11-21T10:00:00.000Z',
    turn: 1,
    direction: 'outbound',
    source: 'npc',
    kind: 'message',
    content: `line ${seq}`,
    format: 'markdown',
    ...changes,
  };
}

export const spokenBy = (seq: number, content: string, commandId?: string): EventDto =>
  eventOf({
    seq,
    direction: 'inbound',
    source: 'user',
    format: 'text',
    seat: 'pc',
    content,
    ...(commandId === undefined ? {} : { commandId }),
  });
