/*
 * Safety property: a key lets its holder in and nobody else; whatever is wrong with it is said in words, and a key that was
 * replaced lets nobody in, not even on a page that is open.
 */
import { expect, test } from './support/fixtures.ts';
import { hydrated, openScene, startExplore } from './support/stage.ts';

test('a pasted key signs in, with blanks and quotation marks around it', async ({ page, player }) => {
  await page.goto('/login');
  await hydrated(page);
  await page.getByLabel('Access key').fill(`  "${player.accessKey}"  `);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { name: 'Choose a game' })).toBeVisible();
  await page.goto('/');
  await expect(page.getByText('You are signed in as Ada Example.')).toBeVisible();
});

const FULL = `dcs-ak-${'A'.repeat(43)}`;
for (const [what, key, words] of [
  ['nothing', '', 'Paste your access key here.'],
  ['another kind of key', 'sk-1234567890', 'An access key begins with dcs-ak-. This one does not.'],
  [
    'half a key',
    FULL.slice(0, 30),
    'An access key has 50 characters; this one has 30. A part may be missing.',
  ],
  [
    'signs that no key has',
    `dcs-ak-${'A'.repeat(42)}é`,
    'An access key has only letters, digits, hyphens and underscores.',
  ],
  ['a key that nobody has', FULL, 'This key is not known here.'],
] as const) {
  test(`${what} is answered beside the field`, async ({ page, faults }) => {
    faults.expect(/status of 40[01]/);
    await page.goto('/login');
    await hydrated(page);
    await page.getByLabel('Access key').fill(key);
    await page.getByRole('button', { name: 'Sign in' }).click();
    const field = page.getByLabel('Access key');
    await expect(field).toHaveAccessibleDescription(new RegExp(words.replaceAll('.', String.raw`\.`)));
    await expect(field).toBeFocused();
    await expect(page).toHaveURL(/\/login/);
  });
}

test('whoever is not signed in comes back to the page they wanted', async ({ page, player }) => {
  const sessionId = await startExplore(player);
  await page.goto(`/play/${sessionId}`);
  await expect(page).toHaveURL(/\/login/);
  await hydrated(page);
  await page.getByLabel('Access key').fill(player.accessKey);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(`/play/${sessionId}`);
});

test('a replaced key is refused, and the page that still uses it says so', async ({
  signedInPage: page,
  player,
  faults,
}) => {
  const stage = await openScene(page, await startExplore(player));
  await player.client.players.rotateKey.mutate();
  await expect(page.getByText('The connection has ended.')).toBeVisible();
  await expect(stage.scene).toBeVisible();
  await page.goto('/sessions');
  await expect(page).toHaveURL(/\/login/);
  await hydrated(page);
  await page.getByLabel('Access key').fill(player.accessKey);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByLabel('Access key')).toHaveAccessibleDescription(/not known here/);
  faults.expect(/WebSocket|status of 401/);
});

test('the account page replaces the key, shows the new one once, and signs out', async ({
  signedInPage: page,
  player,
}) => {
  await page.goto('/account');
  await hydrated(page);
  await page.getByRole('button', { name: 'Get a new key' }).click();
  await page.getByRole('button', { name: 'Replace it' }).click();
  const key = await page.getByTestId('access-key').innerText();
  expect(key).not.toBe(player.accessKey);
  await page.getByLabel('I have saved my key').check();
  await page.getByRole('button', { name: 'Back to the account' }).click();
  await expect(page.getByText(player.playerId)).toBeVisible();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('link', { name: 'Sign in', exact: true })).toBeVisible();
  await page.goto('/sessions');
  await expect(page).toHaveURL(/\/login/);
});
