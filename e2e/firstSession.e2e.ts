/*
 * Safety property: somebody who has never been here gets from the front page to the end of a session, sees each reply being
 * written, and can read it all again; the key that is needed to come back cannot be missed.
 */
import { expect, test } from './support/fixtures.ts';
import { recordDrafts } from './support/draftRecorder.ts';
import { hydrated, stageOf } from './support/stage.ts';

// The pace of a real server.
test.use({ pace: 20, permissions: ['clipboard-read', 'clipboard-write'] });

test('a new player registers, plays to the end and reads it again', async ({ page, faults }) => {
  // How a browser notes that a form was not accepted.
  faults.expect(/status of 400/);
  const drafts = await recordDrafts(page);
  const stage = stageOf(page);

  await test.step('register', async () => {
    await page.goto('/');
    await page.getByRole('link', { name: 'Play', exact: true }).click();
    await expect(page.getByRole('heading', { name: 'Register' })).toBeVisible();
    await hydrated(page);
    await page.getByRole('button', { name: 'Register' }).click();
    await expect(page.getByRole('alert')).toHaveText('4 lines need another look.');
    await expect(page.getByLabel('Full name')).toBeFocused();
    await page.getByLabel('Full name').fill('Ada Example');
    await page.getByLabel('E-mail').fill('ada at example');
    await page.getByLabel('Phone number').fill('+44 20 7946 0000');
    await page.getByLabel('You may contact me again').check();
    await page.getByLabel('Signature').fill('Ada Example');
    await page.getByRole('button', { name: 'Register' }).click();
    await expect(page.getByRole('alert')).toHaveText('One line needs another look.');
    await expect(page.getByLabel('E-mail')).toHaveAccessibleDescription(/such as name@example\.org/);
    await expect(page.getByLabel('E-mail')).toBeFocused();
    await expect(page.getByLabel('Full name')).toHaveValue('Ada Example');
    await expect(page.getByLabel('You may contact me again')).toBeChecked();
    await page.getByLabel('E-mail').fill('ada@example.org');
    await page.getByRole('button', { name: 'Register' }).click();
  });

  await test.step('keep the key', async () => {
    await expect(page.getByRole('heading', { name: 'Keep this key' })).toBeVisible();
    const key = await page.getByTestId('access-key').innerText();
    expect(key).toMatch(/^dcs-ak-[\w-]{43}$/);
    await page.getByRole('button', { name: 'Copy the key' }).click();
    await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(key);
    const goOn = page.getByRole('button', { name: 'Choose a game' });
    await expect(goOn).toBeDisabled();
    await page.getByLabel('I have saved my key').check();
    await goOn.click();
    await expect(page.getByRole('heading', { name: 'Choose a game' })).toBeVisible();
    // Shown a single time: going back does not bring it.
    await page.goto('/register');
    await expect(page.getByTestId('access-key')).toHaveCount(0);
    expect(await page.content()).not.toContain(key);
  });

  await test.step('choose characters', async () => {
    await page.getByRole('link', { name: 'Games', exact: true }).click();
    await page.getByRole('link', { name: 'Explore', exact: true }).click();
    const [you, other] = [
      page.getByRole('group', { name: 'You play' }),
      page.getByRole('group', { name: 'You meet' }),
    ];
    await hydrated(page);
    await expect(you.getByRole('radio', { name: 'Leave it to chance' })).toBeChecked();
    await expect(other.getByRole('radio', { name: 'Leave it to chance' })).toBeChecked();
    await you.getByText('Tram driver', { exact: true }).click();
    await expect(you.getByRole('radio', { name: /Tram driver/ })).toBeChecked();
    await page.getByRole('button', { name: 'Start' }).click();
    await expect(page).toHaveURL(/\/play\//);
  });

  await test.step('read the opening', async () => {
    await expect(stage.turn(1)).toBeVisible();
    await expect(stage.scene).toHaveCount(1);
    await stage.record.getByText('How this works', { exact: true }).click();
    await expect(stage.record.getByText('You play Amadou')).toBeVisible();
  });

  await test.step('play three turns and see the replies being written', async () => {
    for (const [index, action] of ['I look around.', 'I wave.', 'I sit down on the floor.'].entries()) {
      await stage.play(action, index + 2);
      await expect(stage.speeches).toHaveCount(2 * (index + 1));
    }
    await expect(stage.draft).toHaveCount(0);
    const texts = [await stage.scene.innerText(), ...(await stage.speeches.allInnerTexts())];
    const seen = await drafts();
    // Each draft is the beginning of what was said in the end.
    for (const draft of seen)
      expect(texts.filter((text) => text.startsWith(draft)).length, draft).toBeGreaterThan(0);
    for (const text of texts.filter((_, index) => index % 2 === 0)) {
      expect(seen.filter((draft) => text.startsWith(draft)).length, text).toBeGreaterThan(0);
    }
  });

  await test.step('use commands', async () => {
    await stage.say('/abilities');
    await expect(stage.record.getByText('Abilities', { exact: true })).toBeVisible();
    await stage.say('/help');
    await expect(stage.record.getByText('How this works', { exact: true })).toHaveCount(2);
    await stage.say('/dance');
    await expect(stage.record.getByText('There is no such command. These exist:')).toBeVisible();
    await expect(stage.turn(4)).toBeVisible();
    await stage.say('/finish');
    await expect(stage.end).toBeVisible();
    await expect(page.getByText('You finished it. 4 turns played.')).toBeVisible();
    await expect(stage.field).toHaveCount(0);
  });

  await test.step('find it among the sessions and read it again', async () => {
    const said = await stage.speeches.allInnerTexts();
    await page.getByRole('link', { name: 'DCS, back to your sessions' }).click();
    const row = page.getByRole('listitem').filter({ hasText: 'Tram driver' });
    await expect(row).toHaveCount(1);
    await expect(row).toContainText('Ended');
    await expect(row).toContainText('You finished it.');
    await expect(row).toContainText('4 turns');
    await row.getByRole('link', { name: /^Tram driver/ }).click();
    await expect(stage.end).toBeVisible();
    await expect(stage.speeches).toHaveText(said);
    await expect(stage.field).toHaveCount(0);
  });
});

test('both characters may be left to chance', async ({ signedInPage: page }) => {
  await page.goto('/games/explore');
  await hydrated(page);
  await page.getByRole('button', { name: 'Start' }).click();
  await expect(stageOf(page).turn(1)).toBeVisible();
  await expect(stageOf(page).field).toBeVisible();
});
