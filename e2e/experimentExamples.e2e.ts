/*
 * Safety property: each of the experiments that come with the product leads whoever is invited from the first page to the last
 * one, asks every form that it has, and counts on its dashboard exactly what was played and answered.
 */
import { ADMIN, expect, signIn, test as base } from './support/fixtures.ts';
import { participantOf } from './support/participant.ts';
import { connect } from './support/player.ts';
import type { Player } from './support/player.ts';

interface Fixtures {
  readonly admin: Player['client'];
}

const test = base.extend<Fixtures>({
  admin: async ({ server }, use) => {
    const client = connect(server.url, ADMIN.accessKey);
    await use(client);
    client.close();
  },
});

test.use({ pace: 0 });
test.describe.configure({ timeout: 120_000 });

/** What the dashboard says of an experiment in which one participant has done everything. */
async function expectCounted(
  admin: Player['client'],
  name: string,
  { sessions, answered }: { sessions: number; answered: readonly string[] },
): Promise<void> {
  const seen = await admin.admin.experiment.query({ name });
  expect(seen.funnel.map(({ participants }) => participants)).toEqual([1, 1, 1, 1, 1]);
  expect(seen.stages).toMatchObject({ finished: 1, playing: 0, interrupted: 0 });
  const completed = seen.characters.map((cell) => cell.completed);
  expect(completed.reduce((sum, count) => sum + count, 0)).toBe(sessions);
  // Whoever meets somebody again has one place with them.
  expect(seen.characters.map(({ holding }) => holding)).toEqual(completed.map(() => 1));
  expect(seen.sessionsInFlight).toEqual([]);
  expect(seen.alerts).toEqual([]);
  const timesOf = (form: string): number => answered.filter((one) => one === form).length;
  expect(Object.fromEntries(seen.forms.map((form) => [form.name, form.submitted]))).toEqual(
    Object.fromEntries(seen.forms.map((form) => [form.name, timesOf(form.name)])),
  );
  // Nothing that could be asked was left out.
  expect(seen.forms.filter(({ submitted }) => submitted === 0)).toEqual([]);
}

test('demo: somebody who does not say who they are plays whatever there is', async ({
  page,
  server,
  admin,
}) => {
  let client: Player['client'] | null = null;
  const participant = participantOf(page, () => {
    if (client === null) throw new Error('They have no key yet.');
    return client;
  });
  await participant.comeTo('demo');
  client = connect(server.url, await page.getByTestId('access-key').innerText());
  await page.getByLabel('I have saved my key').check();
  await page.getByRole('button', { name: 'Go on to the experiment' }).click();
  await expect(participant.now).toHaveText('Choose your next session');
  const done = await participant.goThrough({ experiment: 'demo', actions: 1 });
  client.close();
  expect(done.sessions).toBe(5);
  await expect(page.getByTestId('completion-code')).toHaveCount(0);
  await expectCounted(admin, 'demo', done);
});

const STUDIES = [
  { experiment: 'usability', actions: 4, askedMidway: true, sessions: 2, code: /^[2-9A-Z]{10}$/ },
  { experiment: 'human-benchmark', actions: 1, sessions: 4, code: /^[2-9A-Z]{10}$/ },
  { experiment: 'expert-evaluation', actions: 1, sessions: 4, code: null },
  { experiment: 'training', actions: 1, sessions: 5, code: /^FIVE-MEETINGS$/ },
] as const;

for (const { sessions, code, ...visit } of STUDIES) {
  test(`${visit.experiment}: somebody who was invited goes from the consent to the end`, async ({
    context,
    page,
    server,
    player,
    admin,
  }) => {
    await signIn(context, server.url, player);
    const participant = participantOf(page, () => player.client);
    await participant.comeTo(visit.experiment);
    await expect(participant.now).toHaveText('First, a few questions');
    const done = await participant.goThrough(visit);
    expect(done.sessions).toBe(sessions);
    if (code === null) await expect(page.getByTestId('completion-code')).toHaveCount(0);
    else await expect(page.getByTestId('completion-code')).toHaveText(code);
    await expectCounted(admin, visit.experiment, done);
  });
}
