/*
 * Safety property: a file that is changed while an experiment runs changes nothing by itself. Whoever runs the experiment
 * learns of it, sees what is different, and puts exactly that in force; what was given before stays what it was.
 */
import { ADMIN, expect, signIn, test } from './support/fixtures.ts';
import { tabTo } from './support/focus.ts';
import { expectNothingInTheWay } from './support/obstacles.ts';
import { register } from './support/player.ts';
import { createProject } from './support/project.ts';
import { startServerProcess } from './support/serverProcess.ts';
import { hydrated } from './support/stage.ts';

const NAME = 'pilot';
const fileWith = (most: number, title = 'A pilot study'): string =>
  [
    `name: ${NAME}`,
    `title: ${title}`,
    'games:',
    '  - name: explore',
    `assignment: { maxPerParticipant: ${most} }`,
  ].join('\n');

test('a changed file is noticed, looked through and put in force by keyboard', async ({
  context,
  page,
  faults,
}) => {
  test.setTimeout(120_000); // It starts a server of its own.
  faults.expect(/status of 409/); // What is not put in force is refused.
  await using project = await createProject();
  await project.write(NAME, fileWith(1));
  await using server = await startServerProcess({
    env: { ADMIN_KEY: ADMIN.accessKey },
    projectDir: project.folder,
  });
  const of = { name: NAME };
  const [ada, ben] = [await register(server.url), await register(server.url, 'Ben Example')];
  await signIn(context, server.url, ADMIN);
  await ada.client.experiments.join.mutate(of);
  const row = page.getByRole('row', { name: /A pilot study/ });

  await test.step('what the file says otherwise stands on the list, and as an alert by itself', async () => {
    await page.goto(`${server.url}/admin/experiments`);
    await hydrated(page);
    await expect(row).toContainText('Open');
    await project.write(NAME, fileWith(2, 'A longer study'));
    await page.reload();
    await hydrated(page);
    await expect(row).toContainText('Its files say something else');
    // Whatever is recorded has the server look again.
    await ben.client.experiments.join.mutate(of);
    await expect(row).toContainText('1 note', { timeout: 20_000 });
    await expectNothingInTheWay(page);
  });

  await test.step('meanwhile everybody goes by what is in force', async () => {
    const { participant, title } = await ben.client.experiments.setup.query(of);
    expect({ title, most: participant?.most }).toEqual({ title: 'A pilot study', most: 1 });
  });

  await test.step('the differences are told key by key', async () => {
    await tabTo(page.getByRole('link', { name: 'A pilot study' }));
    await page.keyboard.press('Enter');
    await expect(page.getByRole('list', { name: 'Alerts' })).toContainText(
      'says something else than what is in force',
    );
    await tabTo(page.getByRole('link', { name: 'Revisions' }));
    await page.keyboard.press('Enter');
    await expect(page.getByRole('row', { name: /assignment\.maxPerParticipant/ })).toHaveText(/1\s*2/);
    await expect(page.getByRole('row', { name: /title/ })).toContainText('A longer study');
    await expectNothingInTheWay(page);
  });

  await test.step('what was changed after somebody looked is not put in force unseen', async () => {
    await project.write(NAME, fileWith(3, 'A longer study'));
    await tabTo(page.getByRole('button', { name: 'Put in force' }));
    await page.keyboard.press('Enter');
    await tabTo(page.getByRole('dialog').getByRole('button', { name: 'Put it in force' }));
    await page.keyboard.press('Enter');
    await expect(page.getByRole('alert')).toContainText('Look at the changes again');
    await expect(page.getByRole('alert')).toBeFocused();
    await expect(page.getByRole('row', { name: /assignment\.maxPerParticipant/ })).toHaveText(/1\s*3/);
  });

  await test.step('put in force after a question, it counts from then on', async () => {
    await tabTo(page.getByRole('button', { name: 'Put in force' }));
    await page.keyboard.press('Enter');
    await tabTo(page.getByRole('dialog').getByRole('button', { name: 'Put it in force' }));
    await page.keyboard.press('Enter');
    await expect(page.getByText('The same as what is in force.')).toBeVisible();
    await expect(page.getByRole('region', { name: 'What was in force' }).getByRole('listitem')).toHaveCount(
      2,
    );
    const { participant, title } = await ben.client.experiments.setup.query(of);
    expect({ title, most: participant?.most }).toEqual({ title: 'A longer study', most: 3 });
  });

  await test.step('a file that cannot be used is not taken for one that is gone: it says what is to be mended', async () => {
    await project.write(NAME, fileWith(0, 'A longer study'));
    await page.reload();
    await expect(page.getByText('Until it is mended, the file cannot be put in force.')).toBeVisible();
    await expect(page.getByText('assignment.maxPerParticipant')).toBeVisible();
    await expectNothingInTheWay(page);
    await project.write(NAME, fileWith(3, 'A longer study'));
    await page.reload();
    await expect(page.getByText('The same as what is in force.')).toBeVisible();
  });

  await test.step('a participant is found by keyboard, by number', async () => {
    await page.goto(`${server.url}/admin/experiments/${NAME}/participants`);
    await hydrated(page);
    const rows = page.getByRole('region', { name: 'Participants' }).getByRole('row');
    await expect(rows).toHaveCount(3);
    await tabTo(page.getByLabel('Ordered by'));
    await page.keyboard.press('ArrowDown');
    await tabTo(page.getByLabel('Number, player or completion code'));
    await page.keyboard.type('2');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/order=\w+&search=2/);
    await expect(rows).toHaveCount(2);
    await expect(rows.last()).toContainText(ben.playerId);
  });

  // Before the server ends: a page that loses its connection says so in the console.
  await page.close();
  for (const { client } of [ada, ben]) client.close();
});
