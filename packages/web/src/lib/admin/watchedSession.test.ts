import type { AdminSessionDto, SessionFrame } from '@dcs/api';
import { describe, expect, it } from 'vitest';
import type { Answered } from '#lib/answered.ts';
import type { PlayListener } from '#lib/play/playLink.ts';
import { eventOf, sessionOf } from '#lib/play/testing.ts';
import type { SteeringLink } from './steeringLink.ts';
import { WatchedSession } from './watchedSession.svelte.ts';

const NO_CALLS = {
  calls: 0,
  failures: 0,
  inputTokens: 0,
  outputTokens: 0,
  costUsd: 0,
  unpriced: 0,
  totalMs: 0,
};

const factsOf = (calls = 0): AdminSessionDto => ({
  session: sessionOf({ yourSeat: null }),
  view: null,
  gameVersion: '1.0.0',
  source: 'web',
  seats: [],
  assignment: null,
  calls: { ...NO_CALLS, calls },
});

const DONE = { ok: true, accepted: true, turns: 1, exited: false, exitReason: null, lastSeq: 2 } as const;
const LOST = { ok: false, reason: 'connection/lost', message: 'The line was cut.', retryable: true } as const;

/** A session that is watched, whose server and clock the test plays. */
function table() {
  const asked: string[] = [];
  const waiting: (() => void)[] = [];
  let answer: Answered<typeof DONE> = DONE;
  let facts: Answered<AdminSessionDto> = { ok: true, ...factsOf(7) };
  let listener: PlayListener | null = null;
  const steer = (what: string) => async (_id: string, words?: string) => {
    asked.push(words === undefined ? what : `${what}: ${words}`);
    return answer;
  };
  const link: SteeringLink = {
    start: (_afterSeq, heard) => void (listener = heard),
    stop: () => void asked.push('stop'),
    facts: async () => {
      asked.push('facts');
      return facts;
    },
    hold: steer('hold'),
    release: steer('release'),
    announce: steer('announce'),
    end: steer('end'),
  };
  const watched = new WatchedSession(factsOf(), [eventOf({ seq: 1 })], {
    after: (_milliseconds, run) => {
      waiting.push(run);
      return () => waiting.splice(0);
    },
  });
  const leave = watched.connect(link);
  return {
    watched,
    asked,
    leave,
    tell: (frame: SessionFrame): void => listener?.frame(frame),
    pass: async (): Promise<void> => {
      for (const run of waiting.splice(0)) run();
      await Promise.resolve();
      await Promise.resolve();
    },
    answerWith: (next: Answered<typeof DONE>) => void (answer = next),
    factsAre: (next: Answered<AdminSessionDto>) => void (facts = next),
    pending: () => waiting.length,
  };
}

const TURN_ENDED: SessionFrame = { type: 'turn', turn: 2, phase: 'ended', turns: 2, exited: false };

describe('A session that is watched', () => {
  it('grows as it is played, and changes nothing of it, whoever looks', () => {
    const { watched, asked, tell, leave } = table();
    tell({ type: 'draft', turn: 2, text: 'One arm' });
    expect(watched.play.draft).toBe('One arm');
    tell({ type: 'events', events: [eventOf({ seq: 2 })] });
    expect(watched.play.passages).toHaveLength(2);
    expect(asked).toEqual([]);
    leave();
    expect(asked).toEqual(['stop']);
  });

  it('asks what stands beside it once after turns, and keeps what it knows when that cannot be had', async () => {
    const { watched, asked, tell, pass, factsAre, pending } = table();
    tell(TURN_ENDED);
    tell(TURN_ENDED);
    expect(pending()).toBe(1);
    await pass();
    expect(asked).toEqual(['facts']);
    expect(watched.facts.calls.calls).toBe(7);
    factsAre(LOST);
    tell(TURN_ENDED);
    await pass();
    expect(watched.facts.calls.calls).toBe(7);
  });

  it('is steered one thing at a time, and says what was done or why not', async () => {
    const { watched, asked, answerWith } = table();
    const both = await Promise.all([watched.hold('  Lunch. '), watched.end()]);
    expect(both).toEqual([true, false]);
    expect(asked).toEqual(['hold: Lunch.']);
    expect([watched.notice, watched.problem]).toEqual(['The session is paused.', null]);
    answerWith(LOST);
    expect(await watched.announce('Hello.')).toBe(false);
    expect([watched.notice, watched.problem?.message]).toEqual(['', 'The line was cut.']);
  });

  it('is not steered any more when it was left', async () => {
    const { watched, asked, leave } = table();
    leave();
    expect(await watched.release()).toBe(false);
    expect(asked).toEqual(['stop']);
  });
});
