import type { EventDto, SessionFrame } from '@dcs/api';
import { describe, expect, it } from 'vitest';
import type { Answer, PlayLink, PlayListener } from './playLink.ts';
import { PlaySession } from './playSession.svelte.ts';
import { eventOf, sessionOf } from './testing.ts';
import { createUnsentShelf } from './unsent.ts';

const ACCEPTED: Answer = {
  ok: true,
  accepted: true,
  turns: 2,
  exited: false,
  exitReason: null,
  lastSeq: 9,
};
const HELD: Answer = { ok: false, reason: 'session/held', message: 'It is paused.', retryable: false };

/** A session on a page, whose server the test plays. */
function table(changes: Parameters<typeof sessionOf>[0] = {}) {
  const acts: { readonly commandId: string; readonly text: string }[] = [];
  const kept = new Map<string, string>();
  let answer: Answer = ACCEPTED;
  let opened = 0;
  let listener: PlayListener | null = null;
  const link: PlayLink = {
    start: (_afterSeq, heard) => void (listener = heard),
    open: async () => {
      opened += 1;
      return { ok: true };
    },
    act: async (commandId, text) => {
      acts.push({ commandId, text });
      return answer;
    },
    close: async () => ({ ok: true }),
    giveFeedback: () => Promise.reject(new Error('Nobody gives feedback here.')),
    stop: () => undefined,
  };
  const play = new PlaySession(sessionOf(changes), null, [eventOf({ seq: 1 })]);
  const shelf = createUnsentShelf('s1', () => ({
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  }));
  play.connect(link, shelf);
  const tell = (...frames: readonly SessionFrame[]): void => {
    for (const frame of frames) listener?.frame(frame);
  };
  return {
    play,
    acts,
    kept,
    tell,
    answerWith: (next: Answer) => void (answer = next),
    opened: () => opened,
  };
}

const steering = (seq: number, kind: EventDto['kind']): SessionFrame => ({
  type: 'events',
  events: [eventOf({ seq, kind, direction: 'internal', source: 'system', format: 'text', content: '' })],
});

describe('A session that those who run it have paused', () => {
  it('takes no words, and keeps those in the line', async () => {
    const { play, tell, acts } = table();
    play.input = 'I wave.';
    tell(steering(2, 'session_held'));
    expect([play.isHeld, play.canSend]).toEqual([true, false]);
    expect(await play.submit()).toBeNull();
    expect(acts).toEqual([]);
    expect(play.input).toBe('I wave.');
    tell(steering(3, 'session_released'));
    expect(play.canSend).toBe(true);
  });

  it('keeps words that were on their way, and sends them as the same command when it goes on', async () => {
    const { play, tell, acts, kept, answerWith } = table();
    answerWith(HELD);
    play.input = 'I wave.';
    await play.submit();
    expect([play.problem, play.sending]).toEqual([null, 'I wave.']);
    expect([...kept.values()].join()).toContain('I wave.');
    tell(steering(2, 'session_held'));
    answerWith(ACCEPTED);
    tell(steering(3, 'session_released'));
    await expect.poll(() => play.hasUnsent).toBe(false);
    expect(acts).toHaveLength(2);
    expect(acts[0]).toEqual(acts[1]);
  });

  it('has its scene set when it goes on, if it was paused before', () => {
    const { tell, opened } = table({ opened: false, held: { since: '', reason: '' } });
    expect(opened()).toBe(0);
    tell(steering(2, 'session_released'));
    expect(opened()).toBe(1);
  });
});
