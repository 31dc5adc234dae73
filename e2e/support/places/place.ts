import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import type { Player } from '../player.ts';
import { hydrated } from '../stage.ts';

interface Visit {
  readonly page: Page;
  /** Signed in where the place asks for it. */
  readonly player: Player;
}

/** A page in one of its states. */
export interface Place {
  readonly name: string;
  readonly isFor: 'anybody' | 'players' | 'admins';
  go(visit: Visit): Promise<void>;
}

export async function goTo(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await hydrated(page);
}

/** A page as it is when it is opened. */
export const plain = (name: string, path: string, isFor: Place['isFor'] = 'anybody'): Place => ({
  name,
  isFor,
  go: ({ page }) => goTo(page, path),
});

/** A page after a button was pressed on it, which shows something. */
export const pressed = (
  place: Pick<Place, 'name' | 'isFor'> & { readonly path: string },
  button: string | RegExp,
  shows: (page: Page) => Locator,
): Place => ({
  name: place.name,
  isFor: place.isFor,
  go: async ({ page }) => {
    await goTo(page, place.path);
    await page.getByRole('button', { name: button }).click();
    await expect(shows(page)).toBeVisible();
  },
});
