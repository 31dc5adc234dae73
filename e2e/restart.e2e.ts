/*
 * Safety property: when the server is killed, between turns or in the middle of one, an open page says so, comes back by
 * itself, and shows what the log holds: nothing lost, nothing twice.
 */
import { BROKEN_CONNECTION } from './support/faults.ts';
import { expect, signIn, test } from './support/fixtures.ts';
import { register } from './support/player.ts';
import { startServerProcess } from './support/serverProcess.ts';
import { expectPageToEqualLog, openScene, startExplore } from './support/stage.ts';

for (const [when, killedAt] of [
  ['between turns', 'rest'],
  ['while a reply is written', 'draft'],
] as const) {
  test(`a server that is killed ${when} costs nothing`, async ({ context, page, faults }) => {
    test.setTimeout(120_000);
    faults.expect(BROKEN_CONNECTION);
    await using server = await startServerProcess({ env: { SCRIPTED_PACE_MS: '60' } });
    const player = await register(server.url);
    await signIn(context, server.url, player);
    const sessionId = await startExplore(player);
    const stage = await openScene(page, sessionId, server.url);
    await stage.say('I wave.');
    if (killedAt === 'draft') await expect(stage.draft).toBeVisible();
    else await expect(stage.turn(2)).toBeVisible();

    await server.kill();
    await expect(page.getByText('Connection lost, reconnecting.')).toBeVisible();
    await expect(stage.speeches.first()).toHaveText('I wave.');
    await server.start();

    await expect(stage.turn(2)).toBeVisible({ timeout: 30_000 });
    await expect(page.getByText('Connection lost, reconnecting.')).toBeHidden({ timeout: 30_000 });
    await expectPageToEqualLog(stage, player, sessionId);
    await stage.play('I sit down.', 3);
    await expectPageToEqualLog(stage, player, sessionId);
    player.client.close();
  });
}
