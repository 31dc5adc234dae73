import { expect } from '@playwright/test';
import { editorOf } from '../editor.ts';
import { plain, pressed } from './place.ts';
import type { Place } from './place.ts';

/** Where characters are made. */
export const CHARACTER_PLACES: readonly Place[] = [
  plain('characters', '/admin/characters', 'admins'),
  plain('characters, none like that', '/admin/characters?search=unheard-of', 'admins'),
  plain('characters, not for players', '/admin/characters', 'players'),
  plain('character', '/admin/characters/MOR', 'admins'),
  plain('character, none of that name', '/admin/characters/NOBODY', 'admins'),
  pressed(
    { name: 'character, the question before it is retired', isFor: 'admins', path: '/admin/characters/OCT' },
    'Retire',
    (page) => page.getByRole('dialog', { name: 'Retire Octopus?' }),
  ),
  plain('character, edited, not human', '/admin/characters/OCT/edit', 'admins'),
  {
    name: 'character, edited, the assumptions about a person',
    isFor: 'admins',
    go: async ({ page }) => {
      const editor = editorOf(page);
      await editor.open('/admin/characters/AMA/edit');
      const { hsnDivergence } = await editor.readSource();
      await editor.writeSource({ hid: 'AMA', hsnDivergence });
      await editor.show('Form');
      await expect(editor.field('hsnDivergence.stability')).toBeVisible();
    },
  },
  {
    name: 'character, edited, the source that cannot be read',
    isFor: 'admins',
    go: async ({ page }) => {
      const editor = editorOf(page);
      await editor.open('/admin/characters/OCT/edit');
      await editor.show('Source');
      await editor.source.fill('{ "hid": OCT }');
      await expect(page.getByRole('button', { name: 'Show the place' })).toBeVisible();
    },
  },
  {
    name: 'character, edited, what saving would change',
    isFor: 'admins',
    go: async ({ page }) => {
      const editor = editorOf(page);
      await editor.open('/admin/characters/OCT/edit');
      await editor.field('shortDescription').fill('A common octopus.');
      await page.getByRole('button', { name: 'Move Goals 1 down' }).click();
      await page.getByRole('button', { name: 'Remove Abilities 2' }).click();
      await editor.show('Changes (3)');
      await expect(page.getByRole('button', { name: 'Put back: Goals' })).toBeVisible();
    },
  },
  {
    name: 'new character, the question before it is left',
    isFor: 'admins',
    go: async ({ page }) => {
      const editor = editorOf(page);
      await editor.open('/admin/characters/new');
      await editor.field('name').fill('Inky');
      await page.getByRole('link', { name: 'Games' }).click();
      await expect(page.getByRole('dialog', { name: 'Leave without saving?' })).toBeVisible();
    },
  },
  {
    name: 'new character, with problems',
    isFor: 'admins',
    go: async ({ page }) => {
      const editor = editorOf(page);
      await editor.open('/admin/characters/new');
      await editor.writeSource({ hid: 'x', goals: 'none', mood: 'good' });
      await editor.show('Form');
      await editor.save();
      await expect(editor.field('hid')).toBeFocused();
    },
  },
  plain('two characters to be compared', '/admin/characters/compare', 'admins'),
  plain('two characters compared', '/admin/characters/compare?left=AMA&right=MOR', 'admins'),
];
