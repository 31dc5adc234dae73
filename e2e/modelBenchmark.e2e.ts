/*
 * Safety property: an experiment in which models take part is played to its end by itself, from when somebody starts it, and
 * whoever runs it sees on one page how far each model is.
 */
import { ADMIN, expect, signIn, test } from './support/fixtures.ts';
import { expectNothingInTheWay } from './support/obstacles.ts';
import { startServerProcess } from './support/serverProcess.ts';
import { hydrated } from './support/stage.ts';

const NAME = 'model-benchmark';

test('the benchmark of models begins when it is started, fills and finishes', async ({ context, page }) => {
  test.setTimeout(90_000); // It starts a server of its own, on which 72 sessions are played.
  await using server = await startServerProcess({
    env: { ADMIN_KEY: ADMIN.accessKey, SCRIPTED_PACE_MS: '0' },
  });
  await signIn(context, server.url, ADMIN);
  await page.goto(`${server.url}/admin/experiments/${NAME}`);
  await hydrated(page);
  const players = page.getByRole('region', { name: 'How far each model is' });
  const scripted = players.getByRole('row', { name: 'scripted' });
  const joined = scripted.getByRole('cell').nth(1);

  await test.step('nothing is played before somebody starts it', async () => {
    await expect(scripted).toContainText('This experiment has not been started.');
    await expect(joined).toHaveText('0');
    await page.getByRole('button', { name: 'Start', exact: true }).press('Enter');
    await page.getByRole('dialog').getByRole('button', { name: 'Start it' }).press('Enter');
  });

  await test.step('it fills by itself while one watches', async () => {
    await expect(joined).not.toHaveText('0');
    await expect(page.getByRole('heading', { name: 'Sessions in flight' })).toBeVisible();
    await expectNothingInTheWay(page);
  });

  await test.step('it finishes, with every combination played by each', async () => {
    await expect(scripted.getByRole('cell').nth(3)).toHaveText('3', { timeout: 60_000 });
    await expect(scripted.getByRole('cell').nth(5)).toHaveText('72');
    await page.getByRole('link', { name: 'Participants', exact: true }).press('Enter');
    await expect(page.getByRole('row', { name: /scripted.*Finished.*24 of 24/ })).toHaveCount(3);
  });
});
