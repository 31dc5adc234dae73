/*
 * Safety property: on a phone everything fits, and the line to write in is always in reach.
 */
import { expect, signIn, test } from './support/fixtures.ts';
import { PHONE, PLACES } from './support/places.ts';
import { openScene, startExplore } from './support/stage.ts';

test.use({ viewport: PHONE, hasTouch: true, isMobile: true });

for (const place of PLACES) {
  test(`nothing is wider than the screen: ${place.name}`, async ({
    context,
    page,
    server,
    player,
    faults,
  }) => {
    faults.expect(/status of 40[04]/);
    if (place.isFor === 'players') await signIn(context, server.url, player);
    await place.go({ page, player });
    const width = await page.evaluate('document.documentElement.scrollWidth');
    expect(width).toBeLessThanOrEqual(PHONE.width);
  });
}

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
  const box = await send.boundingBox();
  expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(44);
  await page.getByRole('button', { name: 'Menu' }).tap();
  await page.getByRole('button', { name: 'Finish the session' }).tap();
  await page.getByRole('dialog').getByRole('button', { name: 'Finish' }).tap();
  await expect(stage.end).toBeVisible();
});
