/*
 * Safety property: whatever people write is shown as what they wrote; nothing of it runs, loads, links to code or breaks a page.
 */
import { expect, test } from './support/fixtures.ts';
import { signIn } from './support/fixtures.ts';
import { expectPageToEqualLog, hydrated, openScene, startExplore, stageOf } from './support/stage.ts';

const HOSTILE: readonly (readonly [name: string, text: string])[] = [
  ['a script', `<script>alert('x')</script> I wave.`],
  ['an image that fails', `<img src=x onerror="alert('x')"> I wave.`],
  ['a link that runs', `[wave](javascript:alert('x')) <a href="javascript:alert(1)">I wave</a>`],
  ['an svg', `<svg/onload=alert(1)> and <iframe srcdoc="<script>alert(1)</script>"></iframe>`],
  ['templates', '{{constructor.constructor("alert(1)")()}} ${alert(1)} {@html "<b>x</b>"}'],
  ['emoji', 'I wave 👋🏽 with 👨‍👩‍👧‍👦 and 🏳️‍🌈.'],
  ['right to left', 'אני מנופף לשלום, ثم أجلس.'],
  ['signs that turn the line around', 'I \u202Ewave\u202C and \u2066sit\u2069 down.'],
  ['nothing that can be seen between letters', 'I w\u200Bave\u200D\uFEFF.'],
  ['markdown', '# I **wave** `now` | a | b |\n> - [x] 1. ~~no~~'],
];

for (const [name, text] of HOSTILE) {
  test(`what a player writes is only text: ${name}`, async ({ signedInPage: page, player }) => {
    const sessionId = await startExplore(player);
    const stage = await openScene(page, sessionId);
    await stage.say(text.replaceAll('\n', ' '));
    const said = stage.speeches.first();
    await expect(said).toBeVisible();
    expect(await said.textContent()).toContain(text.replaceAll('\n', ' ').trim());
    await expect(
      page.locator('.record :is(script, img, iframe, svg[onload], a[href^="javascript:"])'),
    ).toHaveCount(0);
    await expect(stage.field).toBeEditable();
    await page.reload();
    await hydrated(page);
    expect(await stage.speeches.first().textContent()).toContain(text.replaceAll('\n', ' ').trim());
    await expect(page.locator('.record :is(script, img, iframe, a[href^="javascript:"])')).toHaveCount(0);
    await expectPageToEqualLog(stage, player, sessionId);
  });
}

test('a name that is markup is shown as it was written', async ({ context, page, server, newPlayer }) => {
  const name = `<img src=x onerror=alert(1)> "Robert'); DROP" & שלום 👋`;
  const player = await newPlayer(name);
  await signIn(context, server.url, player);
  for (const path of ['/', '/account']) {
    await page.goto(path);
    await hydrated(page);
    await expect(page.getByText(name)).toBeVisible();
    await expect(page.locator('img')).toHaveCount(0);
  }
});

test('more than 350 characters cannot be sent, and are not lost', async ({ signedInPage: page, player }) => {
  const stage = await openScene(page, await startExplore(player));
  const long = `I wave${' and wave'.repeat(40)}.`;
  await stage.field.fill(long);
  await expect(page.getByText(`${long.length - 350} characters too many`)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Send' })).toBeDisabled();
  await stage.field.press('Enter');
  await expect(stage.field).toHaveValue(long);
  await expect(stage.speeches).toHaveCount(0);
  // People count an emoji as one.
  await stage.field.fill('👋'.repeat(350));
  await expect(page.getByRole('button', { name: 'Send' })).toBeEnabled();
  await stage.field.fill('👋'.repeat(351));
  await expect(page.getByRole('button', { name: 'Send' })).toBeDisabled();
  await stage.field.fill(long.slice(0, 300));
  await stage.field.press('Enter');
  await expect(stage.turn(2)).toBeVisible();
});

test('strange addresses lead to a page that says so', async ({ signedInPage: page, faults }) => {
  faults.expect(/status of 40[0-9]/);
  const strange = [
    '/play/%3Cscript%3Ealert(1)%3C%2Fscript%3E',
    '/play/..%2F..%2Fetc',
    `/play/${'x'.repeat(2000)}`,
  ];
  for (const path of [...strange, '/games/%00', '/sessions?before=%3Cb%3E', '/login?next=//evil.example']) {
    const response = await page.goto(path);
    expect(response?.status(), path).toBeLessThan(500);
    await expect(page.locator('main')).toBeVisible();
  }
  await hydrated(page);
  await expect(stageOf(page).record).toHaveCount(0);
});
