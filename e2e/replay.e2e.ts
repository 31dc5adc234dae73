/*
 * Safety property: a session can be read again step by step, exactly as its log tells it, at any place and any speed, by mouse,
 * touch and keyboard; and reading changes nothing.
 */
import { readLog } from './support/player.ts';
import { BROKEN_CONNECTION } from './support/faults.ts';
import { expect, test } from './support/fixtures.ts';
import { expectFocusVisible, tabTo } from './support/focus.ts';
import { PHONE } from './support/screens.ts';
import { lastSeqOf, playedSession, replayOf } from './support/replay.ts';
import { hydrated, stageOf } from './support/stage.ts';

const AGAINST_THE_RULES = 'You come closer and sit down.';

test('from the list, step by step, with the state beside it', async ({ signedInPage: page, player }) => {
  const sessionId = await playedSession(player, 'I wave.', AGAINST_THE_RULES, '/finish');
  const log = await readLog(player, sessionId);
  const replay = replayOf(page);
  await page.goto('/sessions');
  await page.getByRole('link', { name: /^Replay/ }).click();
  await expect(page).toHaveURL(new RegExp(`/replay/${sessionId}`));
  await replay.expectStep(1);
  await expect(replay.current).toHaveText('The session begins');

  const scene = log.findIndex(({ data }) => data?.['opening'] === true) + 1;
  for (let seq = 2; seq <= log.length; seq += 1) {
    await replay.button('Next step').click();
    await replay.expectStep(seq);
    await expect(replay.record.locator('[data-kind="scene"]')).toHaveCount(seq >= scene ? 1 : 0);
    const event = log[seq - 1];
    if (event?.kind === 'withheld') await expect(replay.current).toContainText('withheld from you');
    if (event?.direction === 'inbound') await expect(replay.current).toContainText(event.content);
    const spent = event?.data?.['reason'] === 'input/against-rules';
    await expect(replay.state.getByText('was 10 of 10')).toHaveCount(spent ? 1 : 0);
    await expect(replay.current).toBeInViewport();
  }
  await expect(page.getByRole('heading', { name: 'The end' })).toBeInViewport();
  await expect(replay.state).toContainText('was In play');
  await expect(replay.button('Next step')).toHaveAttribute('aria-disabled', 'true');

  await replay.state.getByRole('tab', { name: 'JSON' }).click();
  await expect(replay.state.getByRole('region', { name: 'View' })).toContainText(
    '"finished": "player finished"',
  );
  await expect(replay.state.getByText(/^[\da-f]{64}$/)).toBeVisible();
  expect(await lastSeqOf(player, sessionId)).toBe(log.length);
});

test('an address leads to its step, and follows the step', async ({ signedInPage: page, player }) => {
  const sessionId = await playedSession(player, 'I wave.', 'I hum.', '/finish');
  const last = await lastSeqOf(player, sessionId);
  const replay = replayOf(page);
  await replay.open(sessionId, 5);
  await replay.expectStep(5);
  await replay.button('Previous step').click();
  await expect(page).toHaveURL(/\?at=4$/);
  await page.reload();
  await hydrated(page);
  await replay.expectStep(4);
  for (const [at, step] of [
    [9_999, last],
    [0, 1],
    [-4, 1],
  ] as const) {
    await replay.open(sessionId, at);
    await replay.expectStep(step);
  }
});

test('the scrubber goes anywhere at once', async ({ signedInPage: page, player }) => {
  const sessionId = await playedSession(player, 'I wave.', 'I hum.', '/finish');
  const log = await readLog(player, sessionId);
  const replay = replayOf(page);
  await replay.open(sessionId);
  await replay.scrubber.fill(String(log.length));
  await expect(page.getByRole('heading', { name: 'The end' })).toBeVisible();
  await replay.scrubber.fill('3');
  await expect(page.getByRole('heading', { name: 'The end' })).toBeHidden();
  await expect(replay.scrubber).toHaveAttribute(
    'aria-valuetext',
    new RegExp(`^Step 3 of ${log.length}, turn 1, 0:0\\d played$`),
  );
  await expect(replay.told).toBeEmpty();
  await replay.button('Last step').click();
  await replay.expectStep(log.length);
  await replay.button('First step').click();
  await replay.expectStep(1);
});

test('it plays by itself, faster and slower, and begins anew at the end', async ({
  signedInPage: page,
  player,
}) => {
  const sessionId = await playedSession(player, 'I wave.', 'I hum.', '/finish');
  const last = await lastSeqOf(player, sessionId);
  const replay = replayOf(page);
  await replay.open(sessionId);
  await replay.speed.selectOption('16×');
  await replay.button('Play').click();
  await expect(replay.button('Pause')).toBeVisible();
  await replay.expectStep(last);
  await expect(replay.button('Play')).toBeVisible();
  await replay.speed.selectOption('As played');
  await replay.button('Play').click();
  await replay.expectStep(last);
  await expect(replay.button('Play')).toBeVisible();
  // Slowly: what has come to its end by itself cannot be paused.
  await replay.speed.selectOption('0.5×');
  await replay.button('Play').click();
  await replay.expectStep(1);
  await replay.button('Pause').click();
  await expect(replay.told).toContainText(/^Paused\. Step \d+ of/);
});

test('everything goes by keyboard, and the keys can be turned off', async ({
  signedInPage: page,
  player,
}) => {
  const sessionId = await playedSession(player, 'I wave.', 'I hum.', '/finish');
  const log = await readLog(player, sessionId);
  const { keyboard } = page;
  const replay = replayOf(page);
  const secondTurn = log.findIndex(({ turn }) => turn === 2) + 1;
  await replay.open(sessionId);

  await keyboard.press('ArrowRight');
  await replay.expectStep(2);
  await expect(replay.told).toContainText(`Step 2 of ${log.length}. `);
  await keyboard.press('ArrowLeft');
  await replay.expectStep(1);
  await keyboard.press('Shift+ArrowRight');
  await replay.expectStep(secondTurn);
  await expect(replay.told).toContainText('I wave.');
  await keyboard.press('Shift+ArrowLeft');
  await replay.expectStep(1);
  await keyboard.press('End');
  await replay.expectStep(log.length);
  await keyboard.press('Home');
  await replay.expectStep(1);
  await keyboard.press('+');
  await expect(replay.speed).toHaveValue('2');
  await keyboard.press('-');
  await keyboard.press('-');
  await expect(replay.speed).toHaveValue('0.5');
  await keyboard.press('Space');
  await expect(replay.button('Pause')).toBeVisible();
  await keyboard.press('Space');
  await expect(replay.button('Play')).toBeVisible();

  // The scrubber has arrows of its own: one step for one press.
  await keyboard.press('Home');
  await tabTo(replay.scrubber);
  await keyboard.press('ArrowRight');
  await replay.expectStep(2);
  await keyboard.press('Space');
  await expect(replay.button('Pause')).toBeVisible();
  await keyboard.press('Space');

  // A button that has come to its end keeps the focus.
  await tabTo(replay.button('Last step'), 'Shift+Tab');
  await keyboard.press('Enter');
  await replay.expectStep(log.length);
  await expect(replay.button('Last step')).toBeFocused();
  await expectFocusVisible(page);

  await tabTo(replay.state.getByRole('tab', { name: 'Facts' }), 'Shift+Tab');
  await keyboard.press('ArrowRight');
  await expect(replay.state.getByRole('tab', { name: 'JSON' })).toBeFocused();
  await expect(replay.state.getByRole('region', { name: 'View' })).toBeVisible();
  await replay.expectStep(log.length);

  await keyboard.press('Shift+Tab');
  await keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(help).toBeVisible();
  await tabTo(help.getByRole('checkbox', { name: 'Use these keys' }));
  await keyboard.press('Space');
  await keyboard.press('Escape');
  await expect(help).toBeHidden();
  await keyboard.press('ArrowLeft');
  await keyboard.press('?');
  await expect(help).toBeVisible();
  await replay.expectStep(log.length);
});

test('whoever closes the help and asks for it again at once has it again', async ({
  signedInPage: page,
  player,
}) => {
  const sessionId = await playedSession(player, 'I wave.', '/finish');
  const replay = replayOf(page);
  await replay.open(sessionId);
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(help).toBeVisible();
  // As fast as no hand is, but a busy machine may be: the key comes before the browser has told that the dialog is closed.
  const wasClosed = await page.evaluate(`(async () => {
    const dialog = document.querySelector('dialog[open]');
    let isTold = false;
    dialog.addEventListener('close', () => (isTold = true));
    dialog.requestClose();
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
    const isClosed = !dialog.open && !isTold;
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: '?', bubbles: true }));
    await new Promise((resolve) => dialog.addEventListener('close', resolve));
    return isClosed;
  })()`);
  expect(wasClosed).toBe(true);
  await expect(help).toBeVisible();
});

test('a long session is loaded as it is needed, and little of it stands on the page', async ({
  signedInPage: page,
  player,
}) => {
  test.setTimeout(120_000);
  const commands = Array.from({ length: 230 }, () => '/help');
  const sessionId = await playedSession(player, 'I wave.', ...commands, '/finish');
  const last = await lastSeqOf(player, sessionId);
  expect(last).toBeGreaterThan(450);
  const replay = replayOf(page);
  await replay.open(sessionId);
  await replay.scrubber.fill('300');
  await expect(replay.current).toBeVisible();
  await expect(replay.record.getByText('/help', { exact: true }).first()).toBeAttached();
  expect(await replay.passages.count()).toBeLessThan(120);
  await replay.button('Last step').click();
  await expect(page.getByRole('heading', { name: 'The end' })).toBeVisible();
  await replay.button('Previous step').click();
  await replay.expectStep(last - 1);

  // Over the end of a page, without a stop.
  await replay.scrubber.fill('196');
  await replay.speed.selectOption('16×');
  await replay.button('Play').click();
  await expect.poll(async () => Number(await replay.scrubber.inputValue())).toBeGreaterThan(206);
  await replay.button('Pause').click();

  const before = await replay.passages.count();
  await page.getByRole('button', { name: 'Earlier lines' }).click();
  await expect.poll(() => replay.passages.count()).toBeGreaterThan(before);
});

test('a session that goes on is followed to its end', async ({ signedInPage: page, player }) => {
  const sessionId = await playedSession(player, 'I wave.');
  const replay = replayOf(page);
  await replay.open(sessionId, 9_999);
  await expect(page.getByRole('heading', { name: 'So far' })).toBeVisible();
  await replay.speed.selectOption('16×');
  await replay.button('Play').click();
  const session = await player.client.play.join(sessionId);
  await session.act('I hold out my hand.');
  await expect(replay.record.getByText('I hold out my hand.')).toBeVisible();
  await session.act('/finish');
  session.leave();
  await expect(page.getByRole('heading', { name: 'The end' })).toBeVisible();
  await expect(replay.button('Play')).toBeVisible();
});

test('reading does not wake a session, nor take its seat', async ({ signedInPage: page, player }) => {
  const sessionId = await playedSession(player, 'I wave.');
  const replay = replayOf(page);
  await replay.open(sessionId, 9_999);
  const last = await lastSeqOf(player, sessionId);
  await replay.button('First step').click();
  await replay.button('Last step').click();
  const log = await readLog(player, sessionId);
  expect(log.slice(last).map(({ kind }) => kind)).not.toContain('session_resumed');
});

test('what cannot be loaded is said, and comes when it is asked for again', async ({
  signedInPage: page,
  player,
  context,
  faults,
}) => {
  faults.expect(BROKEN_CONNECTION);
  const commands = Array.from({ length: 110 }, () => '/help');
  const sessionId = await playedSession(player, ...commands, '/finish');
  const last = await lastSeqOf(player, sessionId);
  const replay = replayOf(page);
  await replay.open(sessionId);
  await context.setOffline(true);
  await expect(page.getByText('You are offline.')).toBeVisible();
  await replay.button('Next step').click();
  await replay.expectStep(2);
  await replay.button('Last step').click();
  await context.setOffline(false);
  await expect(page.getByRole('heading', { name: 'The end' })).toBeVisible();
  await replay.expectStep(last);
});

test('a session that never began, and one that is not yours', async ({
  signedInPage: page,
  player,
  newPlayer,
  faults,
}) => {
  faults.expect(/status of 404/);
  const { sessionId } = await player.client.trpc.play.create.mutate({ game: 'explore' });
  await page.goto(`/replay/${sessionId}`);
  await expect(page.getByText('Nothing has happened in this session yet.')).toBeVisible();
  await page.getByRole('link', { name: 'Begin it' }).click();
  await expect(stageOf(page).turn(1)).toBeVisible();

  const other = await newPlayer('Bo Example');
  await page.goto(`/replay/${await playedSession(other, 'I wave.')}`);
  await expect(page.getByRole('heading', { name: 'Nothing here' })).toBeVisible();
});

test('a branch begins at the step that is shown, and knows where it came from', async ({
  signedInPage: page,
  player,
}) => {
  const sessionId = await playedSession(player, 'I wave.', 'I hum.', '/finish');
  const log = await readLog(player, sessionId);
  const at = log.findIndex(({ content }) => content === 'I hum.');
  const replay = replayOf(page);
  const stage = stageOf(page);
  await replay.open(sessionId, at);
  await page.getByRole('button', { name: 'Branch from here' }).click();
  const question = page.getByRole('dialog', { name: `Branch from step ${at}?` });
  await question.getByRole('button', { name: 'Branch' }).click();
  await expect(page).toHaveURL(/\/play\//);
  expect(page.url()).not.toContain(sessionId);
  await expect(stage.turn(2)).toBeVisible();
  await expect(stage.speeches.first()).toHaveText('I wave.');
  await expect(stage.record.getByText('I hum.')).toHaveCount(0);
  await stage.play('I sing.', 3);

  await page.getByRole('button', { name: 'Menu' }).click();
  await page.getByRole('link', { name: 'Replay from the beginning' }).click();
  await page.getByRole('link', { name: `step ${at} of another session` }).click();
  await expect(page).toHaveURL(new RegExp(`/replay/${sessionId}\\?at=${at}$`));
  expect(await lastSeqOf(player, sessionId)).toBe(log.length);
});

test.describe('on a phone', () => {
  test.use({ viewport: PHONE, hasTouch: true, isMobile: true });

  test('it is stepped through by touch, with the state at hand', async ({ signedInPage: page, player }) => {
    const sessionId = await playedSession(player, 'I wave.', 'I hum.', '/finish');
    const replay = replayOf(page);
    await replay.open(sessionId, 4);
    await expect(replay.state).toBeHidden();
    await page.getByRole('button', { name: 'State', exact: true }).tap();
    await expect(replay.state).toBeInViewport();
    for (const seq of [5, 6, 7]) {
      await replay.button('Next step').tap();
      await replay.expectStep(seq);
      await expect(replay.current).toBeInViewport();
      await expect(replay.state).toContainText(`after step ${seq}`);
    }
    for (const name of ['First step', 'Previous step', 'Play', 'Next step', 'Last step']) {
      const box = await replay.button(name).boundingBox();
      expect(Math.min(box?.width ?? 0, box?.height ?? 0), name).toBeGreaterThanOrEqual(44);
    }
    await page.getByRole('button', { name: 'State', exact: true }).tap();
    await expect(replay.state).toBeHidden();
    await replay.button('Play').tap();
    await expect(replay.button('Pause')).toBeVisible();
  });
});
