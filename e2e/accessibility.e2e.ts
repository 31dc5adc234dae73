/*
 * Safety property: no page, in no state, puts a known obstacle in anybody's way: light or dark, on a desk or on a phone, where
 * nothing is wider than the screen.
 */
import { ADMIN, expect, signIn, test } from './support/fixtures.ts';
import { obstaclesOn } from './support/obstacles.ts';
import { DESKTOP, PHONE, PLACES } from './support/places.ts';

/**
 * Lets bars that stay in view stand in their places: what scrolls beneath them is covered for a moment, and whether it is
 * just now depends on how much was said.
 */
const SETTLE_BARS = `for (const element of document.querySelectorAll('*')) {
  if (getComputedStyle(element).position === 'sticky') {
    element.style.position = 'relative';
    element.style.inset = 'auto';
  }
}`;

// What is found is named with its place in the page; pictures of every step of every place take a quarter of the time.
test.use({ trace: { mode: 'retain-on-failure', screenshots: false, snapshots: false } });

for (const place of PLACES) {
  test(`nothing is in the way: ${place.name}`, async ({ context, page, server, player, faults }) => {
    // A form of some hundred controls is looked through four times.
    test.setTimeout(180_000);
    faults.expect(/status of 40[034]/);
    if (place.isFor === 'players') await signIn(context, server.url, player);
    if (place.isFor === 'admins') await signIn(context, server.url, ADMIN);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.setViewportSize(DESKTOP);
    await place.go({ page, player });
    const findings: string[] = [];
    for (const colorScheme of ['light', 'dark'] as const) {
      for (const size of [DESKTOP, PHONE]) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        await page.setViewportSize(size);
        const width = (): Promise<unknown> => page.evaluate('document.documentElement.scrollWidth');
        await page.evaluate(
          'new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))',
        );
        await expect.poll(width, `as wide as the screen, ${colorScheme}`).toBe(size.width);
        await page.evaluate(SETTLE_BARS);
        for (const obstacle of await obstaclesOn(page))
          findings.push(`${colorScheme}, ${size.width} wide, ${obstacle}`);
      }
    }
    expect(findings).toEqual([]);
  });
}
