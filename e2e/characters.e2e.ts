/*
 * Safety property: an administrator brings a character into the world and out of it again; every mistake is named at its
 * field, nothing typed is lost, and players meet whom the administrator sees.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Locator } from '@playwright/test';
import { editorOf } from './support/editor.ts';
import { ADMIN, expect, signIn, test } from './support/fixtures.ts';
import { hydrated } from './support/stage.ts';

/** The schema as the engine has it; a test of the catalogue holds the file to it. */
const SCHEMA = path.resolve(import.meta.dirname, '../seeds/character.schema.json');

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

async function expectCentred(dialog: Locator): Promise<void> {
  const { x, y, width, height } = (await dialog.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  const { width: wide, height: high } = dialog.page().viewportSize() ?? { width: 0, height: 0 };
  expect([Math.abs(wide - 2 * x - width) < 2, Math.abs(high - 2 * y - height) < 2]).toEqual([true, true]);
}

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
  const editor = editorOf(page);

  await page.goto('/admin/characters');
  await hydrated(page);
  await page.getByRole('link', { name: 'New character' }).click();

  await test.step('what is missing is refused at its field, and the first one has the focus', async () => {
    await editor.save();
    await expect(editor.field('hid')).toBeFocused();
    await expect(editor.field('hid')).toHaveAccessibleDescription(
      /This is empty\. It must be upper-case letters/,
    );
    await expect(page.getByText('To be mended before it can be saved')).toBeVisible();
    await editor.field('hid').fill('heron');
    await editor.field('shortDescription').fill(HERON.shortDescription);
    await page.getByRole('button', { name: 'Goals 1', exact: true }).click();
    await expect(editor.field('goals[0]')).toBeFocused();
    expect(await offered()).not.toContain('HERON');
  });

  await test.step('a problem goes when its field is mended', async () => {
    await editor.field('hid').fill('HERON');
    await expect(editor.field('hid')).not.toHaveAttribute('aria-invalid');
    await expect(editor.field('goals[0]')).toHaveAttribute('aria-invalid', 'true');
  });

  await test.step('what no sheet has is shown, and can be removed', async () => {
    await editor.writeSource({ ...HERON, goals: [], mood: 'good' });
    await editor.show('Form');
    await editor.save();
    await expect(page.getByRole('button', { name: 'Remove mood' })).toBeVisible();
    await expect(page.getByText('This is empty. Give at least 1 entry.')).toBeVisible();
    await page.getByRole('button', { name: 'Remove mood' }).click();
    await page.getByRole('button', { name: 'Add to goals' }).click();
    await expect(editor.field('goals[0]')).toBeFocused();
    await page.keyboard.type('a fish');
  });

  await test.step('a check shows what deserves a look and saves nothing', async () => {
    await expect(editor.preview).toContainText('since noon');
    await page.getByRole('button', { name: 'Check', exact: true }).click();
    await page.getByText('It can be saved. Have a look at this').click();
    await expect(
      page.getByText('so that filters and comparisons pass a character that is not human by').first(),
    ).toBeVisible();
    expect(await offered()).not.toContain('HERON');
  });

  await test.step('saved, it is offered to players', async () => {
    await editor.save();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Grey heron');
    expect(await offered()).toContain('HERON');
  });

  await test.step('retired by keyboard, it is no longer offered', async () => {
    await page.getByRole('button', { name: 'Retire' }).press('Enter');
    await expectCentred(page.getByRole('dialog'));
    await page.getByRole('button', { name: 'Retire it' }).press('Enter');
    await expect(page.getByText('Retired. Sessions that play it go on')).toBeVisible();
    expect(await offered()).not.toContain('HERON');
  });

  await test.step('edited, it comes back', async () => {
    await page.getByRole('link', { name: 'Edit' }).click();
    await expect(editor.field('hid')).not.toBeEditable();
    await editor.field('goals[0]').fill('two fish');
    await editor.save();
    // The preview beside the form shows the new goal before it is saved.
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Grey heron');
    await expect(page.getByText('two fish')).toBeVisible();
    expect(await offered()).toContain('HERON');
  });
});

test('every field of the schema has a control', async ({ page }) => {
  const editor = editorOf(page);
  await editor.open('/admin/characters/AMA/edit');
  const person = await editor.readSource();
  await editor.open('/admin/characters/OCT/edit');
  const octopus = await editor.readSource();
  const manner = Object.assign({}, octopus['manner'], { sayings: ['Again.'] });
  await editor.writeSource({
    ...octopus,
    name: 'Inky',
    manner,
    hsnDivergence: person['hsnDivergence'],
  });
  await editor.show('Form');
  const wanted = schemaPlaces(JSON.parse(await readFile(SCHEMA, 'utf8')));
  expect(wanted).toContain('senses.extra[0].cues[0]');
  expect(wanted).toContain('hsnDivergence.stability.functionalStability.explanation');
  await expect(editor.field('dimensions.abilities.value')).toBeAttached();
  const places = await editor.places();
  expect(wanted.filter((place) => !places.includes(place))).toEqual([]);
});

interface Described {
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly items?: unknown;
  readonly anyOf?: readonly unknown[];
  readonly enum?: readonly unknown[];
}

/** Every place of a schema, with the first entry of each list. */
function schemaPlaces(schema: Described, place = ''): string[] {
  const own = place === '' ? [] : [place];
  const fields = Object.entries(schema.properties ?? {}).flatMap(([name, inner]) =>
    schemaPlaces(inner as Described, place === '' ? name : `${place}.${name}`),
  );
  const item = schema.items as Described | undefined;
  const items = item === undefined || item.enum !== undefined ? [] : schemaPlaces(item, `${place}[0]`);
  const options = (schema.anyOf ?? []).flatMap((option) => schemaPlaces(option as Described, place));
  return [...new Set([...own, ...fields, ...items, ...options])];
}

test('entries of a list are added, moved, taken out and put back by keyboard', async ({ page }) => {
  const editor = editorOf(page);
  await editor.open('/admin/characters/OCT/edit');
  const { keyboard } = page;
  const labels = async () => (await editor.values('commonLabels')).join(', ');
  const before = await labels();

  await editor.field('commonLabels[0]').press('Enter');
  await expect(editor.field('commonLabels[1]')).toBeFocused();
  await keyboard.type('eight arms');
  await keyboard.press('Alt+ArrowUp');
  await expect(editor.field('commonLabels[0]')).toBeFocused();
  await expect(editor.field('commonLabels[0]')).toHaveValue('eight arms');
  await expect(page.getByText(/Moved to place 1 of/)).toBeAttached();
  await page.getByRole('button', { name: 'Remove Common labels 2' }).press('Enter');
  await expect(editor.field('commonLabels[1]')).toBeFocused();
  expect(await labels()).not.toContain('octopus');
  await page.getByRole('button', { name: 'Undo' }).press('Enter');
  await expect(editor.field('commonLabels[1]')).toBeFocused();
  expect(await labels()).toBe(`eight arms, ${before}`);

  await test.step('what would be changed is shown, and put back', async () => {
    await editor.show('Changes (1)');
    await expect(page.getByText('added: eight arms')).toBeVisible();
    await page.getByRole('button', { name: 'Put back: Common labels' }).press('Enter');
    await expect(page.getByText('Nothing: the sheet is as it was saved.')).toBeVisible();
    await expect(page.getByText('No changes')).toBeVisible();
  });
});

test('the source and the form are two sides of one sheet', async ({ page }) => {
  const editor = editorOf(page);
  await editor.open('/admin/characters/OCT/edit');
  await editor.field('name').fill('Inky');
  expect(await editor.readSource()).toMatchObject({ hid: 'OCT', name: 'Inky' });
  await editor.source.fill('{\n  "hid": "OCT",\n  "goals": ["a" "b"]\n}');
  await expect(page.getByRole('status').filter({ hasText: 'Line 3, column 17' })).toBeVisible();
  await editor.save();
  await expect(editor.source).toBeVisible();
  await editor.show('Form');
  await expect(editor.field('name')).toHaveValue('Inky');
  await expect(editor.field('name')).toBeDisabled();
  await page.getByRole('button', { name: 'Go to the source' }).click();
  await editor.source.fill('{ "hid": "OCT", "goals": ["a", "b"] }');
  await editor.show('Form');
  expect(await editor.values('goals')).toEqual(['a', 'b']);
  await expect(editor.field('name')).toHaveValue('');
});

test('what is not saved is kept, and nobody leaves it behind without being asked', async ({
  context,
  page,
}) => {
  const editor = editorOf(page);
  await editor.open('/admin/characters/TOV/edit');
  await editor.field('shortDescription').fill('Somebody else altogether.');
  await page.getByRole('link', { name: 'Games' }).click();
  const question = page.getByRole('dialog', { name: 'Leave without saving?' });
  await question.getByRole('button', { name: 'Stay' }).click();
  await expect(editor.field('shortDescription')).toHaveValue('Somebody else altogether.');
  await expect(page.getByText('Draft kept on this device')).toBeVisible();
  await page.close();

  const again = await context.newPage();
  const next = editorOf(again);
  await next.open('/admin/characters/TOV/edit');
  await expect(next.field('shortDescription')).not.toHaveValue('Somebody else altogether.');
  await again.getByRole('button', { name: 'Go on with it' }).click();
  await expect(next.field('shortDescription')).toHaveValue('Somebody else altogether.');
  await again.getByRole('link', { name: 'Games' }).click();
  await again.getByRole('button', { name: 'Leave and throw it away' }).click();
  await expect(again).toHaveURL(/\/games$/);
  await next.open('/admin/characters/TOV/edit');
  await expect(again.getByText('No changes')).toBeVisible();
  await expect(again.getByText('There is a draft of yours')).toHaveCount(0);
});

test('two who edit the same character do not overwrite each other', async ({ context, page, faults }) => {
  faults.expect(/status of 409/);
  const other = await context.newPage();
  const [first, second] = [editorOf(page), editorOf(other)];
  for (const editor of [first, second]) await editor.open('/admin/characters/BAR/edit');
  await first.field('shortDescription').fill('A barnacle, first.');
  await first.field('name').fill('Barney');
  await second.field('shortDescription').fill('A barnacle, second.');
  await first.save();
  await expect(page.getByText('A barnacle, first.')).toBeVisible();

  await second.save();
  await expect(other.getByRole('alert')).toContainText('Somebody else has changed BAR');
  await expect(other.getByRole('alert')).toBeFocused();
  await expect(second.field('shortDescription')).toHaveValue('A barnacle, second.');
  await other.getByRole('button', { name: 'Take their changes in' }).click();
  await expect(other.getByRole('tab', { name: 'Changes (1)' })).toBeVisible();
  await expect(other.getByText('removed: first.')).toBeVisible();
  await second.save();
  await expect(other.getByText('A barnacle, second.')).toBeVisible();
  await expect(other.getByRole('heading', { level: 1 })).toHaveText('Barney');
});

test('players are shown the door', async ({ signedInPage: page, faults }) => {
  faults.expect(/status of 403/);
  await page.goto('/admin/characters');
  await expect(page.getByText('This needs the access key of an administrator.')).toBeVisible();
  await expect(page.getByText('OCT', { exact: true })).toHaveCount(0);
});
