import { describe, expect, it } from 'vitest';
import { alertsInWords } from './experimentWords.ts';
import { LiveAlerts } from './liveAlerts.svelte.ts';
import type { AlertCounts } from './liveAlerts.svelte.ts';

const counts = (errors: number, warnings = 0): AlertCounts => [
  { name: 'pilot', title: 'Pilot', errors, warnings },
];

describe('Alerts on a page', () => {
  it('are those that it came with, and then those that are told of, until the page is another', () => {
    let given = counts(1);
    let tell: (told: AlertCounts) => void = () => undefined;
    let isStopped = false;
    const live = new LiveAlerts(() => given);
    expect(live.current).toEqual(counts(1));
    const leave = live.follow({
      watch: (told) => void (tell = told),
      stop: () => void (isStopped = true),
    });
    tell(counts(2));
    expect(live.current).toEqual(counts(2));
    given = counts(3);
    expect(live.current).toEqual(counts(3));
    leave();
    expect(isStopped).toBe(true);
  });

  it.each([
    [{ errors: 1, warnings: 0 }, '1 trouble'],
    [{ errors: 2, warnings: 1 }, '2 troubles, 1 note'],
    [{ errors: 0, warnings: 3 }, '3 notes'],
  ])('are told in words: %o', (some, words) => {
    expect(alertsInWords(some)).toBe(words);
  });
});
