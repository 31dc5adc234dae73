/*
 * How a session came out, on its last page: worked out when it has just ended without a score, shown on request afterwards and
 * in a replay, and said in words where there is nothing to score.
 */
import type { Page } from '@playwright/test';
import { ADMIN, expect, signIn, test } from './support/fixtures.ts';
import { obstaclesOn } from './support/obstacles.ts';
import type { Player } from './support/player.ts';
import { CAST, hydrated } from './support/stage.ts';

/** A session of a scored game with one turn in it, still open. */
async function playedOnce({ client }: Player, game: string): Promise<string> {
  const session = await client.play.start({ game, ...CAST });
  await session.act('I hold out my hand, and wait.');
  session.leave();
  return session.sessionId;
}

const panelOf = (page: Page) => page.getByRole('region', { name: 'How it came out' });

async function closeOnPage(page: Page, sessionId: string): Promise<void> {
  await page.goto(`/play/${sessionId}`);
  await hydrated(page);
  await page.getByRole('button', { name: 'Menu' }).click();
  await page.getByRole('button', { name: 'Finish the session' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Finish' }).click();
  await expect(page.getByRole('heading', { name: 'The end' })).toBeVisible();
}

/** A replay begins at the first step; a play is read as a whole. */
async function toTheEnd(page: Page): Promise<void> {
  if (page.url().includes('/replay/')) await page.getByRole('button', { name: 'Last step' }).click();
}

test('a session that was ended before it was scored is scored then, and tells it again to whoever asks', async ({
  signedInPage: page,
  player,
}) => {
  const sessionId = await playedOnce(player, 'teamwork');
  await closeOnPage(page, sessionId);
  const panel = panelOf(page);
  await expect(panel.getByText(/of 100\s+Tier [0-3], from 0 to 3/)).toBeVisible();
  const told = await panel.getByRole('status').innerText();

  await page.reload();
  await hydrated(page);
  await panel.getByRole('button', { name: 'Show the score' }).click();
  await expect(panel.getByText(/of 100\s+Tier [0-3], from 0 to 3/)).toBeVisible();
  expect(await panel.getByRole('status').innerText()).toBe(told);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    expect(await obstaclesOn(page, 'section[aria-labelledby]')).toEqual([]);
  }
});

test('a session with nothing to score says why, and offers no score to anybody', async ({
  signedInPage: page,
  player,
}) => {
  const sessionId = await playedOnce(player, 'infer-intent');
  await closeOnPage(page, sessionId);
  const panel = panelOf(page);
  for (const path of [null, `/play/${sessionId}`, `/replay/${sessionId}`]) {
    if (path !== null) {
      await page.goto(path);
      await hydrated(page);
      await toTheEnd(page);
    }
    await expect(panel.getByText('It ended before the question at its end was answered.')).toBeVisible();
    await expect(panel.getByRole('button')).toHaveCount(0);
  }
});

test('what a score rests on is shown on request, in a replay as well, and to an administrator', async ({
  signedInPage: page,
  player,
  context,
  server,
}) => {
  const sessionId = await playedOnce(player, 'teamwork');
  const session = await player.client.play.join(sessionId);
  await session.act('/finish');
  await session.act('It was hard to tell what it wants, and easy to wait.');
  session.leave();
  for (const path of [`/play/${sessionId}`, `/replay/${sessionId}`]) {
    await page.goto(path);
    await hydrated(page);
    await toTheEnd(page);
    await panelOf(page).getByRole('button', { name: 'Show what the score rests on' }).click();
    await expect(panelOf(page).getByText(/^Scored by /)).toBeVisible();
  }
  await signIn(context, server.url, ADMIN);
  await page.goto(`/replay/${sessionId}`);
  await hydrated(page);
  await toTheEnd(page);
  await panelOf(page).getByRole('button').click();
  await expect(panelOf(page).getByText(/^Scored by /)).toBeVisible();
});

test('a game without a score says nothing of one', async ({ signedInPage: page, player }) => {
  const sessionId = await playedOnce(player, 'explore');
  await closeOnPage(page, sessionId);
  await expect(panelOf(page)).toHaveCount(0);
});
