import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import type { Player } from './player.ts';
import { hydrated, startExplore } from './stage.ts';

/** Plays a session of Explore through the client; it is left as it is then. */
export async function playedSession(player: Player, ...texts: readonly string[]): Promise<string> {
  const sessionId = await startExplore(player);
  const session = await player.client.play.join(sessionId);
  for (const text of texts) await session.act(text);
  session.leave();
  return sessionId;
}

/** How many events the log of a session has. */
export async function lastSeqOf({ client }: Player, sessionId: string): Promise<number> {
  return (await client.sessions.status.query({ sessionId })).lastSeq;
}

/** The replay page as its reader knows it. */
export function replayOf(page: Page) {
  const record = page.getByRole('region', { name: 'What has happened so far' });
  const transport = page.getByRole('region', { name: 'Replay' });
  const button = (name: string): Locator => transport.getByRole('button', { name, exact: true });
  const scrubber = page.getByRole('slider', { name: 'Step' });

  return {
    page,
    record,
    passages: record.locator('[data-kind]'),
    /** The passage of the step that is shown. */
    current: record.locator('[aria-current="step"]'),
    state: page.getByRole('region', { name: 'State', exact: true }),
    speed: page.getByLabel('Speed'),
    scrubber,
    button,
    /** What a screen reader has been told last. */
    told: page.locator('p[role="status"].sr-only'),
    /** `at` when it is not the first step. */
    async open(sessionId: string, at?: number): Promise<void> {
      await page.goto(`/replay/${sessionId}${at === undefined ? '' : `?at=${at}`}`);
      await hydrated(page);
    },
    async expectStep(at: number): Promise<void> {
      await expect(scrubber).toHaveValue(String(at));
    },
  };
}
