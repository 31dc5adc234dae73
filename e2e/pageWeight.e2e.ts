/*
 * Safety property: nobody waits for scripts: the first load of any page brings at most 150 kB of them, compressed.
 */
import { gzipSync } from 'node:zlib';
import type { Browser } from '@playwright/test';
import { ADMIN, expect, signIn, test } from './support/fixtures.ts';
import type { Player } from './support/player.ts';
import { startExplore } from './support/stage.ts';

const MOST_BYTES = 150_000;

const PATHS = [
  '/',
  '/register',
  '/login',
  '/privacy',
  '/games',
  '/games/explore',
  '/sessions',
  '/account',
  '/experiments',
  '/experiments/demo',
  '/nowhere',
];

const ADMIN_PATHS = [
  '/admin',
  '/admin/models',
  '/admin/experiments',
  '/admin/experiments/demo',
  '/admin/experiments/demo/participants',
  '/admin/experiments/demo/preflight',
  '/admin/experiments/demo/revisions',
  '/admin/characters',
  '/admin/characters/OCT',
  '/admin/characters/OCT/edit',
  '/admin/characters/new',
  '/admin/characters/compare',
];

interface Visitor {
  readonly browser: Browser;
  readonly url: string;
  readonly who: Pick<Player, 'accessKey'>;
}

/** The scripts of a first visit, compressed, in bytes. */
async function weigh({ browser, url, who }: Visitor, path: string): Promise<number> {
  await using context = await browser.newContext({ baseURL: url });
  await signIn(context, url, who);
  const page = await context.newPage();
  const sizes: Promise<number>[] = [];
  page.on('response', (response) => {
    if (response.request().resourceType() !== 'script') return;
    expect(response.headers()['content-encoding'], response.url()).toMatch(/^(br|gzip|zstd)$/);
    sizes.push(response.body().then((body) => gzipSync(body).length));
  });
  await page.goto(path, { waitUntil: 'networkidle' });
  await page.locator('html[data-hydrated]').waitFor();
  const all = await Promise.all(sizes);
  expect(all.length, path).toBeGreaterThan(0);
  return all.reduce((sum, size) => sum + size, 0);
}

async function expectLight(visitor: Visitor, paths: readonly string[]): Promise<void> {
  const weights: Record<string, number> = {};
  for (const path of paths) weights[path] = await weigh(visitor, path);
  console.log(weights);
  for (const [path, bytes] of Object.entries(weights)) expect(bytes, path).toBeLessThanOrEqual(MOST_BYTES);
}

test('the first load of every page brings at most 150 kB of scripts', async ({ browser, server, player }) => {
  const sessionId = await startExplore(player);
  const paths = [...PATHS, `/play/${sessionId}`, `/replay/${sessionId}`];
  await expectLight({ browser, url: server.url, who: player }, paths);
});

test('so does that of every page for administrators', async ({ browser, server }) => {
  await expectLight({ browser, url: server.url, who: ADMIN }, ADMIN_PATHS);
});
