/*
 * Feedback on replies: given on the page by pointer or by keyboard, saved by itself, and there again for whoever rereads;
 * also when the session is over. It is not part of what is read out.
 */
import type { Page } from '@playwright/test';
import { expect, test } from './support/fixtures.ts';
import { readLog } from './support/player.ts';
import type { Player } from './support/player.ts';
import { hydrated, openScene, stageOf, startExplore } from './support/stage.ts';

/** The marks of the latest reply. */
function marksOf(page: Page) {
  const group = page.getByRole('group', { name: /^Your feedback on this reply/ }).last();
  return {
    group,
    good: group.getByRole('button', { name: 'Good reply' }),
    poor: group.getByRole('button', { name: 'Poor reply' }),
    status: group.getByRole('status'),
    comment: group.getByLabel('In your words'),
  };
}

async function recorded(player: Player, sessionId: string) {
  const replies = (await readLog(player, sessionId)).filter(
    ({ source, kind }) => source === 'npc' && kind === 'message',
  );
  return replies.map(({ feedback }) => feedback ?? null);
}

test('what is wrong with a reply is saved as it is said, and is there again after a reload', async ({
  signedInPage: page,
  player,
}) => {
  const sessionId = await startExplore(player);
  const stage = await openScene(page, sessionId);
  await stage.play('I wave.', 2);
  const marks = marksOf(page);
  await marks.poor.click();
  await marks.group.getByLabel('Out of character').check();
  await marks.comment.fill('It spoke.');
  await expect(marks.group.getByText('491 characters left')).toBeVisible();
  await marks.group.getByRole('button', { name: 'Done' }).click();
  await expect(marks.status).toHaveText('Saved');
  const expected = { liked: false, outOfCharacter: true, doesntMakeSense: false, comment: 'It spoke.' };
  expect(await recorded(player, sessionId)).toMatchObject([null, expected]);

  await page.reload();
  await hydrated(page);
  await expect(marks.poor).toHaveAttribute('aria-pressed', 'true');
  await expect(marks.good).toHaveAttribute('aria-pressed', 'false');
  await marks.group.getByRole('button', { name: 'Change what you said' }).click();
  await expect(marks.comment).toHaveValue('It spoke.');
  await marks.group.getByRole('button', { name: 'Clear' }).click();
  await expect(marks.status).toHaveText('Cleared');
  expect(await recorded(player, sessionId)).toEqual([null, null]);
  await marks.group.getByRole('button', { name: 'Undo' }).click();
  await expect(marks.status).toHaveText('Saved');
  expect(await recorded(player, sessionId)).toMatchObject([null, expected]);
});

test('feedback is given by keyboard alone, seen in another window, and silent', async ({
  signedInPage: page,
  context,
  player,
}) => {
  const sessionId = await startExplore(player);
  const stage = await openScene(page, sessionId);
  const other = await context.newPage();
  await stageOf(other).open(sessionId);
  const marks = marksOf(page);
  await marks.good.focus();
  await page.keyboard.press('Space');
  await expect(marks.good).toHaveAttribute('aria-pressed', 'true');
  await expect(marksOf(other).good).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(marks.poor).toHaveAttribute('aria-pressed', 'true');
  await expect(marksOf(other).poor).toHaveAttribute('aria-pressed', 'true');
  await expect(stage.record.locator('[aria-live="off"]').filter({ has: marks.group })).toHaveCount(1);
});

test('a session that is over still takes feedback, and its replay shows no marks', async ({
  signedInPage: page,
  player,
}) => {
  const sessionId = await startExplore(player);
  const stage = await openScene(page, sessionId);
  await stage.say('/finish');
  await expect(stage.end).toBeVisible();
  await page.reload();
  await hydrated(page);
  const marks = marksOf(page);
  await marks.good.click();
  await expect(marks.status).toHaveText('Saved');
  expect(await recorded(player, sessionId)).toMatchObject([{ liked: true }]);
  await page.goto(`/replay/${sessionId}`);
  await hydrated(page);
  await expect(page.getByRole('group', { name: /feedback/ })).toHaveCount(0);
});

test('feedback that is given while the server is out of reach is saved when it is back', async ({
  page,
  player,
  badLine: line,
}) => {
  const sessionId = await startExplore(player);
  await openScene(page, sessionId, line.url);
  const marks = marksOf(page);
  line.down();
  await expect(page.getByText('Connection lost, reconnecting.')).toBeVisible();
  await marks.good.click();
  await expect(marks.status).toHaveText('Saved when you are back');
  await expect(marks.good).toHaveAttribute('aria-pressed', 'true');
  line.mend();
  await expect(marks.status).toHaveText('Saved', { timeout: 20_000 });
  expect(await recorded(player, sessionId)).toMatchObject([{ liked: true }]);
});
