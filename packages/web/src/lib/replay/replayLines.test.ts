import { describe, expect, it } from 'vitest';
import { castOf } from '#lib/play/cast.ts';
import { readView } from '#lib/play/playView.ts';
import { eventOf, sessionOf, spokenBy } from '#lib/play/testing.ts';
import { isTakenBack, replayLines, spokenLine, takenBackIn } from './replayLines.ts';

const cast = castOf(sessionOf(), readView(null));
type Events = Parameters<typeof replayLines>[0];

const internal = (seq: number, kind: Events[number]['kind'], data?: Events[number]['data']) =>
  eventOf({
    seq,
    direction: 'internal',
    source: 'system',
    format: 'text',
    content: kind === 'withheld' ? '' : `${kind}: x`,
    kind,
    ...(data === undefined ? {} : { data }),
  });
const lines = (events: Events, startsInside = false) =>
  replayLines(events, cast, startsInside).map((line) =>
    'text' in line ? `${line.kind}: ${line.text}` : line.kind,
  );

describe('The lines of a replay', () => {
  it('tell what a play leaves out', () => {
    expect(
      lines([
        internal(1, 'session_start'),
        eventOf({ seq: 2 }),
        spokenBy(3, 'I wave.'),
        internal(4, 'withheld'),
        internal(5, 'session_paused'),
        internal(6, 'session_resumed'),
        internal(7, 'session_end', { reason: 'game_completed' }),
      ]),
    ).toEqual([
      'quiet: The session begins',
      'scene',
      'speech: I wave.',
      'quiet: 1 event withheld from you',
      'mark: Paused',
      'mark: Resumed',
      'mark: The session ends',
    ]);
  });

  it('tell what those who run a session have done in it', () => {
    const said = eventOf({
      seq: 2,
      source: 'system',
      kind: 'announcement',
      format: 'text',
      content: 'Hello.',
    });
    const events = [internal(1, 'session_held', { reason: '' }), said, internal(3, 'session_released')];
    expect(lines(events)).toEqual([
      'mark: Paused by those who run the session',
      'announcement: Hello.',
      'mark: Released by those who run the session',
    ]);
  });

  it('count what is withheld in a row as one', () => {
    const events = [
      internal(1, 'withheld'),
      internal(2, 'withheld'),
      spokenBy(3, 'Hm.'),
      internal(4, 'withheld'),
    ];
    expect(lines(events)).toEqual([
      'quiet: 2 events withheld from you',
      'speech: Hm.',
      'quiet: 1 event withheld from you',
    ]);
    expect(replayLines(events, cast, false)[0]?.key).toBe('e1');
  });

  it('keep the command beside its answer', () => {
    const typed = eventOf({ seq: 1, direction: 'inbound', kind: 'command', content: '/help', seat: 'pc' });
    const answer = eventOf({ seq: 2, source: 'system', kind: 'info', content: 'a\n\n- b', command: 'help' });
    expect(lines([typed, answer])).toEqual(['command: /help', 'note']);
  });

  it('do not take the first line of a later stretch for the scene', () => {
    expect(lines([eventOf({ seq: 90, seat: 'npc' })], true)).toEqual(['speech: line 90']);
    expect(lines([eventOf({ seq: 2, seat: 'npc' })])).toEqual(['scene']);
  });

  it('show roll-backs, and what they took back', () => {
    const events = [
      spokenBy(7, 'a'),
      spokenBy(8, 'b'),
      internal(9, 'rolled_back', { toSeq: 6 }),
      spokenBy(10, 'c'),
    ];
    expect(lines(events)[2]).toBe('mark: Taken back to step 6');
    const stretches = takenBackIn(events);
    expect([6, 7, 8, 9, 10].map((seq) => isTakenBack(seq, stretches))).toEqual([
      false,
      true,
      true,
      false,
      false,
    ]);
  });

  it('are read aloud with who speaks and without marks of emphasis', () => {
    const spoken = replayLines(
      [eventOf({ seq: 1, content: 'It *waits*.' }), spokenBy(2, 'I wave.'), internal(3, 'withheld')],
      cast,
      false,
    ).map(spokenLine);
    expect(spoken).toEqual(['It waits.', 'Lighthouse keeper: I wave.', '1 event withheld from you']);
  });
});
