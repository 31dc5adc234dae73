/*
 * Safety property: a session can be played on a phone, with the line to write in always in reach.
 */
import { expect, test } from './support/fixtures.ts';
import { PHONE } from './support/screens.ts';
import { openScene, startExplore } from './support/stage.ts';

test.use({ viewport: PHONE, hasTouch: true, isMobile: true });

test('a session is played by touch, with the line in reach after many turns', async ({
  signedInPage: page,
  player,
}) => {
  const stage = await openScene(page, await startExplore(player));
  const send = page.getByRole('button', { name: 'Send' });
  for (const [index, text] of ['I wave.', 'I sit down.', 'I hum a tune.', 'I hold out my hand.'].entries()) {
    await stage.field.tap();
    await stage.field.fill(text);
    await send.tap();
    await expect(stage.turn(index + 2)).toBeVisible();
    await expect(stage.field).toBeInViewport({ ratio: 1 });
    await expect(send).toBeInViewport({ ratio: 1 });
  }
  await expect(stage.speeches.last()).toBeInViewport();
  // Zoomed out, because something is too wide, it would be smaller.
  const box = await send.boundingBox();
  expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(44);
  await page.getByRole('button', { name: 'Menu' }).tap();
  await page.getByRole('button', { name: 'Finish the session' }).tap();
  await page.getByRole('dialog').getByRole('button', { name: 'Finish' }).tap();
  await expect(stage.end).toBeVisible();
});
