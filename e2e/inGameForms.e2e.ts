/*
 * Safety property: what an experiment asks in the middle of a session or at its end is asked there and once, waits for whoever
 * would rather play on, and costs nobody their place in the story or a word of what they are writing.
 */
import type { Page } from '@playwright/test';
import { expect, test } from './support/fixtures.ts';
import { expectFocusVisible, tabTo } from './support/focus.ts';
import { obstaclesOn } from './support/obstacles.ts';
import { PHONE } from './support/screens.ts';
import type { Player } from './support/player.ts';
import { hydrated, stageOf } from './support/stage.ts';

const NOT_TAKEN = /status of 400/;

/** Begins a session of `usability`, which asks something after its fifth turn. */
async function beginUsability({ client }: Player): Promise<string> {
  const { experiments } = client;
  const name = 'usability';
  await experiments.submitForm.mutate({
    name,
    groupId: 'before-all-assignments',
    responses: {
      consent: { consent: 'yes' },
      about_you: { devices: 'A phone', chat_experience: 'Never' },
    },
  });
  await experiments.select.mutate({ name, game: 'explore-introduced', pc: 'AMA', npc: 'OCT' });
  return (await experiments.startSession.mutate({ name })).sessionId;
}

async function beginDemo({ client }: Player): Promise<string> {
  await client.experiments.join.mutate({ name: 'demo' });
  await client.experiments.select.mutate({ name: 'demo', game: 'explore', pc: 'AMA', npc: 'OCT' });
  return (await client.experiments.startSession.mutate({ name: 'demo' })).sessionId;
}

/** The first group that is asked in `demo`. */
async function pendingIn({ client }: Player): Promise<string> {
  const { pendingFormGroups } = await client.experiments.setup.query({ name: 'demo' });
  return pendingFormGroups[0]?.groupId ?? '';
}

const panel = (page: Page) => page.getByRole('region', { name: 'In between' });

test('what is asked in the middle of a session waits for whoever plays on, and is asked once', async ({
  signedInPage: page,
  player,
  faults,
}) => {
  faults.expect(NOT_TAKEN);
  const { keyboard } = page;
  const stage = stageOf(page);
  const turn = (count: number) => page.getByText(`${count} of 12 turns`, { exact: true });
  await page.setViewportSize(PHONE);
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  await stage.open(await beginUsability(player));
  await expect(page.getByText('0 of 2 sessions done')).toBeVisible();
  await expect(turn(1)).toBeVisible();

  await test.step('it comes after its turn, and takes nobody away from the line they write', async () => {
    for (const count of [2, 3, 4, 5]) {
      await expect(panel(page)).toHaveCount(0);
      await stage.say('I wave.');
      if (count === 5) await stage.field.fill('Half a sent');
      await expect(turn(count)).toBeVisible();
    }
    await expect(panel(page)).toBeVisible();
    await expect(page.getByText(/You are asked something below the story/)).toHaveCount(1);
    await expect(stage.field).toBeFocused();
    await expect(stage.field).toHaveValue('Half a sent');
  });

  await test.step('it is put aside and found again', async () => {
    await tabTo(page.getByRole('button', { name: 'Later' }), 'Shift+Tab');
    await keyboard.press('Enter');
    await expect(panel(page)).toHaveCount(0);
    const call = page.getByRole('button', { name: 'Answer: A quick question' });
    await expect(call).toBeFocused();
    await expectFocusVisible(page);
    await keyboard.press('Enter');
    await expect(panel(page).getByRole('heading', { name: 'In between' })).toBeFocused();
    await expect(call).toHaveCount(0);
    await expect.poll(() => page.evaluate('document.documentElement.scrollWidth')).toBe(PHONE.width);
    expect(await obstaclesOn(page, 'section[aria-labelledby="midway"]')).toEqual([]);
  });

  await test.step('whoever plays on has put it aside', async () => {
    await stage.say('I wave again.');
    await expect(turn(6)).toBeVisible();
    await expect(panel(page)).toHaveCount(0);
    await stage.field.fill('Half a sent');
    await page.getByRole('button', { name: 'Answer: A quick question' }).press('Enter');
  });

  await test.step('it says what is missing, takes the answers, and leads back to the line', async () => {
    const send = panel(page).getByRole('button', { name: 'Send answers' });
    await tabTo(send);
    await keyboard.press('Enter');
    await expect(panel(page).getByRole('alert')).toBeFocused();
    await tabTo(panel(page).getByRole('link', { name: /How clear is it/ }));
    await keyboard.press('Enter');
    await expect(panel(page).getByRole('radio').first()).toBeFocused();
    await keyboard.press('ArrowRight');
    await tabTo(send);
    await keyboard.press('Enter');
    await expect(stage.field).toBeFocused();
    await expect(panel(page)).toHaveCount(0);
    await expect(stage.field).toHaveValue('Half a sent');
  });

  await test.step('it is not asked again', async () => {
    await stage.say('I wave.');
    await expect(turn(7)).toBeVisible();
    await page.reload();
    await hydrated(page);
    await expect(turn(7)).toBeVisible();
    await expect(panel(page)).toHaveCount(0);
    await stage.say('/finish');
    await expect(stage.end).toBeVisible();
    await expect(page.getByText('1 of 2 sessions done.')).toBeVisible();
    await page.getByRole('link', { name: 'Choose your next session' }).press('Enter');
    await expect(page.getByRole('heading', { name: 'Choose your next session' })).toBeVisible();
  });
});

test('what is asked at the end of a session is asked there, before the way to what is next', async ({
  signedInPage: page,
  player,
}) => {
  const stage = stageOf(page);
  const sessionId = await beginDemo(player);
  await stage.open(sessionId);
  await expect(stage.scene).toBeVisible();
  await stage.say('/finish');
  await expect(page.getByRole('heading', { name: 'One question before you go on' })).toBeVisible();
  await tabTo(page.getByRole('radio').first());
  await page.keyboard.press('ArrowRight');
  // Not a moment to save it.
  await page.reload();
  await hydrated(page);
  const second = page.getByRole('radio', { name: '2', exact: true });
  await expect(second).toBeChecked();
  expect(await obstaclesOn(page)).toEqual([]);

  // Nobody has to answer it: what was chosen can be taken back.
  const clear = page.getByRole('button', { name: 'Clear answer' });
  await tabTo(clear);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('radio', { checked: true })).toHaveCount(0);
  await expect(
    page
      .getByRole('radiogroup', { name: /How surprising/ })
      .getByRole('radio')
      .first(),
  ).toBeFocused();
  await expectFocusVisible(page);
  await expect(clear).toHaveCount(0);
  await page.reload();
  await hydrated(page);
  await expect(page.getByRole('radio', { checked: true })).toHaveCount(0);
  await tabTo(page.getByRole('radio').first());
  await page.keyboard.press('ArrowRight');
  await expect(second).toBeChecked();
  await tabTo(page.getByRole('button', { name: 'Send answers' }));
  await page.keyboard.press('Enter');
  const onwards = page.getByRole('link', { name: 'Choose your next session' });
  await expect(onwards).toBeFocused();
  await page.reload();
  await hydrated(page);
  await expect(onwards).toBeVisible();
  await expect(page.getByRole('radio')).toHaveCount(0);
});

test('answers that do not get through stay where they are, to be sent again', async ({
  page,
  player,
  badLine,
}) => {
  const stage = stageOf(page);
  await stage.open(await beginDemo(player), badLine.url);
  await expect(stage.scene).toBeVisible();
  await stage.say('/finish');
  const remark = page.getByLabel(/Is there anything you would like to tell us/);
  await remark.fill('It hid.');
  badLine.down();
  await page.getByRole('button', { name: 'Send answers' }).click();
  await expect(page.getByRole('alert').getByText(/could not be sent/)).toBeVisible();
  await expect(remark).toHaveValue('It hid.');
  badLine.mend();
  await page.getByRole('button', { name: 'Send answers' }).click();
  await expect(page.getByRole('link', { name: 'Choose your next session' })).toBeFocused();
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('the end of a session leads to where its questions are asked', async ({
    signedInPage: page,
    player,
  }) => {
    const sessionId = await beginDemo(player);
    await player.client.play.open.mutate({ sessionId });
    await player.client.play.act.mutate({ sessionId, commandId: 'finish', text: '/finish' });
    await page.goto(`/play/${sessionId}`);
    await player.client.experiments.saveDraft.mutate({
      name: 'demo',
      groupId: await pendingIn(player),
      responses: { impression: { surprise: '2' } },
    });
    await page.getByRole('link', { name: 'Answer a few questions' }).click();
    await expect(page.getByRole('radio', { name: '2', exact: true })).toBeChecked();
    // What only scripts can do is not offered.
    await expect(page.getByRole('button', { name: 'Clear answer' })).toHaveCount(0);
    await page.getByRole('button', { name: 'Send answers' }).click();
    await expect(page.getByRole('heading', { name: 'Choose your next session' })).toBeVisible();
  });
});
