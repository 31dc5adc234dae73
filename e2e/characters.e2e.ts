/*
 * Safety property: an administrator brings a character into the world and out of it again; every mistake is named at its
 * field, nothing typed is lost, and players meet whom the administrator sees.
 */
import { ADMIN, expect, signIn, test } from './support/fixtures.ts';
import { hydrated } from './support/stage.ts';

const HERON = {
  hid: 'HERON',
  authors: ['A tester'],
  isHuman: false,
  pcEligible: true,
  commonLabels: ['grey heron'],
  shortDescription: 'A heron that has stood in one place since noon.',
  longDescription: 'It waits.',
  abilities: ['Can wait.', 'Cannot read.'],
  goals: ['a fish'],
  personaFeatures: [],
  scenarios: [],
  hsnDivergence: null,
  dimensions: null,
};

test.beforeEach(async ({ context, server }) => {
  await signIn(context, server.url, ADMIN);
});

test('a character is written, mended, previewed, saved, retired and brought back', async ({
  page,
  player,
  faults,
}) => {
  faults.expect(/status of 400/);
  const offered = async () => (await player.client.characters.list.query()).map(({ hid }) => hid);
  const sheet = page.getByLabel('Sheet');

  await page.goto('/admin/characters');
  await hydrated(page);
  await page.getByRole('link', { name: 'New character' }).click();

  await test.step('what is no sheet is refused at its place, and kept as it was typed', async () => {
    await sheet.fill('{ "hid": ');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('alert')).toContainText('cannot be read as JSON');
    await expect(sheet).toHaveValue('{ "hid": ');
    const typed = JSON.stringify({ ...HERON, goals: [], mood: 'good' });
    await sheet.fill(typed);
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('alert')).toContainText('goals has fewer entries than 1');
    await expect(page.getByRole('alert')).toContainText('mood is not a field');
    await expect(page.getByRole('alert')).toBeFocused();
    await expect(sheet).toHaveValue(typed);
    expect(await offered()).not.toContain('HERON');
  });

  await test.step('a check shows it and saves nothing', async () => {
    await sheet.fill(JSON.stringify(HERON));
    await page.getByRole('button', { name: 'Check and preview' }).click();
    await expect(page.getByRole('region', { name: 'Preview' })).toContainText('since noon');
    await expect(page.getByText('character that is not human is described by dimensions')).toBeVisible();
    expect(await offered()).not.toContain('HERON');
  });

  await test.step('saved, it is offered to players', async () => {
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Grey heron');
    expect(await offered()).toContain('HERON');
  });

  await test.step('retired by keyboard, it is no longer offered', async () => {
    await page.getByRole('button', { name: 'Retire' }).press('Enter');
    await page.getByRole('button', { name: 'Retire it' }).press('Enter');
    await expect(page.getByText('Retired. Sessions that play it go on')).toBeVisible();
    expect(await offered()).not.toContain('HERON');
  });

  await test.step('edited, it comes back', async () => {
    await page.getByRole('link', { name: 'Edit' }).click();
    await sheet.fill(JSON.stringify({ ...HERON, goals: ['two fish'] }));
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('two fish')).toBeVisible();
    expect(await offered()).toContain('HERON');
  });
});

test('two who edit the same character do not overwrite each other', async ({ context, page, faults }) => {
  faults.expect(/status of 409/);
  const other = await context.newPage();
  for (const editor of [page, other]) {
    await editor.goto('/admin/characters/BAR/edit');
    await hydrated(editor);
  }
  const change = async (editor: typeof page, words: string) => {
    const field = editor.getByLabel('Sheet');
    const sheet: unknown = JSON.parse(await field.inputValue());
    await field.fill(JSON.stringify(Object.assign({}, sheet, { shortDescription: words })));
    await editor.getByRole('button', { name: 'Save' }).click();
  };
  await change(page, 'A barnacle, first.');
  await expect(page.getByText('A barnacle, first.')).toBeVisible();
  await change(other, 'A barnacle, second.');
  await expect(other.getByRole('alert')).toContainText('Somebody else has changed BAR');
  await expect(other.getByLabel('Sheet')).toHaveValue(/A barnacle, second/);
});

test('players are shown the door', async ({ signedInPage: page, faults }) => {
  faults.expect(/status of 403/);
  await page.goto('/admin/characters');
  await expect(page.getByText('This needs the access key of an administrator.')).toBeVisible();
  await expect(page.getByText('OCT', { exact: true })).toHaveCount(0);
});
