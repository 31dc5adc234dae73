/** Takes the pictures of the README from a real server, with a session of its own: `node scripts/screenshots.ts`. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { chromium } from '@playwright/test';
import type { Browser, Page } from '@playwright/test';
import { register } from '../e2e/support/player.ts';
import type { Player } from '../e2e/support/player.ts';
import { startServerProcess } from '../e2e/support/serverProcess.ts';
import { findBrowser } from './lib/browser.mjs';

const FOLDER = path.resolve(import.meta.dirname, '../docs/images');
const DESKTOP = { width: 1280, height: 800 };
const PICTURES = [
  { name: 'play-light', colorScheme: 'light', viewport: DESKTOP, scale: 1 },
  { name: 'play-dark', colorScheme: 'dark', viewport: DESKTOP, scale: 1 },
  { name: 'play-phone', colorScheme: 'light', viewport: { width: 390, height: 844 }, scale: 2 },
] as const;
const MOVES = [
  'I rest my hand on the rim of the tank, and hold still.',
  'I lower a mussel into the water on my open palm.',
  'I tap the glass twice, gently.',
];

interface Shot {
  readonly url: string;
  readonly player: Player;
  readonly sessionId: string;
}

async function playAwhile(player: Player): Promise<string> {
  const { client } = player;
  const session = await client.play.start({ game: 'explore', pc: 'AMA', npc: 'OCT' });
  for (const move of MOVES) await session.act(move);
  session.leave();
  return session.sessionId;
}

/** The newest lines at the foot, as one sees them in play. */
async function showEnd(page: Page): Promise<void> {
  await page.locator('html[data-hydrated]').waitFor();
  await page.getByText(`${MOVES.length + 1} of 50 turns`).waitFor();
  await page.getByRole('log').locator('[data-kind="speech"]').last().scrollIntoViewIfNeeded();
  await page.evaluate('scrollTo(0, document.documentElement.scrollHeight)');
  await page.evaluate('document.fonts.ready.then(() => true)');
}

async function takePictures(browser: Browser, { url, player, sessionId }: Shot): Promise<void> {
  for (const { name, colorScheme, viewport, scale } of PICTURES) {
    await using context = await browser.newContext({
      viewport,
      colorScheme,
      deviceScaleFactor: scale,
      reducedMotion: 'reduce',
      locale: 'en-GB',
    });
    await context.addCookies([{ name: 'dcs-key', value: player.accessKey, url, httpOnly: true }]);
    const page = await context.newPage();
    await page.goto(`${url}/play/${sessionId}`);
    await showEnd(page);
    const file = path.join(FOLDER, `${name}.png`);
    await page.screenshot({ path: file });
    console.log(path.relative(process.cwd(), file));
  }
}

await mkdir(FOLDER, { recursive: true });
await using server = await startServerProcess({ env: { SCRIPTED_PACE_MS: '0' } });
const player = await register(server.url);
const sessionId = await playAwhile(player);
const { executablePath, args, env } = findBrowser();
const definedEnv = Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined);
const browser = await chromium.launch({ executablePath, args, env: Object.fromEntries(definedEnv) });
try {
  await takePictures(browser, { url: server.url, player, sessionId });
} finally {
  await browser.close();
  player.client.close();
}
