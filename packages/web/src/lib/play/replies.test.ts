import { describe, expect, it } from 'vitest';
import { applyFeedback, applyFrame, firstState } from './playState.ts';
import { repliesIn } from './replies.ts';
import { eventOf, sessionOf, spokenBy } from './testing.ts';

const LIKED = {
  liked: true,
  comment: '',
  doesntMakeSense: false,
  outOfCharacter: false,
  other: false,
  submittedAt: '2026-11-21T10:00:00.000Z',
};

const feedbackOn = (seq: number, replySeq: number, feedback: typeof LIKED | null) =>
  eventOf({
    seq,
    direction: 'internal',
    source: 'user',
    kind: 'feedback',
    content: '',
    data: { replySeq },
    ...(feedback === null ? {} : { feedback }),
  });
const takenBackTo = (seq: number, toSeq: number) =>
  eventOf({ seq, direction: 'internal', source: 'system', kind: 'rolled_back', data: { toSeq } });

describe('what feedback can be given on', () => {
  it('is what a character has said, as far as it has not been taken back', () => {
    const events = [eventOf({ seq: 1 }), spokenBy(2, 'I wave.'), eventOf({ seq: 3 }), takenBackTo(4, 2)];
    expect([...repliesIn(events).keys()]).toEqual([1]);
    expect([...repliesIn([...events, eventOf({ seq: 5 })]).keys()]).toEqual([1, 5]);
  });

  it('carries what the log says of it last', () => {
    const state = firstState(sessionOf(), null, [eventOf({ seq: 1 }), eventOf({ seq: 2 })]);
    const given = applyFrame(state, { type: 'events', events: [feedbackOn(3, 1, LIKED)] });
    expect(repliesIn(given.events).get(1)?.feedback).toEqual(LIKED);
    expect(repliesIn(given.events).get(2)?.feedback).toBeNull();
    const cleared = applyFrame(given, { type: 'events', events: [feedbackOn(4, 1, null)] });
    expect(repliesIn(cleared.events).get(1)?.feedback).toBeNull();
  });

  it('shows the answer to a command at once, unless the stream was faster', () => {
    const state = firstState(sessionOf(), null, [eventOf({ seq: 1 }), feedbackOn(2, 1, null)]);
    const answered = applyFeedback(state, { replySeq: 1, feedback: LIKED }, 3);
    expect(repliesIn(answered.events).get(1)?.feedback).toEqual(LIKED);
    expect(applyFeedback(state, { replySeq: 1, feedback: LIKED }, 2)).toBe(state);
  });
});
