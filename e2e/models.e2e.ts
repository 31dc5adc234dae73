/*
 * Safety property: an administrator sees what models are asked, what it takes and what goes wrong, as it happens and without
 * doing anything for it; whoever is no administrator sees nothing of it.
 */
import { readFile } from 'node:fs/promises';
import { startScriptedProvider } from '../packages/api/test/support/scriptedProvider.ts';
import { ADMIN, expect, signIn, test } from './support/fixtures.ts';
import { expectNothingInTheWay, obstaclesOn } from './support/obstacles.ts';
import { register } from './support/player.ts';
import { startServerProcess } from './support/serverProcess.ts';
import { hydrated } from './support/stage.ts';

const REFRESH_MS = 20_000;

test('what models do is on the page, and what comes later comes to it', async ({ context, page }) => {
  test.setTimeout(120_000); // It starts a server of its own.
  await using upstream = await startScriptedProvider({ cost: 0.25 });
  await using server = await startServerProcess({
    env: {
      ADMIN_KEY: ADMIN.accessKey,
      MODEL_OPENER: 'openai-compatible:unpaid,openai-compatible:m',
      MODEL_BASE_URL: upstream.baseUrl,
      MODEL_PRICES: 'openai-compatible:unpaid=1/1,openai-compatible:m=1/1',
      MODEL_SESSION_DOLLARS: '0.3',
    },
  });
  const player = await register(server.url);
  const openScene = async (): Promise<string> => {
    const { sessionId } = await player.client.play.create.mutate({ game: 'explore' });
    await player.client.play.open.mutate({ sessionId });
    return sessionId;
  };
  const firstSession = await openScene();
  await signIn(context, server.url, ADMIN);
  const taken = page.getByRole('region', { name: 'Use by model and role' });

  await test.step('calls, cost, failures and caps are there a moment after they were made', async () => {
    await expect(async () => {
      await page.goto(`${server.url}/admin/models`);
      await expect(taken.getByRole('row', { name: /openai-compatible:m Opener/ })).toContainText('$0.2500');
    }).toPass();
    await expect(page.getByRole('region', { name: 'Models of each role' })).toContainText('asked as usual');
    await expect(page.getByRole('row', { name: /Gave no usable answer/ })).toContainText(
      'openai-compatible:unpaid',
    );
    await expect(page.getByRole('row', { name: /One session/ })).toContainText('83 %');
    await expect(page.getByRole('row', { name: /One session/ }).getByRole('link')).toHaveAttribute(
      'href',
      `/replay/${firstSession}`,
    );
  });

  await test.step('nothing is in the way', () => expectNothingInTheWay(page));

  await test.step('charts say what they show, and have a table and a file behind them', async () => {
    const chart = page.getByRole('figure', { name: 'Calls by model and role' });
    await expect(chart.getByRole('img')).toHaveAccessibleName(
      'Calls by model and role, in calls. Opener: openai-compatible:m 1; openai-compatible:unpaid 1.',
    );
    await chart.getByText('What it shows').press('Enter');
    await expect(chart.getByText('How often each model was asked')).toBeVisible();
    await chart.getByText('Show as table').press('Enter');
    await expect(chart.getByRole('row')).toHaveText([
      /Model\s*Opener/,
      /openai-compatible:m\s*1/,
      /openai-compatible:unpaid\s*1/,
    ]);
    const saving = page.waitForEvent('download');
    await chart.getByRole('button', { name: 'Save as CSV' }).press('Enter');
    const file = await saving;
    expect(file.suggestedFilename()).toBe('calls-by-model-and-role.csv');
    expect(await readFile(await file.path(), 'utf8')).toBe(
      'Model,Opener (calls)\r\nopenai-compatible:m,1\r\nopenai-compatible:unpaid,1\r\n',
    );
    expect(await obstaclesOn(page)).toEqual([]);
  });

  await test.step('on paper, charts have their definitions and tables and nothing to press', async () => {
    await page.emulateMedia({ media: 'print' });
    const chart = page.getByRole('figure', { name: 'Calls by day' });
    await expect(chart.getByText('repetitions counted one by one')).toBeVisible();
    await expect(chart.getByRole('row', { name: /2/ }).last()).toBeVisible();
    await expect(page.getByRole('button')).toHaveCount(0);
    await expect(page.getByText('Show as table').and(page.locator(':visible'))).toHaveCount(0);
    await page.emulateMedia({ media: null });
  });

  await test.step('what happens while the page is open comes to it by itself', async () => {
    await page.clock.install();
    await page.goto(`${server.url}/admin/models`);
    await hydrated(page);
    await openScene();
    await expect(async () => {
      await page.clock.fastForward(REFRESH_MS);
      await expect(taken.getByRole('row', { name: /Together/ })).toContainText('$0.5000', { timeout: 500 });
    }).toPass();
  });

  await test.step('the time that is looked back over is chosen by keyboard', async () => {
    await page.getByLabel('Look back over').selectOption('Last 7 days');
    await page.getByRole('button', { name: 'Show' }).press('Enter');
    await expect(page).toHaveURL(/hours=168/);
    await expect(taken.getByRole('row', { name: /Together/ })).toContainText('$0.5000');
  });

  await test.step('one role and one model are chosen by keyboard, and stand in the address', async () => {
    await page.getByRole('combobox', { name: /^Role/ }).selectOption('Opener');
    await page.getByRole('combobox', { name: /^Model/ }).selectOption('openai-compatible:unpaid');
    await page.getByRole('button', { name: 'Show' }).press('Enter');
    await expect(page).toHaveURL(/hours=168&role=opener&model=openai-compatible%3Aunpaid$/);
    await expect(taken.getByRole('row')).toHaveText([
      /^Model/,
      /openai-compatible:unpaid\s*Opener/,
      /Together/,
    ]);
    await expect(page.getByRole('row', { name: /One session/ })).toContainText('83 %');
    await page.goto(`${server.url}/admin/models?role=scorer&model=openai-compatible`);
    await expect(page.getByText('No such call in this time.')).toBeVisible();
    await page.getByRole('link', { name: 'Show all roles and models' }).click();
    await expect(page).toHaveURL(/models\?hours=24$/);
    await expect(taken.getByRole('row')).toHaveCount(4);
  });
  // Before the server ends: a page that loses its connection says so in the console.
  await page.close();
  player.client.close();
});

test('administrators find what is theirs from every page', async ({ context, page, server }) => {
  await signIn(context, server.url, ADMIN);
  await page.goto('/games');
  await hydrated(page);
  await page.getByRole('link', { name: 'Admin', exact: true }).press('Enter');
  await expect(page.getByRole('heading', { name: 'Administration' })).toBeVisible();
  for (const name of ['Characters', 'Models']) {
    await page.getByRole('main').getByRole('link', { name, exact: true }).press('Enter');
    await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible();
    await page.getByRole('link', { name: 'Administration' }).press('Enter');
    await expect(page.getByRole('heading', { name: 'Administration' })).toBeVisible();
  }
});

test('a player is shown nothing of it', async ({ signedInPage: page, faults }) => {
  faults.expect(/status of 403/);
  await page.goto('/admin/models');
  await expect(page.getByRole('heading', { name: 'This is not open to you' })).toBeVisible();
  await expect(page.getByRole('navigation', { name: 'Site' })).toContainText('Account');
  await expect(page.getByRole('link', { name: 'Admin', exact: true })).toHaveCount(0);
});
