/*
 * Safety property: whoever is invited to an experiment gets from the link to the thanks at the end by keyboard alone, is told
 * at every moment what is left, and loses nothing that they have answered, whatever happens to the page, the line or the device.
 */
import type { Page } from '@playwright/test';
import { expect, signIn, test } from './support/fixtures.ts';
import { expectFocusVisible, tabTo } from './support/focus.ts';
import { hydrated, stageOf } from './support/stage.ts';

const NOT_TAKEN = /status of 400/;

async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await hydrated(page);
}

/** The heading of what is to be done now. */
const now = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 2, name });

async function fillConsent(page: Page): Promise<void> {
  await page.getByRole('checkbox', { name: /I have read this/ }).check();
  await page.getByRole('radio', { name: 'A computer' }).check();
  await page.getByRole('radio', { name: 'Every week' }).check();
}

test('a participant goes from the invitation to the code at the end by keyboard alone', async ({
  signedInPage: page,
  faults,
}) => {
  test.setTimeout(120_000);
  faults.expect(NOT_TAKEN);
  const { keyboard } = page;
  const stage = stageOf(page);
  const press = async (name: string | RegExp): Promise<void> => {
    await tabTo(page.getByRole('button', { name }));
    await keyboard.press('Enter');
  };

  await test.step('take part', async () => {
    await open(page, '/experiments/usability');
    await press('Take part');
    await expect(now(page, 'First, a few questions')).toBeFocused();
    await expect(page.getByText('0 of 2 sessions done')).toBeVisible();
  });

  await test.step('answer, with everything that is missing told at once', async () => {
    await press('Send answers');
    const summary = page.getByRole('alert');
    await expect(summary).toBeFocused();
    await expect(summary.getByRole('link')).toHaveCount(3);
    await tabTo(summary.getByRole('link', { name: 'With what are you taking part?' }));
    await keyboard.press('Enter');
    const devices = page.getByRole('radiogroup', { name: /With what are you taking part/ });
    await expect(devices).toHaveAccessibleDescription('To mend: Please answer this question.');
    await expect(devices.getByRole('radio').first()).toBeFocused();
    await keyboard.press('ArrowDown');
    await expectFocusVisible(page);
    await expect(devices.getByRole('radio', { name: 'A tablet' })).toBeChecked();
    await tabTo(
      page
        .getByRole('radiogroup', { name: /How often/ })
        .getByRole('radio')
        .first(),
    );
    await keyboard.press('Space');
    await page.getByRole('checkbox', { name: /I have read this/ }).focus();
    await keyboard.press('Space');
    await press('Send answers');
  });

  for (const done of [1, 2]) {
    await test.step(`choose and play session ${done}`, async () => {
      await expect(now(page, 'Choose your next session')).toBeVisible();
      await tabTo(page.getByRole('link', { name: /^(Explore|Teamwork)/ }).first());
      await keyboard.press('Enter');
      await expect(page.getByText('2. Your character')).toHaveAttribute('aria-current', 'step');
      await tabTo(page.locator('a.option').first());
      await expectFocusVisible(page);
      await keyboard.press('Enter');
      await expect(page.locator('button.option').first()).toBeVisible();
      await tabTo(page.locator('button.option').first());
      await keyboard.press('Enter');
      await expect(now(page, 'Your next session')).toBeFocused();
      await press('Begin');
      await expect(stage.scene).toBeVisible();
      await tabTo(stage.field);
      await keyboard.type('/finish');
      await keyboard.press('Enter');
      await expect(stage.end).toBeVisible();
      const onwards = done === 1 ? 'Choose your next session' : 'Go on to a few questions';
      await tabTo(page.getByRole('link', { name: onwards }));
      await keyboard.press('Enter');
      await expect(page.getByText(`${done} of 2 sessions done`, { exact: true })).toBeVisible();
    });
  }

  await test.step('answer the last questions and get the code', async () => {
    await expect(now(page, 'Before you go')).toBeVisible();
    const effort = page.getByRole('radiogroup', { name: /How much effort/ });
    await tabTo(effort.getByRole('radio').first());
    await keyboard.press('ArrowRight');
    await expect(effort.getByRole('radio', { name: '2' })).toBeChecked();
    await tabTo(
      page
        .getByRole('radiogroup', { name: /Was there a moment/ })
        .getByRole('radio')
        .first(),
    );
    await keyboard.press('Space');
    await press('Send answers');
    await expect(now(page, 'Thank you')).toBeVisible();
    const code = await page.getByTestId('completion-code').innerText();
    expect(code).toMatch(/^[2-9A-Z]{10}$/);
    await page.reload();
    await expect(page.getByTestId('completion-code')).toHaveText(code);
  });
});

test('whoever answers what was answered before in another window is told that only the first answers are kept', async ({
  signedInPage: page,
  context,
}) => {
  await open(page, '/experiments/usability');
  await page.getByRole('button', { name: 'Take part' }).click();
  await expect(now(page, 'First, a few questions')).toBeVisible();
  const other = await context.newPage();
  await open(other, '/experiments/usability');
  for (const each of [page, other]) await fillConsent(each);
  await other.getByRole('radio', { name: 'A tablet' }).check();
  await page.getByRole('button', { name: 'Send answers' }).click();
  await expect(now(page, 'Choose your next session')).toBeVisible();
  await other.getByRole('button', { name: 'Send answers' }).click();
  await expect(other.getByText(/^These questions were answered before/)).toBeVisible();
  await expect(now(other, 'Choose your next session')).toBeVisible();
  await expect(page.getByText(/^These questions were answered before/)).toHaveCount(0);
});

test('what was answered is there again after a reload, and on another device with the same key', async ({
  signedInPage: page,
  browser,
  server,
  player,
}) => {
  await open(page, '/experiments/usability');
  await page.getByRole('button', { name: 'Take part' }).click();
  await page.getByLabel(/May we write to you/).fill('ada@example.org');
  await page.getByRole('radio', { name: 'A tablet' }).check();
  await page.getByRole('checkbox', { name: 'Speech input' }).check();
  // Not a moment to save it.
  await open(page, '/experiments/usability');
  await expect(page.getByLabel(/May we write to you/)).toHaveValue('ada@example.org');
  await expect(page.getByRole('radio', { name: 'A tablet' })).toBeChecked();
  await expect(page.getByText('Saved. You can go on later, on any device.')).toBeVisible();

  const context = await browser.newContext({ baseURL: server.url });
  await signIn(context, server.url, player);
  const other = await context.newPage();
  await open(other, '/experiments/usability');
  await expect(other.getByLabel(/May we write to you/)).toHaveValue('ada@example.org');
  await expect(other.getByRole('checkbox', { name: 'Speech input' })).toBeChecked();
  await expect(other.getByRole('radio', { name: 'A tablet' })).toBeChecked();
  await context.close();
});

test('answers that are written while the line is cut are saved once it is back', async ({
  page,
  badLine,
}) => {
  await open(page, `${badLine.url}/experiments/usability`);
  await page.getByRole('button', { name: 'Take part' }).click();
  await expect(now(page, 'First, a few questions')).toBeVisible();
  badLine.down();
  await page.getByRole('radio', { name: 'A phone' }).check();
  await expect(page.getByText(/Not saved yet/)).toBeVisible({ timeout: 30_000 });
  badLine.mend();
  await expect(page.getByText('Saved. You can go on later, on any device.')).toBeVisible({ timeout: 30_000 });
  await open(page, `${badLine.url}/experiments/usability`);
  await expect(page.getByRole('radio', { name: 'A phone' })).toBeChecked();
});

test('somebody without an account takes part as they are, keeps their key, and can withdraw', async ({
  page,
}) => {
  await open(page, '/experiments/demo');
  await page.getByRole('button', { name: 'Take part' }).click();
  await expect(page.getByTestId('access-key')).toHaveText(/^dcs-ak-/);
  await page.getByLabel('I have saved my key').check();
  await page.getByRole('button', { name: 'Go on to the experiment' }).click();
  await expect(now(page, 'Choose your next session')).toBeVisible();
  await hydrated(page);
  await page.getByText('Withdraw from this experiment').click();
  await page.getByLabel('I am sure that I want to withdraw').check();
  await page.getByRole('button', { name: 'Withdraw' }).click();
  await expect(now(page, 'You have withdrawn')).toBeVisible();
  await expect(page.getByText('Choose your next session')).toHaveCount(0);
});

test('where one has to register, the invitation leads there and back', async ({ page }) => {
  await open(page, '/experiments/usability');
  await page.getByRole('link', { name: 'Register' }).click();
  for (const label of ['Full name', 'Signature']) await page.getByLabel(label).fill('Ada Example');
  await page.getByLabel('E-mail').fill('ada@example.org');
  await page.getByLabel('Phone number').fill('+44 20 7946 0000');
  await page.getByRole('button', { name: 'Register' }).click();
  await page.getByLabel('I have saved my key').check();
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(page.getByRole('heading', { name: 'Is it clear what you can do?' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Take part' })).toBeVisible();
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('forms say what is missing, keep what was answered, and can be sent', async ({
    signedInPage: page,
    faults,
  }) => {
    faults.expect(NOT_TAKEN);
    await page.goto('/experiments/usability');
    await page.getByRole('button', { name: 'Take part' }).click();
    await page.getByRole('radio', { name: 'A computer' }).check();
    await page.getByRole('button', { name: 'Send answers' }).click();
    await expect(page.getByRole('alert')).toContainText('Nothing was sent yet');
    await expect(page.getByRole('radio', { name: 'A computer' })).toBeChecked();
    await fillConsent(page);
    await page.getByRole('button', { name: 'Send answers' }).click();
    await expect(now(page, 'Choose your next session')).toBeVisible();
  });
});
