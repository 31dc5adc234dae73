import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SessionEvent } from './event.ts';
import { visibleEvent } from './view.ts';

const secret: SessionEvent = {
  sessionId: 's1',
  seq: 7,
  eventId: 'e7',
  at: 1000,
  turn: 3,
  direction: 'internal',
  source: 'system',
  kind: 'fact',
  format: 'json',
  content: 'Home is dealt the ace.',
  seat: 'home',
  command: 'deal',
  data: { card: 'ace' },
  audience: ['home'],
  commandId: 'p1/c1',
  receipt: { accepted: true },
};

const home = { seat: 'home', seesAll: false };
const away = { seat: 'away', seesAll: false };
const nobody = { seat: null, seesAll: false };
const admin = { seat: null, seesAll: true };

describe('visibleEvent', () => {
  it('shows an event to the seats of its audience and to those who see all', () => {
    expect(visibleEvent(secret, home)).toMatchObject({
      kind: 'fact',
      data: { card: 'ace' },
      commandId: 'c1',
    });
    expect(visibleEvent(secret, admin)).toMatchObject({
      kind: 'fact',
      data: { card: 'ace' },
      commandId: 'c1',
    });
  });

  it('keeps the place of a withheld event and nothing else', () => {
    const withheld = {
      sessionId: 's1',
      seq: 7,
      eventId: 'e7',
      at: 1000,
      turn: 3,
      direction: 'internal',
      source: 'system',
      kind: 'withheld',
      format: 'text',
      content: '',
      seat: null,
      command: null,
      data: null,
      commandId: null,
    };
    expect(visibleEvent(secret, away)).toEqual(withheld);
    expect(visibleEvent(secret, nobody)).toEqual(withheld);
    expect(visibleEvent({ ...secret, audience: [] }, home)).toEqual(withheld);
  });

  it('shows an event for everyone to everyone, its command id only to the seat that sent it', () => {
    const open = { ...secret, audience: null };
    expect(visibleEvent(open, home).commandId).toBe('c1');
    expect(visibleEvent(open, away)).toMatchObject({ kind: 'fact', data: { card: 'ace' }, commandId: null });
    expect(visibleEvent({ ...open, seat: null }, nobody).commandId).toBeNull();
  });

  it('tells everyone that a seat was taken and only admins by which account', () => {
    const taken: SessionEvent = {
      ...secret,
      kind: 'seat_taken',
      audience: null,
      data: { playerId: 'p1' },
      commandId: null,
    };
    expect(visibleEvent(taken, away)).toMatchObject({ kind: 'seat_taken', data: {} });
    expect(visibleEvent(taken, admin)).toMatchObject({ kind: 'seat_taken', data: { playerId: 'p1' } });
  });

  it('never lets a word of a hidden event through, and never loses its place', () => {
    const seats = fc.constantFrom('home', 'away', 'umpire');
    fc.assert(
      fc.property(fc.array(seats, { maxLength: 3 }), fc.option(seats), (audience, seat) => {
        const seen = visibleEvent({ ...secret, audience }, { seat, seesAll: false });
        expect([seen.seq, seen.eventId, seen.at]).toEqual([7, 'e7', 1000]);
        const admitted = seat !== null && audience.includes(seat);
        expect(JSON.stringify(seen).includes('ace')).toBe(admitted);
      }),
    );
  });
});
