/*
 * Safety property: everything can be done without a mouse, and one always sees where one is.
 */
import { expect, test } from './support/fixtures.ts';
import { expectFocusVisible, tabTo } from './support/focus.ts';
import { hydrated, stageOf } from './support/stage.ts';

test('from the front page to the end of a session by keyboard alone', async ({ page }) => {
  test.setTimeout(90_000);
  const { keyboard } = page;
  const stage = stageOf(page);

  await test.step('register', async () => {
    await page.goto('/');
    await hydrated(page);
    await keyboard.press('Tab');
    await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeFocused();
    await expectFocusVisible(page);
    await keyboard.press('Enter');
    await tabTo(page.getByRole('link', { name: 'Play', exact: true }));
    await keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: 'Register' })).toBeVisible();
    for (const [label, text] of [
      ['Full name', 'Kim Keyboard'],
      ['E-mail', 'kim@example.org'],
      ['Phone number', '+44 20 7946 0000'],
    ] as const) {
      await tabTo(page.getByLabel(label));
      await keyboard.type(text);
    }
    await tabTo(page.getByLabel('You may contact me again'));
    await keyboard.press('Space');
    await expect(page.getByLabel('You may contact me again')).toBeChecked();
    await tabTo(page.getByLabel('Signature'));
    await keyboard.type('Kim Keyboard');
    await keyboard.press('Enter');
  });

  await test.step('keep the key', async () => {
    await expect(page.getByRole('heading', { name: 'Keep this key' })).toBeFocused();
    await tabTo(page.getByLabel('I have saved my key'));
    await keyboard.press('Space');
    await tabTo(page.getByRole('button', { name: 'Choose a game' }));
    await keyboard.press('Enter');
  });

  await test.step('choose', async () => {
    await tabTo(page.getByRole('link', { name: 'Explore', exact: true }));
    await keyboard.press('Enter');
    const you = page.getByRole('group', { name: 'You play' });
    await tabTo(you.getByRole('radio', { name: 'Leave it to chance' }));
    await keyboard.press('ArrowDown');
    await expectFocusVisible(page);
    await expect(you.getByRole('radio').nth(1)).toBeChecked();
    await tabTo(
      page.getByRole('group', { name: 'You meet' }).getByRole('radio', { name: 'Leave it to chance' }),
    );
    await keyboard.press('ArrowUp');
    await expectFocusVisible(page);
    await expect(page.getByRole('group', { name: 'You meet' }).getByRole('radio').last()).toBeChecked();
    await tabTo(page.getByRole('button', { name: 'Start' }));
    await keyboard.press('Enter');
  });

  await test.step('play', async () => {
    await expect(stage.turn(1)).toBeVisible();
    await tabTo(stage.field);
    await keyboard.type('I look around.');
    await keyboard.press('Enter');
    await expect(stage.turn(2)).toBeVisible();
    await expect(stage.field).toBeFocused();
    // The second of the commands, by arrows.
    await keyboard.type('/');
    await expect(page.getByRole('option')).toHaveCount(3);
    await keyboard.press('ArrowDown');
    await expect(page.getByRole('option', { name: '/abilities' })).toHaveAttribute('aria-selected', 'true');
    await keyboard.press('Enter');
    await expect(stage.record.getByText('Abilities', { exact: true })).toBeVisible();
    // Escape leaves what is typed alone.
    await keyboard.type('/f');
    await keyboard.press('Escape');
    await expect(page.getByRole('option')).toHaveCount(0);
    await expect(stage.field).toHaveValue('/f');
    await keyboard.press('Backspace');
    await keyboard.type('fi');
    await keyboard.press('Tab');
    await expect(stage.field).toHaveValue('/finish');
  });

  await test.step('look at the characters and come back', async () => {
    await tabTo(page.getByRole('button', { name: 'Menu' }), 'Shift+Tab');
    await keyboard.press('Enter');
    await tabTo(page.getByRole('button', { name: 'Characters and abilities' }));
    await keyboard.press('Enter');
    await expect(page.getByRole('dialog', { name: 'Characters' })).toBeVisible();
    await keyboard.press('Escape');
    await expect(page.getByRole('dialog', { name: 'Characters' })).toBeHidden();
  });

  await test.step('finish', async () => {
    await tabTo(stage.field);
    await keyboard.press('Enter');
    await expect(stage.end).toBeVisible();
    await tabTo(page.getByRole('link', { name: 'Play again' }));
    await keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: 'Explore' })).toBeVisible();
  });
});
