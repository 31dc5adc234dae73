/*
 * Safety property: whoever runs a session sees it as it is written, can say something in it, pause it and end it; its player is
 * told at once and loses no word; and all of it, looking included, stands in the audit log.
 */
import { recordDrafts } from './support/draftRecorder.ts';
import { watchFaults } from './support/faults.ts';
import { ADMIN, expect, signIn, test } from './support/fixtures.ts';
import { hydrated, openScene, startExplore } from './support/stage.ts';

test.use({ pace: 30 });

test('an administrator watches a turn being written, writes to its player, pauses and ends the session', async ({
  browser,
  server,
  signedInPage,
  player,
}) => {
  test.setTimeout(60_000);
  const sessionId = await startExplore(player);
  const stage = await openScene(signedInPage, sessionId);
  await using context = await browser.newContext({ baseURL: server.url });
  const faults = watchFaults(context);
  await signIn(context, server.url, ADMIN);
  const page = await context.newPage();
  const press = (name: string) => page.getByRole('button', { name, exact: true }).press('Enter');
  const inDialog = (name: string) => page.getByRole('dialog').getByRole('button', { name, exact: true });

  await test.step('the turn is seen as it is written', async () => {
    const drafts = await recordDrafts(page);
    const line = page.waitForEvent('websocket');
    await page.goto(`/admin/sessions/${sessionId}`);
    // From when it is followed; what was written before is not written again.
    await (await line).waitForEvent('framereceived');
    await expect(page.getByTestId('state')).toHaveText('In play');
    await expect(page.getByText('That you look at this session')).toBeVisible();
    await stage.say('I wave.');
    await expect(stage.turn(2)).toBeVisible();
    await expect(page.getByRole('log')).toContainText('I wave.');
    await expect(page.locator('[data-kind="speech"]')).toHaveCount(2);
    expect((await drafts()).length).toBeGreaterThan(1);
    await expect(page.getByRole('textbox')).toHaveCount(0);
  });

  await test.step('a message reaches the player, set apart from the play, and stays', async () => {
    await press('Write to the player');
    await page.getByLabel('Your message').fill('Ten minutes left.');
    await inDialog('Send').press('Enter');
    for (const shown of [page, stage.page])
      await expect(shown.locator('[data-kind="announcement"]')).toContainText('Ten minutes left.');
    await stage.page.reload();
    await hydrated(stage.page);
    await expect(stage.page.locator('[data-kind="announcement"]')).toContainText(
      'From those who run this session',
    );
  });

  await test.step('paused, the player is told, and keeps what stands in the line', async () => {
    await stage.field.fill('I look around');
    await press('Pause');
    await page.getByLabel('Why, for the player').fill('The model is ill.');
    await inDialog('Pause it').press('Enter');
    await expect(page.getByTestId('state')).toHaveText('Paused by those who run it: The model is ill.');
    await expect(stage.page.getByText('Those who run this session have paused it.')).toBeVisible();
    await expect(stage.page.getByText('The model is ill.')).toBeVisible();
    await stage.field.press('Enter');
    await expect(stage.page.getByRole('button', { name: 'Send' })).toBeDisabled();
    await stage.page.reload();
    await hydrated(stage.page);
    await expect(stage.page.getByText('Those who run this session have paused it.')).toBeVisible();
    await expect(stage.field).toHaveValue('I look around');
  });

  await test.step('it goes on where it stood', async () => {
    await press('Go on');
    await inDialog('Let it go on').press('Enter');
    await expect(page.getByTestId('state')).toHaveText('In play');
    await expect(stage.page.getByText('Those who run this session have paused it.')).toHaveCount(0);
    await stage.field.press('Enter');
    await expect(stage.turn(3)).toBeVisible();
  });

  await test.step('it is ended after a question, and its player is told why', async () => {
    await press('End');
    await inDialog('End it').press('Enter');
    await expect(page.getByTestId('state')).toHaveText('Ended: ended by administrator');
    await expect(stage.end).toBeVisible();
    await expect(stage.page.getByText('It was ended by those who run it.')).toBeVisible();
    await expect(page.getByRole('button', { name: 'End', exact: true })).toHaveCount(0);
  });

  await test.step('all of it stands in the audit log', async () => {
    await page.getByRole('link', { name: 'audit log' }).press('Enter');
    await hydrated(page);
    await page.getByLabel('To what').fill(sessionId);
    await page.getByRole('button', { name: 'Show' }).press('Enter');
    await expect(page.getByRole('rowheader')).toHaveText([
      'Ended a session',
      'Let a session go on',
      'Paused a session',
      'Wrote to a player',
      'Looked at a session',
    ]);
    await page.getByLabel('What was done').selectOption('Put a configuration in force');
    await page.getByRole('button', { name: 'Show' }).press('Enter');
    await expect(page.getByText('There is no such entry.')).toBeVisible();
  });
  expect(faults.found()).toEqual([]);
});

test('a participant is shown neither sessions of others nor the audit log', async ({
  signedInPage: page,
  newPlayer,
  faults,
}) => {
  faults.expect(/status of 403/);
  const sessionId = await startExplore(await newPlayer('Bea Owner'));
  for (const path of ['audit', `sessions/${sessionId}`]) {
    await page.goto(`/admin/${path}`);
    await expect(page.getByRole('heading', { name: 'This is not open to you' })).toBeVisible();
  }
});
