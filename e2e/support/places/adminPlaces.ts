import { expect } from '@playwright/test';
import { playedSession } from '../replay.ts';
import { goTo, plain } from './place.ts';
import type { Place } from './place.ts';

/** What administrators watch and steer. */
export const ADMIN_PLACES: readonly Place[] = [
  plain('administration', '/admin', 'admins'),
  plain('administration, not for players', '/admin', 'players'),
  plain('experiments, for those who run them', '/admin/experiments', 'admins'),
  plain('experiment, its dashboard', '/admin/experiments/usability', 'admins'),
  plain('experiment, its participants', '/admin/experiments/demo/participants', 'admins'),
  plain('experiment, its preflight', '/admin/experiments/usability/preflight', 'admins'),
  plain('experiment, what was in force', '/admin/experiments/demo/revisions', 'admins'),
  plain('players, for administrators', '/admin/players?names=yes', 'admins'),
  {
    name: 'players, the question before keys are revoked',
    isFor: 'admins',
    go: async ({ page, player }) => {
      await goTo(page, `/admin/players?player=${player.playerId}`);
      await page.getByRole('button', { name: /^Revoke keys of/ }).click();
      await expect(page.getByRole('dialog')).toBeVisible();
    },
  },
  plain('audit log', '/admin/audit', 'admins'),
  plain('audit log, no entry like that', '/admin/audit?target=nobody', 'admins'),
  {
    name: 'session, watched, the message to its player',
    isFor: 'admins',
    go: async ({ page, player }) => {
      await goTo(page, `/admin/sessions/${await playedSession(player, 'I wave.')}`);
      await page.getByRole('button', { name: 'Write to the player' }).click();
      await expect(page.getByLabel('Your message')).toBeVisible();
    },
  },
  plain('models', '/admin/models', 'admins'),
  plain('models, no call like that', '/admin/models?role=scorer', 'admins'),
  plain('models, not for players', '/admin/models', 'players'),
];
