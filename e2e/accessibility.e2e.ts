/*
 * Safety property: no page, in no state, puts a known obstacle in anybody's way: on a desk at night or on a phone by day,
 * where nothing is wider than the screen.
 */
import { ADMIN, signIn, test } from './support/fixtures.ts';
import { expectNothingInTheWay } from './support/obstacles.ts';
import { PLACES } from './support/places/index.ts';
import { DESKTOP } from './support/screens.ts';

for (const place of PLACES) {
  test(`nothing is in the way: ${place.name}`, async ({ context, page, server, player, faults }) => {
    // A form of some hundred controls is looked through twice.
    test.setTimeout(120_000);
    faults.expect(/status of 40[034]/);
    if (place.isFor === 'players') await signIn(context, server.url, player);
    if (place.isFor === 'admins') await signIn(context, server.url, ADMIN);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.setViewportSize(DESKTOP);
    await place.go({ page, player });
    await expectNothingInTheWay(page);
  });
}
