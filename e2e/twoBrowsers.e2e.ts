/*
 * Safety property: everybody who may see a session sees the same; nobody else sees or changes anything of it.
 */
import { DcsError } from '@dcs/api/client';
import { watchFaults } from './support/faults.ts';
import { expect, signIn, test } from './support/fixtures.ts';
import { readLog } from './support/player.ts';
import { expectPageToEqualLog, openScene, startExplore, stageOf } from './support/stage.ts';

test('two browsers of one player show the same session, whoever writes', async ({
  browser,
  server,
  signedInPage,
  player,
}) => {
  const sessionId = await startExplore(player);
  const here = await openScene(signedInPage, sessionId);
  await using context = await browser.newContext({ baseURL: server.url });
  const faults = watchFaults(context);
  await signIn(context, server.url, player);
  const there = stageOf(await context.newPage());
  await there.open(sessionId);
  await here.play('I wave.', 2);
  await expect(there.turn(2)).toBeVisible();
  await there.play('I sit down.', 3);
  await expect(here.turn(3)).toBeVisible();
  for (const stage of [here, there]) await expectPageToEqualLog(stage, player, sessionId);
  await here.say('/finish');
  for (const stage of [here, there]) await expect(stage.end).toBeVisible();
  expect(faults.found()).toEqual([]);
});

test("another player's session is not there, and stays as it was", async ({
  context,
  page,
  server,
  newPlayer,
  faults,
}) => {
  faults.expect(/status of 404/);
  const owner = await newPlayer('Bea Owner');
  const stranger = await newPlayer('Cy Stranger');
  await signIn(context, server.url, stranger);
  const sessionId = await startExplore(owner);
  await owner.client.trpc.play.open.mutate({ sessionId });
  const before = await readLog(owner, sessionId);

  const response = await page.goto(`/play/${sessionId}`);
  expect(response?.status()).toBe(404);
  await expect(page.getByRole('heading', { name: 'Nothing here' })).toBeVisible();
  await page.goto('/sessions');
  await expect(page.getByText('Nothing here yet.')).toBeVisible();
  const { trpc } = stranger.client;
  const attempts = [
    () => trpc.sessions.transcript.query({ sessionId }),
    () => trpc.play.open.mutate({ sessionId }),
    () => trpc.play.act.mutate({ sessionId, commandId: 'x', text: 'I wave.' }),
    () => trpc.play.close.mutate({ sessionId, commandId: 'y' }),
  ];
  for (const attempt of attempts) {
    const refusal = await attempt().then(
      () => null,
      (error: unknown) => error,
    );
    expect(refusal).toBeInstanceOf(DcsError);
    expect(refusal).toMatchObject({ reason: 'session/not-found' });
  }
  expect(await readLog(owner, sessionId)).toEqual(before);
});
