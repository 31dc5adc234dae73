import { describe, expect, it } from 'vitest';
import type { Answer } from './playLink.ts';
import { settle } from './settle.ts';

const reply = { turns: 2, exited: false, exitReason: null, lastSeq: 5 };
const accepted: Answer = { ok: true, accepted: true, ...reply };
const refused: Answer = { ok: true, accepted: false, ...reply };
const later: Answer = { ok: false, reason: 'session/unavailable', message: 'Try again.', retryable: true };
const never: Answer = { ok: false, reason: 'session/closed', message: 'It is over.', retryable: false };
const facts = { text: 'I wave.', isRecorded: true, hasEnded: false };

describe('Words that were sent', () => {
  it('are done with when they are accepted', () => {
    expect(settle(accepted, facts)).toEqual({ isPending: false, problem: null, isReturned: false });
  });

  it('come back to be changed when the game does not accept them', () => {
    expect(settle(refused, facts)).toEqual({ isPending: false, problem: null, isReturned: true });
  });

  it('do not come back when they are a command or the session is over', () => {
    expect(settle(refused, { ...facts, text: '/finish' }).isReturned).toBe(false);
    expect(settle(refused, { ...facts, hasEnded: true }).isReturned).toBe(false);
  });

  it('stay to be sent again, with the reason, when that may help', () => {
    expect(settle(later, { ...facts, isRecorded: false })).toEqual({
      isPending: true,
      problem: later,
      isReturned: false,
    });
  });

  it('come back with the reason when they can never be taken', () => {
    expect(settle(never, { ...facts, isRecorded: false })).toEqual({
      isPending: false,
      problem: never,
      isReturned: true,
    });
  });

  it('wait with a session that those who run it have paused', () => {
    const held: Answer = { ok: false, reason: 'session/held', message: 'It is paused.', retryable: false };
    expect(settle(held, { ...facts, isRecorded: false })).toEqual({
      isPending: true,
      problem: null,
      isReturned: false,
    });
  });

  it('are done with when they are refused although the log has them', () => {
    expect(settle(never, facts)).toEqual({ isPending: false, problem: null, isReturned: false });
  });

  it('need no explanation when the session has ended meanwhile', () => {
    expect(settle(never, { ...facts, isRecorded: false, hasEnded: true })).toEqual({
      isPending: false,
      problem: null,
      isReturned: false,
    });
  });
});
