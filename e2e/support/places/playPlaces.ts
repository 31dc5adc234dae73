import { expect } from '@playwright/test';
import { playedSession } from '../replay.ts';
import { openScene, stageOf, startExplore } from '../stage.ts';
import { goTo, plain } from './place.ts';
import type { Place } from './place.ts';

/** A session while it is played. */
export const PLAY_PLACES: readonly Place[] = [
  {
    name: 'play, the scene just set',
    isFor: 'players',
    go: async ({ page, player }) => void (await openScene(page, await startExplore(player))),
  },
  {
    name: 'play, with everything that can stand on the page',
    isFor: 'players',
    go: async ({ page, player }) => {
      const stage = await openScene(page, await startExplore(player));
      await stage.play('I wave.', 2);
      for (const [text, shown] of [
        ['/abilities', 'Abilities'],
        ['/dance', 'There is no such command.'],
        ['You come closer and sit down.', 'attempts are left'],
        ['/help', '/finish'],
      ] as const) {
        await stage.say(text);
        await expect(stage.record.getByText(shown).last()).toBeVisible();
      }
      await stage.field.fill('/');
      await expect(page.getByRole('option')).toHaveCount(3);
    },
  },
  {
    name: 'play, feedback on a reply',
    isFor: 'players',
    go: async ({ page, player }) => {
      const stage = await openScene(page, await startExplore(player));
      await stage.play('I wave.', 2);
      const marks = page.getByRole('group', { name: /^Your feedback on this reply/ });
      await marks.first().getByRole('button', { name: 'Good reply' }).click();
      await marks.last().getByRole('button', { name: 'Poor reply' }).click();
      await marks.last().getByLabel('Out of character').check();
      await marks.last().getByLabel('In your words').fill('It spoke.');
      await expect(marks.last().getByRole('status')).toHaveText('Saved');
    },
  },
  {
    name: 'play, a line that is too long',
    isFor: 'players',
    go: async ({ page, player }) => {
      const stage = await openScene(page, await startExplore(player));
      await stage.field.fill('word '.repeat(80));
      await expect(page.getByText(/characters too many/)).toBeVisible();
    },
  },
  {
    name: 'play, the menu',
    isFor: 'players',
    go: async ({ page, player }) => {
      await openScene(page, await startExplore(player));
      await page.getByRole('button', { name: 'Menu' }).click();
      await expect(page.getByRole('button', { name: 'Characters and abilities' })).toBeVisible();
    },
  },
  {
    name: 'play, who is on the stage',
    isFor: 'players',
    go: async ({ page, player }) => {
      await openScene(page, await startExplore(player));
      await page.getByRole('button', { name: 'Menu' }).click();
      await page.getByRole('button', { name: 'Characters and abilities' }).click();
      await expect(page.getByRole('dialog', { name: 'Characters' })).toBeVisible();
    },
  },
  {
    name: 'play, the question before the end',
    isFor: 'players',
    go: async ({ page, player }) => {
      await openScene(page, await startExplore(player));
      await page.getByRole('button', { name: 'Menu' }).click();
      await page.getByRole('button', { name: 'Finish the session' }).click();
      await expect(page.getByRole('dialog', { name: 'Finish the session?' })).toBeVisible();
    },
  },
  {
    name: 'play, ended',
    isFor: 'players',
    go: async ({ page, player }) => {
      await goTo(page, `/play/${await playedSession(player, 'I wave.', '/finish')}`);
      await expect(stageOf(page).end).toBeVisible();
    },
  },
  plain('play, no such session', '/play/nowhere', 'players'),
];
