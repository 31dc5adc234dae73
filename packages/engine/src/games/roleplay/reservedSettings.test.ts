import { describe, expect, it } from 'vitest';
import { reservedSettings } from './reservedSettings.ts';
import { scoredConfigSchema } from './scoring/scoredConfig.ts';

const reserved = (
  wanted: Parameters<typeof reservedSettings>[1],
  file: Parameters<typeof reservedSettings>[2] = {},
) => reservedSettings(scoredConfigSchema, wanted, file);

describe('the settings that are not a player’s to choose', () => {
  it('are those that would show what the game file keeps from players', () => {
    expect(reserved({ showNpcDetails: true })).toEqual(['showNpcDetails']);
    expect(reserved({ showNpcDetails: true }, { showNpcDetails: true })).toEqual([]);
    expect(reserved({ showFinalScore: true }, { showFinalScore: false })).toEqual(['showFinalScore']);
    expect(reserved({ showFinalScore: true })).toEqual([]);
  });

  it('are not those that hide more, nor those that show nothing', () => {
    expect(reserved({ showNpcDetails: false, showFinalScore: false, maxTurns: 5 })).toEqual([]);
  });

  it('are those that say what a session is part of', () => {
    expect(reserved({ condition: 'learning' })).toEqual(['condition']);
    expect(reserved({ condition: 'static' })).toEqual(['condition']);
  });

  it('are all that show something where the game file is not one of this game', () => {
    expect(reserved({ showNpcDetails: true }, { showNpcDetails: 'perhaps' })).toEqual(['showNpcDetails']);
  });
});
