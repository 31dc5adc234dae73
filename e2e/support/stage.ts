import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import type { EventDto } from '@dcs/api/client';
import { readLog } from './player.ts';
import type { Player } from './player.ts';

/** The cast of the tests: a person whose actions need no special body, and somebody who is not one. */
export const CAST = { pc: 'AMA', npc: 'OCT' } as const;

/** Creates a session of Explore; its page opens the scene. */
export async function startExplore({ client }: Player): Promise<string> {
  const { sessionId } = await client.trpc.play.create.mutate({ game: 'explore', ...CAST });
  return sessionId;
}

/** Until scripts have taken over a page that the server rendered. */
export async function hydrated(page: Page): Promise<void> {
  await page.locator('html[data-hydrated]').waitFor();
}

/** The play page as its reader knows it. */
export function stageOf(page: Page) {
  const record = page.getByRole('log', { name: 'What has happened' });
  const field = page.getByRole('textbox', { name: /^What does .+ do\?$/ });
  const speeches = record.locator('[data-kind="speech"] .text');

  const turn = (count: number): Locator => page.getByText(`${count} of 50 turns`, { exact: true });

  async function say(text: string): Promise<void> {
    await field.fill(text);
    await field.press('Enter');
  }

  return {
    page,
    record,
    field,
    speeches,
    scene: record.locator('[data-kind="scene"]'),
    /** The reply as it is written. */
    draft: page.getByTestId('draft'),
    end: page.getByRole('heading', { name: 'The end' }),
    /** Visible when this many turns, the opening included, are complete. */
    turn,
    say,
    /** Says something and waits for the reply; `count` is how many turns there are then. */
    async play(text: string, count: number): Promise<void> {
      await say(text);
      await expect(turn(count)).toBeVisible();
    },
    /** `origin` when it is not that of the test's server. */
    async open(sessionId: string, origin = ''): Promise<void> {
      await page.goto(`${origin}/play/${sessionId}`);
      await hydrated(page);
    },
  };
}

export type Stage = ReturnType<typeof stageOf>;

/** Opens a session that has not been played yet and waits for its scene. */
export async function openScene(page: Page, sessionId: string, origin = ''): Promise<Stage> {
  const stage = stageOf(page);
  await stage.open(sessionId, origin);
  await expect(stage.turn(1)).toBeVisible();
  await expect(stage.scene).toBeVisible();
  return stage;
}

/** What was said, without the marks of emphasis, which are not shown. */
function spoken(log: readonly EventDto[]): string[] {
  const said = log.filter(
    ({ kind, source, data }) => kind === 'message' && source !== 'system' && data?.['opening'] !== true,
  );
  return said.map(({ content, format }) =>
    format === 'markdown' ? content.replaceAll(/[*_]/g, '') : content,
  );
}

/** What the page shows is what the log holds: each line once, in order, and nothing else. */
export async function expectPageToEqualLog(stage: Stage, player: Player, sessionId: string): Promise<void> {
  const log = await readLog(player, sessionId);
  expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index + 1));
  await expect(stage.scene).toHaveCount(1);
  await expect(stage.speeches).toHaveText(spoken(log));
}
