import { describe, expect, it } from 'vitest';
import { eventOf, sessionOf, spokenBy } from './testing.ts';
import { castOf, type FindPerson } from './cast.ts';
import { readView } from './playView.ts';
import { passagesOf, transcriptLines, transcriptText } from './transcript.ts';

const cast: FindPerson = castOf(sessionOf(), readView(null));

const notice = (seq: number, kind: 'info' | 'warning' | 'error', content: string) =>
  eventOf({ seq, source: 'system', kind, content });
const command = (seq: number, content: string) =>
  eventOf({
    seq,
    direction: 'inbound',
    source: 'user',
    kind: 'command',
    format: 'text',
    seat: 'pc',
    content,
  });
const mark = (seq: number) =>
  eventOf({
    seq,
    direction: 'internal',
    source: 'system',
    kind: 'session_resumed',
    format: 'text',
    content: '',
  });
const kinds = (events: Parameters<typeof transcriptLines>[0]) =>
  transcriptLines(events, cast).map(({ kind }) => kind);

describe('A transcript', () => {
  it('begins with the scene and goes on with cues', () => {
    const lines = transcriptLines(
      [eventOf({ seq: 1 }), spokenBy(2, 'I wave.'), eventOf({ seq: 3, seat: 'npc' })],
      cast,
    );
    expect(
      lines.map((line) => (line.kind === 'speech' ? `${line.who.seat} ${line.who.cue}` : line.kind)),
    ).toEqual(['scene', 'you Lighthouse keeper', 'other Octopus']);
  });

  it('leaves out what is not for the reader', () => {
    const withheld = eventOf({
      seq: 2,
      direction: 'internal',
      source: 'system',
      kind: 'withheld',
      content: '',
      format: 'text',
    });
    const fact = eventOf({
      seq: 3,
      direction: 'internal',
      source: 'system',
      kind: 'fact',
      format: 'json',
      content: 'x',
    });
    expect(kinds([eventOf({ seq: 1 }), withheld, fact])).toEqual(['scene']);
  });

  it('sets apart what those who run the session say, also as plain text', () => {
    const said = eventOf({
      seq: 2,
      source: 'system',
      kind: 'announcement',
      format: 'text',
      content: 'Ten minutes left.',
    });
    const lines = transcriptLines([eventOf({ seq: 1 }), said, spokenBy(3, 'I wave.')], cast);
    expect(lines.map(({ kind }) => kind)).toEqual(['scene', 'announcement', 'speech']);
    expect(passagesOf(lines).map(({ margin }) => margin.length)).toEqual([0, 0, 0]);
    expect(transcriptText(lines, '', [])).toContain('(From those who run this session: Ten minutes left.)');
  });

  it('puts short notices in the margin and long ones into the text', () => {
    expect(
      kinds([
        notice(1, 'info', 'Saved.'),
        notice(2, 'info', 'word '.repeat(80)),
        notice(3, 'info', 'a\n\n- b'),
      ]),
    ).toEqual(['aside', 'note', 'note']);
    expect(kinds([notice(1, 'error', 'word '.repeat(80))])).toEqual(['aside']);
  });

  it('puts a refusal beside the words that were refused', () => {
    const lines = transcriptLines([spokenBy(1, 'I fly.'), notice(2, 'error', 'You cannot.')], cast);
    expect(passagesOf(lines)).toMatchObject([{ main: { text: 'I fly.' }, margin: [{ tone: 'error' }] }]);
  });

  it('shows the answer to a command in place of the command', () => {
    const help = { ...notice(2, 'info', 'a\n\n- b'), command: 'help' };
    expect(kinds([command(1, '/help'), help])).toEqual(['note']);
    expect(kinds([command(1, '/hlep'), notice(2, 'info', 'These exist:\n\n- b')])).toEqual([
      'command',
      'note',
    ]);
    expect(kinds([command(1, '/hlep'), notice(2, 'info', 'There is no such command.')])).toEqual([
      'command',
      'aside',
    ]);
  });

  it('shows what was typed when there is no such command', () => {
    const unknown = { ...notice(1, 'info', 'Which?'), data: { reason: 'command/unknown', typed: 'dance' } };
    expect(transcriptLines([unknown], cast)).toMatchObject([
      { kind: 'command', text: '/dance' },
      { kind: 'aside' },
    ]);
  });

  it('marks once that somebody came back, and only when something follows', () => {
    expect(kinds([eventOf({ seq: 1 }), mark(2), mark(3), spokenBy(4, 'I wave.')])).toEqual([
      'scene',
      'mark',
      'speech',
    ]);
    expect(kinds([eventOf({ seq: 1 }), mark(2)])).toEqual(['scene']);
  });

  it('uses the titles of seats where nobody plays a character', () => {
    const session = sessionOf({
      pc: null,
      npc: null,
      yourSeat: 'away',
      seats: [
        { name: 'home', title: 'Home', holder: 'player' },
        { name: 'away', title: 'Away', holder: 'you' },
      ],
    });
    const [line] = transcriptLines([{ ...spokenBy(1, 'x'), seat: 'home' }], castOf(session, readView(null)));
    expect(line).toMatchObject({ who: { seat: 'other', name: 'Home' } });
  });

  it('calls characters by the names that the game uses for them', () => {
    const view = readView({
      pc: { hid: 'LFT', name: 'the lift' },
      npc: { hid: 'OCT', name: 'OCT' },
    });
    const find = castOf(sessionOf({ pc: { hid: 'LFT', label: 'Hotel lift' } }), view);
    expect(find('pc')).toMatchObject({ name: 'the lift', cue: 'The lift', kind: 'Hotel lift' });
    expect(find('npc')).toMatchObject({ name: 'Octopus', kind: '' });
  });

  it('can be taken away as plain text', () => {
    const lines = transcriptLines([eventOf({ seq: 1, content: 'A pool.' }), spokenBy(2, 'I wave.')], cast);
    expect(transcriptText(lines, 'Explore', [cast('pc'), cast('npc')])).toBe(
      'Explore\nLighthouse keeper and Octopus\n\n[A pool.]\n\nLIGHTHOUSE KEEPER\nI wave.\n',
    );
  });
});
