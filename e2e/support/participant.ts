import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import type { DcsClient } from '@dcs/api/client';
import { answerGroup } from './answers.ts';
import type { FormGroup } from './answers.ts';
import { hydrated, stageOf } from './stage.ts';

/** What games ask when they are over; each of them is answered. */
const CLOSING: Readonly<Record<string, readonly string[]>> = {
  teamwork: ['What was hard about working together'],
  'infer-intent': ['What did the other one want?', 'How sure are you of that'],
  'goal-horizon': ['How far do the goals of the other one reach?', 'How sure are you of that'],
};

const CLOSING_ANSWER = 'It was after food, and hid whenever I came too near.';
const ACTION = 'I wave and wait.';
/** More steps than any example of ours has. */
const MOST_STEPS = 60;

export interface Visit {
  readonly experiment: string;
  /** How many actions they take in a session before they finish it. */
  readonly actions: number;
  /** Whether something is asked after these actions, in the middle of a session. */
  readonly askedMidway?: boolean;
}

/** Somebody who takes part in an experiment as its pages lead them; `client` is theirs. */
export function participantOf(page: Page, client: () => DcsClient) {
  const stage = stageOf(page);
  const now = page.locator('#now');
  const asking = page.locator('form', { has: page.locator('input[name="groupId"]') });

  /** What a form on the page asks. */
  async function groupIn(form: Locator, experiment: string): Promise<FormGroup> {
    const groupId = await form.locator('input[name="groupId"]').inputValue();
    const { pendingFormGroups } = await client().experiments.setup.query({ name: experiment });
    const group = pendingFormGroups.find((one) => one.groupId === groupId);
    if (group === undefined) throw new Error(`The page asks ${groupId}, and the experiment does not.`);
    return group;
  }

  /** Answers what is asked here, and resolves with the names of the forms when it is gone. */
  async function answer(form: Locator, experiment: string): Promise<readonly string[]> {
    const group = await groupIn(form, experiment);
    const shown = page.locator(`input[name="groupId"][value="${group.groupId}"]`);
    await answerGroup(form, group);
    await expect(shown).toHaveCount(0);
    return group.forms.map(({ name }) => name);
  }

  async function choose(turn: number): Promise<void> {
    const games = page.locator('.now a[href*="?game="]');
    await games.nth(turn % (await games.count())).click();
    await expect(page.getByText('2. Your character')).toHaveAttribute('aria-current', 'step');
    const character = page.locator('a.option, button.option').first();
    const isLast = (await page.locator('button.option').count()) > 0;
    await character.click();
    if (!isLast) await page.locator('button.option').first().click();
    await expect(now).not.toHaveText('Choose your next session');
  }

  async function play(visit: Visit): Promise<readonly string[]> {
    const sessionId = new URL(page.url()).pathname.split('/').at(-1) ?? '';
    const { session } = await client().sessions.get.query({ sessionId });
    const answered: string[] = [];
    const turn = (count: number) => page.getByText(new RegExp(`^${count} of \\d+ turns$`));
    await expect(turn(1)).toBeVisible();
    for (let action = 1; action <= visit.actions; action += 1) {
      await stage.say(ACTION);
      await expect(turn(action + 1)).toBeVisible();
    }
    if (visit.askedMidway === true) answered.push(...(await answer(asking, visit.experiment)));
    await stage.say('/finish');
    for (const question of CLOSING[session.game] ?? []) {
      await expect(stage.record.getByText(question)).toBeVisible();
      await stage.say(CLOSING_ANSWER);
    }
    await expect(stage.end).toBeVisible();
    // What the experiment knows of its end decides what stands here; while the form is loaded, a link stands in for it.
    const onwards = page.locator('#onwards');
    await expect(asking.or(onwards.filter({ hasText: /next session|questions|last page/ }))).toBeVisible();
    while ((await asking.count()) > 0) answered.push(...(await answer(asking, visit.experiment)));
    await onwards.click();
    await expect(now).toBeVisible();
    return answered;
  }

  /** Does whatever is to be done next until there is no more, from wherever they stand. */
  async function goThrough(visit: Visit): Promise<{ sessions: number; answered: readonly string[] }> {
    const answered: string[] = [];
    let sessions = 0;
    for (let step = 0; step < MOST_STEPS; step += 1) {
      const what = await now.innerText();
      if (what === 'Thank you') return { sessions, answered };
      if ((await asking.count()) > 0) {
        answered.push(...(await answer(asking.first(), visit.experiment)));
      } else if (what === 'Choose your next session') {
        await choose(sessions);
      } else if (what === 'Your next session') {
        await page.getByRole('button', { name: 'Begin' }).click();
        await page.waitForURL('**/play/*');
        answered.push(...(await play(visit)));
        sessions += 1;
      } else {
        throw new Error(`Nobody knows what to do at "${what}".`);
      }
    }
    throw new Error('There is no end to it.');
  }

  return {
    now,
    goThrough,
    async comeTo(experiment: string): Promise<void> {
      await page.goto(`/experiments/${experiment}`);
      await hydrated(page);
      await page.getByRole('button', { name: 'Take part' }).click();
    },
  };
}
