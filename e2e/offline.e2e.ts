/*
 * Safety property: words that are sent while there is no network are kept on the page and arrive exactly once.
 */
import { expect, test } from './support/fixtures.ts';
import { expectPageToEqualLog, openScene, startExplore } from './support/stage.ts';

test.use({ pace: 60 });

test('words sent offline in mid-turn are kept and arrive once', async ({
  context,
  page,
  player,
  badLine: line,
}) => {
  const sessionId = await startExplore(player);
  const stage = await openScene(page, sessionId, line.url);
  await stage.say('I wave.');
  await expect(stage.draft).toBeVisible();

  await context.setOffline(true);
  line.down();
  await expect(page.getByText('You are offline.')).toBeVisible();
  await stage.field.fill('I sit down.');
  await stage.field.press('Enter');
  await expect(stage.field).toHaveValue('I sit down.');

  line.mend();
  await context.setOffline(false);
  await expect(stage.turn(2)).toBeVisible({ timeout: 20_000 });
  await expect(stage.field).toHaveValue('I sit down.');
  await stage.field.press('Enter');
  await expect(stage.turn(3)).toBeVisible({ timeout: 20_000 });
  await expect(stage.field).toHaveValue('');
  await expectPageToEqualLog(stage, player, sessionId);
  await expect(stage.speeches).toHaveCount(4);
});

test('words that are sent while the server is out of reach are sent by themselves when it is back', async ({
  page,
  player,
  badLine: line,
}) => {
  const sessionId = await startExplore(player);
  const stage = await openScene(page, sessionId, line.url);
  line.down();
  await expect(page.getByText('Connection lost, reconnecting.')).toBeVisible();
  await stage.say('I wave.');
  await expect(page.getByText('I wave.')).toBeVisible();
  await expect(page.getByText('Waiting to send')).toBeVisible();
  line.mend();
  await expect(stage.turn(2)).toBeVisible({ timeout: 20_000 });
  await expectPageToEqualLog(stage, player, sessionId);
  await expect(stage.speeches).toHaveCount(2);
});
