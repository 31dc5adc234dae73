/*
 * Safety property: a reload in mid-turn loses nothing and repeats nothing; the reply arrives once.
 */
import { expect, test } from './support/fixtures.ts';
import { expectPageToEqualLog, openScene, startExplore, stageOf } from './support/stage.ts';

// Slow enough that a reload falls into the middle of a reply.
test.use({ pace: 60 });

test('a reload while the reply is written shows the action at once and the reply once', async ({
  signedInPage: page,
  player,
}) => {
  const sessionId = await startExplore(player);
  const stage = await openScene(page, sessionId);
  await stage.say('I wave to the others.');
  await expect(stage.draft).toBeVisible();
  await page.reload();
  await expect(stage.speeches.first()).toHaveText('I wave to the others.');
  await expect(stage.turn(2)).toBeVisible();
  await expectPageToEqualLog(stage, player, sessionId);
});

test('a reload while the scene is set shows the scene once', async ({ signedInPage: page, player }) => {
  const sessionId = await startExplore(player);
  const stage = stageOf(page);
  await stage.open(sessionId);
  await expect(stage.draft).toBeVisible();
  await page.reload();
  await expect(stage.turn(1)).toBeVisible();
  await expectPageToEqualLog(stage, player, sessionId);
});

test('words that were typed and not sent are still in the line after a reload', async ({
  signedInPage: page,
  player,
}) => {
  const stage = await openScene(page, await startExplore(player));
  await stage.field.fill('I have not decided ye');
  await page.reload();
  await expect(stage.field).toHaveValue('I have not decided ye');
  await expect(stage.speeches).toHaveCount(0);
});
