/*
 * Safety property: nobody waits for scripts: the first load of any page brings at most 150 kB of them, compressed.
 */
import { gzipSync } from 'node:zlib';
import { expect, signIn, test } from './support/fixtures.ts';
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
  '/nowhere',
];

test('the first load of every page brings at most 150 kB of scripts', async ({ browser, server, player }) => {
  const sessionId = await startExplore(player);
  const weights: Record<string, number> = {};
  for (const path of [...PATHS, `/play/${sessionId}`, `/replay/${sessionId}`]) {
    await using context = await browser.newContext({ baseURL: server.url });
    await signIn(context, server.url, player);
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
    weights[path.replace(sessionId, ':id')] = all.reduce((sum, size) => sum + size, 0);
  }
  console.log(weights);
  for (const [path, bytes] of Object.entries(weights)) expect(bytes, path).toBeLessThanOrEqual(MOST_BYTES);
});
