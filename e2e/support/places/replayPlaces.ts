import { expect } from '@playwright/test';
import { playedSession, replayOf } from '../replay.ts';
import { PHONE } from '../screens.ts';
import { startExplore } from '../stage.ts';
import { goTo, plain } from './place.ts';
import type { Place } from './place.ts';

/** A session looked at afterwards. */
export const REPLAY_PLACES: readonly Place[] = [
  {
    name: 'replay, with everything that can stand on the page',
    isFor: 'players',
    go: async ({ page, player }) => {
      const texts = ['I wave.', '/abilities', '/dance', 'You come closer and sit down.', '/finish'];
      await replayOf(page).open(await playedSession(player, ...texts), 9_999);
      await expect(page.getByRole('heading', { name: 'The end' })).toBeVisible();
    },
  },
  {
    name: 'replay, the state in full',
    isFor: 'players',
    go: async ({ page, player }) => {
      const replay = replayOf(page);
      await page.setViewportSize(PHONE);
      await replay.open(await playedSession(player, 'I wave.'), 5);
      await page.getByRole('button', { name: 'State', exact: true }).click();
      await replay.state.getByRole('tab', { name: 'JSON' }).click();
      await expect(replay.state.getByRole('region', { name: 'View' })).toBeVisible();
    },
  },
  {
    name: 'replay, the keys',
    isFor: 'players',
    go: async ({ page, player }) => {
      await replayOf(page).open(await playedSession(player, 'I wave.'));
      await page.keyboard.press('?');
      await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
    },
  },
  {
    name: 'replay, the question before a branch',
    isFor: 'players',
    go: async ({ page, player }) => {
      await replayOf(page).open(await playedSession(player, 'I wave.'), 5);
      await page.getByRole('button', { name: 'Branch from here' }).click();
      await expect(page.getByRole('dialog', { name: 'Branch from step 5?' })).toBeVisible();
    },
  },
  {
    name: 'replay, of a session that never began',
    isFor: 'players',
    go: async ({ page, player }) => {
      await goTo(page, `/replay/${await startExplore(player)}`);
      await expect(page.getByText('Nothing has happened in this session yet.')).toBeVisible();
    },
  },
  plain('replay, no such session', '/replay/nowhere', 'players'),
];
