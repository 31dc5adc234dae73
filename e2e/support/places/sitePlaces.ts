import { expect } from '@playwright/test';
import { goTo, plain, pressed } from './place.ts';
import type { Place } from './place.ts';
import { playedSession } from '../replay.ts';

/** From the front door to what somebody has played. */
export const SITE_PLACES: readonly Place[] = [
  plain('front page', '/'),
  plain('front page, signed in', '/', 'players'),
  plain('register', '/register'),
  pressed({ name: 'register, with problems', isFor: 'anybody', path: '/register' }, 'Register', (page) =>
    page.getByRole('alert'),
  ),
  {
    name: 'key, shown once',
    isFor: 'anybody',
    go: async ({ page }) => {
      await goTo(page, '/register');
      for (const label of ['Full name', 'Signature']) await page.getByLabel(label).fill('Ada Example');
      await page.getByLabel('E-mail').fill('ada@example.org');
      await page.getByLabel('Phone number').fill('+44 20 7946 0000');
      await page.getByRole('button', { name: 'Register' }).click();
      await expect(page.getByTestId('access-key')).toBeVisible();
    },
  },
  plain('sign in', '/login'),
  {
    name: 'sign in, with a problem',
    isFor: 'anybody',
    go: async ({ page }) => {
      await goTo(page, '/login');
      await page.getByLabel('Access key').fill('sk-123');
      await page.getByRole('button', { name: 'Sign in' }).click();
      await expect(page.getByText('This one does not.')).toBeVisible();
    },
  },
  plain('privacy', '/privacy'),
  plain('not found', '/nowhere'),
  plain('games', '/games', 'players'),
  plain('choice of characters', '/games/explore', 'players'),
  {
    name: 'choice of characters, of two who have nothing to say to each other',
    isFor: 'players',
    go: async ({ page }) => {
      await goTo(page, '/games/explore?pc=MOR&npc=TRA');
      await expect(page.getByText('Neither has a way to tell the other anything.')).toBeVisible();
    },
  },
  plain('no such game', '/games/nowhere', 'players'),
  plain('sessions, none yet', '/sessions', 'players'),
  {
    name: 'sessions',
    isFor: 'players',
    go: async ({ page, player }) => {
      await playedSession(player, 'I wave.');
      await playedSession(player, '/finish');
      await goTo(page, '/sessions');
      await expect(page.getByText('Ended')).toBeVisible();
    },
  },
  plain('account', '/account', 'players'),
  pressed(
    { name: 'account, the question before a new key', isFor: 'players', path: '/account' },
    'Get a new key',
    (page) => page.getByRole('dialog'),
  ),
  plain('account of an administrator', '/account', 'admins'),
];
