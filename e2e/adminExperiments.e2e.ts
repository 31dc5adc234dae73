/*
 * Safety property: whoever runs an experiment sees where everybody is, as it happens and without doing anything for it, and can
 * stop it before anything more begins; whoever does not run it sees nothing of it.
 */
import type { Browser, Page } from '@playwright/test';
import { ADMIN, expect, signIn, test } from './support/fixtures.ts';
import { expectNothingInTheWay } from './support/obstacles.ts';
import { register } from './support/player.ts';
import type { Player } from './support/player.ts';
import { startServerProcess } from './support/serverProcess.ts';
import { hydrated } from './support/stage.ts';

const NAME = 'demo';
const TITLE = 'Meet a mind unlike your own';
const A_MINUTE_MS = 60_000;

/** Somebody who has joined and plays; resolves with the session. */
async function plays({ client }: Player): Promise<string> {
  await client.experiments.join.mutate({ name: NAME });
  await client.experiments.select.mutate({ name: NAME, game: 'explore', pc: 'AMA', npc: 'OCT' });
  const { sessionId } = await client.experiments.startSession.mutate({ name: NAME });
  await client.play.open.mutate({ sessionId });
  return sessionId;
}

async function finishes({ client }: Player, sessionId: string): Promise<void> {
  await client.play.act.mutate({ sessionId, commandId: `${sessionId}-1`, text: 'I wave.' });
  await client.play.act.mutate({ sessionId, commandId: `${sessionId}-2`, text: '/finish' });
}

/** Somebody without an account who comes while it is paused, with a clock of their own. */
async function waitsAtTheDoor(browser: Browser, url: string): Promise<Page> {
  const visitor = await browser.newPage();
  await visitor.clock.install();
  await visitor.goto(`${url}/experiments/${NAME}`);
  await hydrated(visitor);
  await expect(visitor.getByText('This experiment is paused')).toBeVisible();
  return visitor;
}

async function isLetInByItself(visitor: Page): Promise<void> {
  await expect(async () => {
    await visitor.clock.fastForward(A_MINUTE_MS);
    await expect(visitor.getByRole('button', { name: 'Take part' })).toBeVisible({ timeout: 500 });
  }).toPass();
  await expect(visitor.getByRole('status').filter({ hasText: 'changed by itself' })).toBeVisible();
  await visitor.close();
}

/** A figure of the dashboard, by its name. */
const figure = (page: Page, name: string) =>
  page
    .locator('dl.figures > div')
    .filter({ has: page.getByText(name, { exact: true }) })
    .locator('dd')
    .first();

test('an experiment is simulated, watched, paused and resumed by keyboard', async ({
  browser,
  context,
  page,
}) => {
  test.setTimeout(180_000); // It starts a server of its own, and looks through every page four times.
  await using server = await startServerProcess({ env: { ADMIN_KEY: ADMIN.accessKey } });
  const [ada, ben] = [await register(server.url), await register(server.url, 'Ben Example')];
  await signIn(context, server.url, ADMIN);

  await test.step('it stands in a list, and nobody has come yet', async () => {
    await page.goto(`${server.url}/admin`);
    await hydrated(page);
    await page.getByRole('main').getByRole('link', { name: 'Experiments', exact: true }).press('Enter');
    await expect(page.getByRole('row', { name: new RegExp(TITLE) })).toContainText(
      'Open, nobody has come yet',
    );
    await expectNothingInTheWay(page);
    await page.getByRole('link', { name: TITLE }).press('Enter');
    await expect(page.getByRole('heading', { name: TITLE })).toBeVisible();
    await expect(page.getByText('Nobody has come yet.')).toBeVisible();
    await expect(page.getByText(`${server.url}/experiments/${NAME}`)).toBeVisible();
  });

  await test.step('a preflight says whether it would work before anybody is invited', async () => {
    await page.getByRole('link', { name: 'Preflight' }).press('Enter');
    await page.getByLabel('Participants').fill('40');
    await page.getByLabel('Dollars per call').fill('0.01');
    await page.getByRole('button', { name: 'Simulate' }).press('Enter');
    await expect(figure(page, 'Cost of models')).toHaveText(/^\$\d/);
    await expect(page.getByRole('heading', { name: /^(Ready|Doubtful|Not ready)$/ })).toBeVisible();
    await expect(figure(page, 'Took part')).toHaveText('40');
    await expect(page.getByRole('figure', { name: 'Participants over time' }).getByRole('img')).toBeVisible();
    await expectNothingInTheWay(page);
    await page.getByRole('link', { name: TITLE }).press('Enter');
  });

  const sessionId = await test.step('who comes and plays appears on the page by itself', async () => {
    await expect(figure(page, 'Participants')).toHaveText('0');
    const session = await plays(ada);
    await expect(figure(page, 'Playing')).toHaveText('1');
    const flight = page.getByRole('region', { name: 'Sessions that are played now' }).getByRole('row').last();
    await expect(flight.getByRole('link', { name: session })).toHaveAttribute(
      'href',
      `/admin/sessions/${session}`,
    );
    await expectNothingInTheWay(page);
    return session;
  });

  await test.step('what is completed moves from one bar to the other', async () => {
    await finishes(ada, sessionId);
    await expect(figure(page, 'Completed')).toHaveText('1');
    const games = page.getByRole('figure', { name: 'Assignments of each game' });
    await games.getByText('Show as table').press('Enter');
    await expect(games.getByRole('row', { name: /^Explore/ })).toHaveText(/Explore\s*1\s*0\s*0\s*0/);
  });

  await test.step('paused after a question, nobody begins anything; resumed, they do', async () => {
    await page.getByRole('button', { name: 'Pause' }).press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Pause this experiment?' });
    await dialog.getByLabel('Why, for the log').fill('The octopus sleeps.');
    await dialog.getByRole('button', { name: 'Pause it' }).press('Enter');
    await expect(page.getByRole('list', { name: 'Alerts' })).toContainText('This experiment is paused');
    await expect(plays(ben)).rejects.toThrow();
    const waiting = await waitsAtTheDoor(browser, server.url);
    await page.getByRole('button', { name: 'Resume' }).press('Enter');
    await page.getByRole('dialog').getByRole('button', { name: 'Resume it' }).press('Enter');
    await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
    await isLetInByItself(waiting);
    await plays(ben);
    await expect(figure(page, 'Participants')).toHaveText('2');
  });

  await test.step('participants are found by where they are and by their numbers', async () => {
    await page.getByRole('link', { name: 'Participants' }).press('Enter');
    const rows = page.getByRole('region', { name: 'Participants' }).getByRole('row');
    await expect(rows).toHaveCount(3);
    await expectNothingInTheWay(page);
    await page.getByLabel('Where they are').selectOption('Playing');
    await page.getByRole('button', { name: 'Show' }).press('Enter');
    await expect(page).toHaveURL(/stage=playing/);
    await expect(rows).toHaveCount(2);
    await expect(rows.last()).toContainText(ben.playerId);
    await page.goto(`${server.url}/admin/experiments/${NAME}/participants?search=404`);
    await expect(page.getByText('Nobody is like that.')).toBeVisible();
  });

  await test.step('what is in force is told apart from what the file says', async () => {
    await page.goto(`${server.url}/admin/experiments/${NAME}/revisions`);
    await expect(page.getByText('The same as what is in force.')).toBeVisible();
    await expectNothingInTheWay(page);
  });

  await test.step('its data is there to be taken home, and who they are only after a question', async () => {
    await page.goto(`${server.url}/admin/experiments/${NAME}`);
    await hydrated(page);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download the data' }).press('Enter'),
    ]);
    expect(download.suggestedFilename()).toMatch(/^demo-[\d-]+\.tar\.gz$/);
    await page.getByRole('button', { name: 'With who they are' }).press('Enter');
    await expect(page.getByRole('dialog')).toContainText('audit log');
    const [personal] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download it' }).press('Enter'),
    ]);
    expect(personal.url()).toContain('personal=yes');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  });

  // Before the server ends: a page that loses its connection says so in the console.
  await page.close();
  for (const { client } of [ada, ben]) client.close();
});

test('a participant is shown nothing of it', async ({ signedInPage: page, faults }) => {
  faults.expect(/status of 403/);
  for (const path of ['', `/${NAME}`, `/${NAME}/participants`, `/${NAME}/revisions`, `/${NAME}/preflight`]) {
    await page.goto(`/admin/experiments${path}`);
    await expect(page.getByRole('heading', { name: 'This is not open to you' })).toBeVisible();
  }
});
