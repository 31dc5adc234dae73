import type { EventDto, SessionFrame } from '@dcs/api';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyFrame, firstState, isRecorded, type PlayState } from './playState.ts';
import { eventOf, sessionOf, spokenBy } from './testing.ts';

const start = (events: readonly EventDto[] = []): PlayState => firstState(sessionOf(), null, events);
const seqs = (state: PlayState): number[] => state.events.map(({ seq }) => seq);
const play = (state: PlayState, ...frames: SessionFrame[]): PlayState => frames.reduce(applyFrame, state);

describe('What the page knows of a session', () => {
  it('holds every event once and in order, however often and in whatever pieces it comes', () => {
    const log = Array.from({ length: 30 }, (_, index) => eventOf({ seq: index + 1 }));
    // A reader may start again from any event it has seen, as after a dropped connection.
    const piece = fc.record({ back: fc.nat(30), length: fc.integer({ min: 1, max: 30 }) });
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        let state = start(log.slice(0, 3));
        for (const { back, length } of pieces) {
          const from = Math.max(0, state.events.length - back);
          state = applyFrame(state, { type: 'events', events: log.slice(from, from + length) });
          expect(seqs(state)).toEqual(log.slice(0, state.events.length).map(({ seq }) => seq));
        }
      }),
    );
  });

  it('replaces the text that is being written by the event', () => {
    const writing = play(
      start(),
      { type: 'turn', turn: 2, phase: 'writing', turns: 1, exited: false },
      {
        type: 'draft',
        turn: 2,
        text: 'One arm',
      },
    );
    expect(writing.draft?.text).toBe('One arm');
    const written = applyFrame(writing, {
      type: 'events',
      events: [eventOf({ seq: 1, content: 'One arm comes.' })],
    });
    expect(written.draft).toBeNull();
  });

  it('keeps the text that is being written while other events come', () => {
    const state = play(
      start(),
      { type: 'draft', turn: 2, text: 'One' },
      { type: 'events', events: [spokenBy(1, 'I wave.')] },
    );
    expect(state.draft?.text).toBe('One');
  });

  it('names the phases and is idle when the turn has ended', () => {
    const turn = { type: 'turn', turn: 2, turns: 1, exited: false } as const;
    const phases = (['started', 'checking', 'writing', 'ended'] as const).map(
      (phase) => applyFrame(start(), { ...turn, phase }).phase,
    );
    expect(phases).toEqual(['started', 'checking', 'writing', 'idle']);
  });

  it('keeps the text in sight while it is checked, and takes it away when the action is checked', () => {
    const turn = { type: 'turn', turn: 2, turns: 1, exited: false } as const;
    const written = play(start(), { ...turn, phase: 'writing' }, { type: 'draft', turn: 2, text: 'One' });
    const reviewed = applyFrame(written, { ...turn, phase: 'checking' });
    expect([reviewed.phase, reviewed.draft?.text]).toEqual(['reviewing', 'One']);
    const again = applyFrame(reviewed, { ...turn, phase: 'writing' });
    expect([again.phase, again.draft?.text]).toEqual(['writing', 'One']);
    expect(play(again, { ...turn, phase: 'started' }, { ...turn, phase: 'checking' })).toMatchObject({
      phase: 'checking',
      draft: null,
    });
  });

  it('is busy after a reconnection when something is still being answered, and idle when not', () => {
    const session = sessionOf();
    expect(applyFrame(start(), { type: 'meta', session, view: { awaiting: true } }).phase).toBe('started');
    const late = play(start(), { type: 'draft', turn: 2, text: 'One' }, { type: 'meta', session, view: {} });
    expect([late.phase, late.draft]).toEqual(['idle', null]);
  });

  it('ends with the reason that comes with the status', () => {
    const state = applyFrame(start(), { type: 'status', status: 'closed', reason: 'game_completed' });
    expect(state.session).toMatchObject({ status: 'closed', exited: true, exitReason: 'game_completed' });
  });

  it('pauses and goes on', () => {
    const paused = applyFrame(start(), { type: 'status', status: 'paused' });
    expect(paused.session).toMatchObject({ status: 'paused', exited: false, exitReason: null });
    expect(applyFrame(paused, { type: 'status', status: 'active' }).session.status).toBe('active');
  });

  it('is held and let go on by those who run it, and is not held any more when it has ended', () => {
    const steering = (seq: number, kind: EventDto['kind'], data: EventDto['data'] = {}): SessionFrame => ({
      type: 'events',
      events: [eventOf({ seq, kind, direction: 'internal', source: 'system', content: '', data })],
    });
    const held = play(start(), steering(1, 'session_held', { reason: 'Lunch.' }), {
      type: 'status',
      status: 'paused',
      reason: 'held',
    });
    expect(held.session).toMatchObject({
      status: 'paused',
      held: { reason: 'Lunch.', since: eventOf({ seq: 1 }).at },
      exitReason: null,
    });
    expect(applyFrame(held, steering(2, 'session_released')).session.held).toBeNull();
    const ended = applyFrame(held, steering(2, 'session_end', { reason: 'ended_by_administrator' }));
    expect(ended.session).toMatchObject({ status: 'closed', held: null });
  });

  it('takes the status from events that are newer than the latest picture of the session, and from no others', () => {
    const lifecycle = (seq: number, kind: EventDto['kind'], data?: EventDto['data']): EventDto =>
      eventOf({
        seq,
        kind,
        direction: 'internal',
        source: 'system',
        format: 'text',
        content: '',
        ...(data && { data }),
      });
    const pictured = play(start(), { type: 'meta', session: sessionOf({ status: 'paused', lastSeq: 3 }) });
    const old = applyFrame(pictured, {
      type: 'events',
      events: [lifecycle(1, 'session_start'), lifecycle(3, 'session_paused')],
    });
    expect(old.session).toMatchObject({ status: 'paused', lastSeq: 3 });
    const resumed = applyFrame(old, { type: 'events', events: [lifecycle(4, 'session_resumed')] });
    expect(resumed.session).toMatchObject({ status: 'active', lastSeq: 4 });
    const ended = applyFrame(resumed, {
      type: 'events',
      events: [lifecycle(5, 'session_end', { reason: 'game_completed' })],
    });
    expect(ended.session).toMatchObject({ status: 'closed', exited: true, exitReason: 'game_completed' });
  });

  it('recognises its own words in the log', () => {
    const events = [spokenBy(1, 'I wave.', 'c1')];
    expect([isRecorded(events, 'c1'), isRecorded(events, 'c2')]).toEqual([true, false]);
  });
});
