import type { CellDto } from '@dcs/api';
import { describe, expect, it } from 'vitest';
import { totalsOf } from '#lib/charts/chart.ts';
import {
  activityChart,
  assignmentChart,
  balanceChart,
  endingChart,
  formChart,
  funnelChart,
  stageChart,
} from './experimentCharts.ts';
import { dashboardOf } from './testing.ts';

const cell = (over: Pick<CellDto, 'game' | 'label' | 'completed'> & Partial<CellDto>): CellDto => ({
  npc: null,
  holding: over.completed,
  assigned: 1,
  inProgress: 2,
  interrupted: 3,
  ...over,
});

describe('The charts of an experiment', () => {
  it('show where everybody is, from the first stage to those who left', () => {
    const { stages } = dashboardOf();
    const { keys, series } = stageChart({ stages: { ...stages, playing: 4, withdrawn: 1 } });
    expect(keys).toEqual([
      'Joined, nothing given yet',
      'Has an assignment',
      'Playing',
      'Interrupted',
      'Between assignments',
      'Finished',
      'Withdrew',
    ]);
    expect(series[0]?.values).toEqual([0, 0, 4, 0, 0, 0, 1]);
  });

  it('show where people drop out', () => {
    const { keys, series } = funnelChart({
      funnel: [
        { step: 'joined', participants: 9 },
        { step: 'began', participants: 4 },
      ],
    });
    expect([keys, series[0]?.values]).toEqual([
      ['Joined', 'Began to play'],
      [9, 4],
    ]);
  });

  it('tell variants of one game apart', () => {
    const games = [
      cell({ game: 'explore', label: 'Explore', completed: 1 }),
      cell({ game: 'explore-hidden', label: 'Explore', completed: 2 }),
      cell({ game: 'teamwork', label: 'Teamwork', completed: 3 }),
    ];
    const chart = assignmentChart({ games });
    expect(chart.keys).toEqual(['Explore, explore', 'Explore, explore-hidden', 'Teamwork']);
    expect(totalsOf(chart)).toEqual([7, 8, 9]);
  });

  it('leave a cell without a figure where a game never met a character', () => {
    const games = [
      cell({ game: 'explore', label: 'Explore', completed: 3 }),
      cell({ game: 'teamwork', label: 'Teamwork', completed: 1 }),
    ];
    const characters = [
      cell({ game: 'explore', label: 'Octopus', completed: 3, npc: 'OCT' }),
      cell({ game: 'explore', label: 'nobody', completed: 0 }),
      cell({ game: 'teamwork', label: 'Octopus', completed: 1, npc: 'OCT' }),
    ];
    const { keys, series, definition } = balanceChart({ games, characters, moreCharacters: 0 });
    expect(definition).not.toContain('left out');
    expect(balanceChart({ games, characters, moreCharacters: 7 }).definition).toContain('7 more pairs');
    expect(keys).toEqual(['Octopus', 'nobody']);
    expect(series).toEqual([
      { name: 'Explore', values: [3, 0] },
      { name: 'Teamwork', values: [1, null] },
    ]);
  });

  it('show what happened when', () => {
    const at = '2026-11-21T14:15:00.000Z';
    const { times, keys, series } = activityChart({
      activity: [{ at, joined: 1, started: 2, completed: 3, interrupted: 4 }],
    });
    expect([times, keys]).toEqual([[Date.parse(at)], ['21 Nov 2026, 14:15']]);
    expect(series.map(({ values }) => values[0])).toEqual([1, 2, 3, 4]);
  });

  it('name forms by their titles and endings so that they can be read', () => {
    const { keys } = formChart({
      forms: [
        { name: 'consent', title: 'Consent', event: 'before-all-assignments', submitted: 5, participants: 4 },
      ],
    });
    expect(keys).toEqual(['Consent']);
    expect(endingChart({ endings: [{ reason: 'game_completed', sessions: 2 }] }).keys).toEqual([
      'game completed',
    ]);
  });
});
