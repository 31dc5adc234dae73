import { describe, expect, it } from 'vitest';
import type { Clock } from './chart.ts';
import { highestOf, isEmpty, totalsOf } from './chart.ts';
import { csvName, csvOf } from './csv.ts';
import { linePath } from './linePath.ts';
import { bandsOf, labelled, timeScale, valueScale } from './scale.ts';
import { stackAt } from './stack.ts';
import { summaryOf } from './summary.ts';
import { byDay, sessionsByGame } from './testing.ts';
import { daysBetween, dayInWords, HOUR_MS, momentInWords, timeInShort } from './timeWords.ts';
import { TINTS, tintOf } from './tint.ts';
import { countsOf, DOLLARS } from './units.ts';

const WHOLE = { isWhole: true };
const PARTS = { isWhole: false };
const at = (iso: string): number => Date.parse(iso);

describe('A chart', () => {
  it('is empty when there is nothing to see of it', () => {
    expect([byDay(), byDay(0, 0), byDay(null), byDay(0, 1)].map(isEmpty)).toEqual([true, true, true, false]);
  });

  it('adds up its series, and takes what is not known for nothing', () => {
    expect(totalsOf(sessionsByGame)).toEqual([1200, 37]);
    expect([highestOf(sessionsByGame), highestOf(byDay())]).toEqual([1200, 0]);
  });

  it('stacks its series in their order, without those that have nothing there', () => {
    expect(stackAt(sessionsByGame, 0)).toEqual([{ index: 0, value: 1200, from: 0, to: 1200 }]);
    expect(stackAt(sessionsByGame, 1).map(({ index, from, to }) => [index, from, to])).toEqual([
      [0, 0, 30],
      [1, 30, 37],
    ]);
  });

  it('breaks its line off where nothing is known', () => {
    const points = [{ x: 0, y: 100 }, { x: 25, y: 50 }, null, { x: 75.5, y: 1 / 3 }];
    expect(linePath(points)).toBe('M0.00,100.00L25.00,50.00M75.50,0.33');
    expect(linePath([null, null])).toBe('');
  });
});

describe('An axis of values', () => {
  it.each([
    [1234, [0, 500, 1000, 1500], 1500],
    [3, [0, 1, 2, 3], 3],
    [1, [0, 1], 1],
    [0, [0, 1], 1],
  ])('for up to %d things has ticks at whole numbers and ends at a round one', (highest, ticks, top) => {
    const scale = valueScale(highest, WHOLE);
    expect(scale.ticks).toEqual(ticks);
    expect([scale.at(0), scale.at(top)]).toEqual([0, 100]);
  });

  it('has ticks between whole numbers where there is something', () => {
    expect(valueScale(0.25, PARTS).ticks).toEqual([0, 0.05, 0.1, 0.15, 0.2, 0.25]);
  });

  it('stays as it is while figures grow towards its end', () => {
    const [before, after] = [valueScale(1201, WHOLE), valueScale(1499, WHOLE)];
    expect(after.ticks).toEqual(before.ticks);
    expect(after.at(300)).toBe(before.at(300));
  });

  it('has labels that fit beside it', () => {
    const labels = [0, 950, 1_500, 12_000, 2_500_000, 1e12].map(countsOf('calls').inShort);
    expect(labels).toEqual(['0', '950', '1.5K', '12K', '2.5M', '1T']);
    expect([0, 0.1, 0.125, 2.5, 1500].map(DOLLARS.inShort)).toEqual([
      '$0',
      '$0.10',
      '$0.125',
      '$2.50',
      '$1.5K',
    ]);
  });
});

function scaleOf(clock: Clock, first: number, last: number) {
  const { ticks, at: placeOf } = timeScale({ times: [first, last], clock });
  return { labels: ticks.map((tick) => timeInShort(tick, clock)), at: placeOf };
}

describe('An axis of time', () => {
  it('has ticks at round hours or days, at most as many as a phone is wide', () => {
    const hours = scaleOf('moments', at('2026-11-21T09:10:00Z'), at('2026-11-22T03:00:00Z'));
    expect(hours.labels).toEqual(['12:00', '18:00', '22 Nov']);
    const days = scaleOf('days', at('2026-11-01'), at('2026-11-09'));
    expect(days.labels).toEqual(['1 Nov', '3 Nov', '5 Nov', '7 Nov', '9 Nov']);
    expect([days.at(at('2026-11-01')), days.at(at('2026-11-05')), days.at(at('2026-11-09'))]).toEqual([
      0, 50, 100,
    ]);
  });

  it('has ticks at round hours where it tells how much time has passed', () => {
    const hours = scaleOf('elapsed', 0, 50 * HOUR_MS);
    expect(hours.labels).toEqual(['0 h', '10 h', '20 h', '30 h', '40 h', '50 h']);
    expect(scaleOf('elapsed', 0, HOUR_MS / 2).labels).toEqual([
      '0 h',
      '0.1 h',
      '0.2 h',
      '0.3 h',
      '0.4 h',
      '0.5 h',
    ]);
  });

  it('has a place for one moment alone', () => {
    const moment = at('2026-11-21');
    const alone = scaleOf('days', moment, moment);
    expect([alone.labels, alone.at(moment)]).toEqual([['21 Nov'], 50]);
  });

  it('names times in UTC, wherever it is read', () => {
    expect(dayInWords(at('2026-11-21'))).toBe('Sat, 21 Nov 2026');
    expect(momentInWords(at('2026-11-21T14:05:00Z'))).toBe('21 Nov 2026, 14:05');
  });

  it('leaves no day out', () => {
    expect(daysBetween('2026-02-27', '2026-03-01').map((day) => timeInShort(day, 'days'))).toEqual([
      '27 Feb',
      '28 Feb',
      '1 Mar',
    ]);
    expect(daysBetween('2026-03-01', '2026-03-01')).toHaveLength(1);
  });
});

describe('Columns', () => {
  it('stand side by side, each in the middle of its place', () => {
    const [first, second, ...others] = bandsOf(10);
    expect(first).toEqual({ start: 1, middle: 5, width: 8 });
    expect(second?.start).toBe(11);
    expect(others).toHaveLength(8);
  });

  it('do not become walls when there are few', () => {
    expect(bandsOf(1)).toEqual([{ start: 44, middle: 50, width: 12 }]);
  });

  it('have at most four labels, one of them at the latest', () => {
    expect(labelled(3)).toEqual([0, 1, 2]);
    expect(labelled(7)).toEqual([0, 2, 4, 6]);
    expect(labelled(90)).toEqual([20, 43, 66, 89]);
    expect(labelled(0)).toEqual([]);
  });
});

describe('The tint of a cell', () => {
  it('is the stronger the higher the figure, and is seen for anything above nothing', () => {
    expect([null, 0, 1, 20, 21, 99, 100].map((value) => tintOf(value, 100))).toEqual([
      0,
      0,
      1,
      1,
      2,
      5,
      TINTS,
    ]);
    expect(tintOf(0, 0)).toBe(0);
  });
});

describe('The summary of a chart', () => {
  it('says every figure where there are few', () => {
    expect(summaryOf(sessionsByGame)).toBe(
      'Sessions by game, in sessions. People: Explore 1,200; Foresight 30. Bots: Foresight 7.',
    );
  });

  it('says where many figures lie, and when they are highest', () => {
    expect(summaryOf(byDay(3, 5, 12, 0, 4, null, 7, 12))).toBe(
      'Calls by day, in calls. Calls: from 0 to 12, which is at Mon, 23 Nov 2026.',
    );
  });

  it('says where nothing is known', () => {
    expect(summaryOf(byDay(null))).toBe('Calls by day, in calls. Calls: nothing is known.');
  });
});

describe('The file of a chart', () => {
  it('holds the exact figures, and nothing where nothing is known', () => {
    expect(csvOf(sessionsByGame)).toBe(
      'Game,People (sessions),Bots (sessions)\r\nExplore,1200,\r\nForesight,30,7\r\n',
    );
  });

  it('holds times that every program reads', () => {
    expect(csvOf(byDay(1))).toBe('"Day, UTC",Calls (calls)\r\n2026-11-21,1\r\n');
    const moments = { ...byDay(1), clock: 'moments' };
    expect(csvOf(moments)).toContain('\r\n2026-11-21T00:00:00.000Z,1\r\n');
  });

  it('is harmless in a spreadsheet, whatever things are called', () => {
    const keys = ['=1+1', '@x', 'a "b", c', '-7\n'];
    const csv = csvOf({ ...sessionsByGame, keys, series: [{ name: '+x', values: [1, 2, 3, 4] }] });
    expect(csv).toBe(`Game,'+x (sessions)\r\n'=1+1,1\r\n'@x,2\r\n"a ""b"", c",3\r\n"'-7\n",4\r\n`);
  });

  it('is called after the chart', () => {
    expect(csvName({ title: 'Calls by model & role (24 h)' })).toBe('calls-by-model-role-24-h.csv');
  });
});
