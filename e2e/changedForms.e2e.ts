/*
 * Safety property: nobody agrees to what they were not shown. When questions change while somebody has them open, nothing is
 * taken: they are shown the new ones, with what they wrote where it fits, and are told so; with scripts and without.
 */
import type { Page } from '@playwright/test';
import { ADMIN, expect, signIn, test } from './support/fixtures.ts';
import { connect, register } from './support/player.ts';
import { createProject } from './support/project.ts';
import { startServerProcess } from './support/serverProcess.ts';
import { hydrated } from './support/stage.ts';

const NAME = 'pilot';
const PATH = `/experiments/${NAME}`;

const fileWith = (edition: number, ...more: readonly string[]): string =>
  [
    `name: ${NAME}`,
    'games:',
    '  - name: explore',
    'forms:',
    '  - name: consent',
    `    version: ${edition}`,
    '    trigger: { event: before-all-assignments }',
    '    questions:',
    `      - { key: agreed, prompt: I agree to edition ${edition}, type: bool, mustBe: true }`,
    '      - { key: remark, prompt: Your remark, type: string }',
    ...more,
  ].join('\n');

const NOTICE = [
  '  - name: notice',
  '    trigger: { event: before-all-assignments }',
  '    questions:',
  '      - { prompt: Sessions are recorded. }',
];

async function fill(page: Page, edition: number): Promise<void> {
  await page.getByRole('checkbox', { name: `I agree to edition ${edition}` }).check();
  await page.getByLabel('Your remark').fill('Written before');
}

test('questions that change while they are open are shown anew, with what was written', async ({
  browser,
  faults,
}) => {
  test.setTimeout(120_000); // It starts a server of its own.
  faults.expect(/status of 409/);
  await using project = await createProject();
  await project.write(NAME, fileWith(1));
  await using server = await startServerProcess({
    env: { ADMIN_KEY: ADMIN.accessKey },
    projectDir: project.folder,
  });
  const admin = connect(server.url, ADMIN.accessKey);
  const putInForce = async (yaml: string): Promise<void> => {
    await project.write(NAME, yaml);
    const { file } = await admin.admin.experimentRevisions.query({ name: NAME });
    await admin.admin.reviseExperiment.mutate({ name: NAME, revision: file?.revision ?? '' });
  };

  for (const javaScriptEnabled of [true, false]) {
    await test.step(javaScriptEnabled ? 'with scripts' : 'without scripts', async () => {
      const [first, second] = javaScriptEnabled ? [1, 2] : [3, 4];
      if (!javaScriptEnabled) await putInForce(fileWith(first));
      const player = await register(server.url);
      const { experiments } = player.client;
      await experiments.join.mutate({ name: NAME });
      const context = await browser.newContext({ baseURL: server.url, javaScriptEnabled });
      await signIn(context, server.url, player);
      const page = await context.newPage();
      await page.goto(PATH);
      if (javaScriptEnabled) await hydrated(page);
      await fill(page, first);
      await putInForce(fileWith(second));
      await page.getByRole('button', { name: 'Send answers' }).click();
      await expect(page.getByRole('alert')).toContainText('The questions have changed');
      await expect(page.getByRole('checkbox', { name: `I agree to edition ${second}` })).toBeVisible();
      await expect(page.getByLabel('Your remark')).toHaveValue('Written before');
      if (javaScriptEnabled) await expect(page.getByRole('alert')).toBeFocused();

      await putInForce(fileWith(second, ...NOTICE));
      await fill(page, second);
      await page.getByRole('button', { name: 'Send answers' }).click();
      await expect(page.getByText('Sessions are recorded.')).toBeVisible();
      await expect(page.getByRole('alert')).toContainText('The questions have changed');
      await page.getByRole('button', { name: 'Send answers' }).click();
      await expect(page.getByRole('alert')).toHaveCount(0);
      await expect(page.getByRole('heading', { level: 2, name: 'Your next session' })).toBeVisible();
      const { forms } = await player.client.players.exportMyData.query();
      expect(Object.fromEntries(forms.map(({ form, version }) => [form, version]))).toEqual({
        consent: second,
        notice: 1,
      });
      await context.close();
      player.client.close();
    });
  }
  admin.close();
});
