import { describe, expect, it } from 'vitest';
import { eventOf, sessionOf } from '#lib/play/testing.ts';
import { KeySetting } from './keySetting.svelte.ts';
import { dwellMs, otherSpeed, speedInWords } from './pace.ts';
import { readPosition } from './position.ts';
import { actionFor, type Focus } from './shortcuts.ts';
import type { Step } from './step.ts';
import { stepFacts } from './stepFacts.ts';

const stepOf = (changes: Parameters<typeof eventOf>[0], rest: Partial<Step> = {}): Step => ({
  event: eventOf(changes),
  view: null,
  turns: 1,
  status: 'active',
  runtimeMs: 0,
  ...rest,
});

describe('The pace', () => {
  const next = stepOf({ seq: 2, at: '2026-11-21T10:00:02.500Z' });

  it('leaves time to read, more for longer texts', () => {
    const dwell = (content: string): number => dwellMs(stepOf({ seq: 1, content }), next, 1);
    expect([dwell('I wave.'), dwell('x'.repeat(100)), dwell('x'.repeat(9_999))]).toEqual([
      1_180, 4_900, 12_000,
    ]);
  });

  it('passes quickly over what leaves no words', () => {
    const quiet = stepOf({ seq: 1, direction: 'internal', kind: 'withheld', content: '' });
    expect([dwellMs(quiet, next, 1), dwellMs(quiet, next, 0.5), dwellMs(quiet, next, 16)]).toEqual([
      600, 1_200, 50,
    ]);
  });

  it('is that of the session itself when it is asked for, without the long pauses', () => {
    const at = (seconds: string): Step => stepOf({ seq: 1, at: `2026-11-21T${seconds}.000Z` });
    expect(dwellMs(at('10:00:00'), next, 'asPlayed')).toBe(2_500);
    expect(dwellMs(at('02:00:00'), next, 'asPlayed')).toBe(4_000);
    expect(dwellMs(at('10:00:09'), next, 'asPlayed')).toBe(50);
  });

  it('goes up and down and stays at its ends', () => {
    expect([otherSpeed(1, 1), otherSpeed(1, -1), otherSpeed(0.5, -1), otherSpeed(16, 1)]).toEqual([
      2,
      0.5,
      0.5,
      'asPlayed',
    ]);
    expect([speedInWords(0.5), speedInWords('asPlayed')]).toEqual(['0.5×', 'As played']);
  });
});

describe('The position in an address', () => {
  it.each([
    ['?at=14', 14],
    ['', 1],
    ['?at=0', 1],
    ['?at=-2', 1],
    ['?at=1e9', 1],
    ['?at=99999999999999999999', 1],
    ['?at=x', 1],
  ])('%s is step %i', (search, step) => {
    expect(readPosition(new URLSearchParams(search))).toBe(step);
  });
});

describe('A key', () => {
  const press = (key: string, focus: Focus = 'page', held: Partial<KeyboardEventInit> = {}) =>
    actionFor({ key, shiftKey: false, altKey: false, ctrlKey: false, metaKey: false, ...held }, focus);

  it('moves through the session', () => {
    expect([' ', 'ArrowLeft', 'ArrowRight', 'Home', 'End', '+', '-', '?'].map((key) => press(key))).toEqual([
      'toggle',
      'previous',
      'next',
      'first',
      'last',
      'faster',
      'slower',
      'help',
    ]);
    expect(press('ArrowRight', 'page', { shiftKey: true })).toBe('nextTurn');
    expect(press('+', 'page', { shiftKey: true })).toBe('faster');
  });

  it('is left to what has the focus', () => {
    expect([press(' ', 'control'), press('ArrowLeft', 'field'), press('?', 'field')]).toEqual([
      null,
      null,
      null,
    ]);
    expect(press('ArrowLeft', 'control')).toBe('previous');
    expect([press('ArrowRight', 'scrubber'), press('Home', 'scrubber')]).toEqual([null, null]);
    expect(press(' ', 'scrubber')).toBe('toggle');
    expect(press('ArrowRight', 'scrubber', { shiftKey: true })).toBe('nextTurn');
  });

  it('is left to the browser when it is held with others', () => {
    expect(press('ArrowLeft', 'page', { altKey: true })).toBeNull();
    expect(press('-', 'page', { ctrlKey: true })).toBeNull();
    expect(press('+', 'page', { metaKey: true })).toBeNull();
    expect(press('a')).toBeNull();
  });
});

describe('The keys', () => {
  function shelf(start: Record<string, string> = {}) {
    const kept = new Map(Object.entries(start));
    return {
      kept,
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
    };
  }

  it('work until somebody turns them off, which is remembered', () => {
    const device = shelf();
    const setting = new KeySetting(() => device);
    setting.read();
    expect(setting.isOn).toBe(true);
    setting.set(false);
    const later = new KeySetting(() => device);
    later.read();
    expect(later.isOn).toBe(false);
  });

  it('can be turned off where nothing can be remembered', () => {
    const setting = new KeySetting(() => {
      throw new Error('Storage is forbidden.');
    });
    setting.read();
    setting.set(false);
    expect(setting.isOn).toBe(false);
  });
});

describe('The facts of every step', () => {
  it('tell what changed, and leave the clock alone', () => {
    const session = sessionOf({ maxTurns: 50, maxRuntimeSeconds: 600 });
    const step = stepOf({ seq: 2, kind: 'session_paused', source: 'system' }, { runtimeMs: 65_000 });
    const before = { ...step, runtimeMs: 60_000, turns: 0 };
    expect(stepFacts({ ...step, status: 'paused' }, before, session)).toEqual([
      { path: 'event', label: 'Event', value: 'session paused, system', was: null },
      { path: 'status', label: 'Status', value: 'Paused', was: 'In play' },
      { path: 'turns', label: 'Turns done', value: '1 of 50', was: '0 of 50' },
      { path: 'runtime', label: 'Time played', value: '1:05 of 10:00', was: null },
    ]);
  });

  it('know no change where nothing is known of before', () => {
    const session = sessionOf({ maxTurns: null, maxRuntimeSeconds: null });
    const facts = stepFacts(stepOf({ seq: 2 }), null, session);
    expect(facts.map(({ value, was }) => [value, was])).toEqual([
      ['message, npc', null],
      ['In play', null],
      ['1', null],
      ['0:00', null],
    ]);
  });
});
