import { test as base, expect } from '@playwright/test';
import type { BrowserContext, Page } from '@playwright/test';
import { openBadLine } from './badLine.ts';
import type { BadLine } from './badLine.ts';
import { BROKEN_CONNECTION, watchFaults } from './faults.ts';
import type { Faults } from './faults.ts';
import { register } from './player.ts';
import type { Player } from './player.ts';
import { startServerProcess } from './serverProcess.ts';
import type { ServerProcess } from './serverProcess.ts';

interface TestFixtures {
  /** What went wrong unnoticed in `context`; anything unexpected fails the test. */
  readonly faults: Faults;
  /** Registers somebody; their client is closed after the test. */
  readonly newPlayer: (fullName?: string) => Promise<Player>;
  readonly player: Player;
  /** A page of the browser in which `player` is signed in. */
  readonly signedInPage: Page;
  /** A line to the server that can be cut, over which `player` is signed in; what its breaks cause is expected. */
  readonly badLine: BadLine;
}

interface WorkerFixtures {
  /** Milliseconds per word of the simulated character. */
  readonly pace: number;
  /** One server for all tests of a worker that ask for the same pace. */
  readonly server: ServerProcess;
}

/** The key of the administrator of every server that a test is given. */
export const ADMIN: Pick<Player, 'accessKey'> = { accessKey: `dcs-ak-${'a'.repeat(43)}` };

/** Signs a browser in, as the sign-in page does. */
export async function signIn(
  context: BrowserContext,
  url: string,
  { accessKey }: Pick<Player, 'accessKey'>,
): Promise<void> {
  await context.addCookies([{ name: 'dcs-key', value: accessKey, url, httpOnly: true, sameSite: 'Lax' }]);
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  pace: [5, { option: true, scope: 'worker' }],
  server: [
    async ({ pace }, use) => {
      await using server = await startServerProcess({
        env: { SCRIPTED_PACE_MS: String(pace), ADMIN_KEY: ADMIN.accessKey },
      });
      await use(server);
    },
    { scope: 'worker', timeout: 90_000 },
  ],
  baseURL: ({ server }, use) => use(server.url),
  faults: [
    async ({ context }, use) => {
      const faults = watchFaults(context);
      await use(faults);
      expect(faults.found(), 'Nothing goes wrong unnoticed.').toEqual([]);
    },
    { auto: true },
  ],
  newPlayer: async ({ server }, use) => {
    const players: Player[] = [];
    await use(async (fullName) => {
      const player = await register(server.url, fullName);
      players.push(player);
      return player;
    });
    for (const { client } of players) client.close();
  },
  player: async ({ newPlayer }, use) => use(await newPlayer()),
  signedInPage: async ({ context, page, server, player }, use) => {
    await signIn(context, server.url, player);
    await use(page);
  },
  badLine: async ({ context, server, player, faults }, use) => {
    faults.expect(BROKEN_CONNECTION);
    await using line = await openBadLine(server.url);
    await signIn(context, line.url, player);
    await use(line);
  },
});

export { expect } from '@playwright/test';
