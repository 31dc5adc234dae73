import { expect } from '@playwright/test';
import type { Player } from '../player.ts';
import { goTo, plain, pressed } from './place.ts';
import type { Place } from './place.ts';

/** A step of the choice of what to play, told by its heading. */
const choosing = (name: string, path: string, heading: string): Place => ({
  name,
  isFor: 'players',
  go: async ({ page, player }) => {
    await player.client.trpc.experiments.join.mutate({ name: 'demo' });
    await goTo(page, path);
    await expect(page.getByText(heading)).toBeVisible();
  },
});

/** Takes part in the demonstration and opens a session there. */
async function beganExperiment({ experiments, play }: Player['client']): Promise<string> {
  const name = 'demo';
  await experiments.join.mutate({ name });
  await experiments.select.mutate({ name, game: 'explore', pc: 'AMA', npc: 'OCT' });
  const { sessionId } = await experiments.startSession.mutate({ name });
  await play.open.mutate({ sessionId });
  return sessionId;
}

/** Plays one session of the demonstration to its end; questions about it are open then. */
async function playedExperiment({ client }: Player): Promise<void> {
  const sessionId = await beganExperiment(client);
  await client.play.act.mutate({ sessionId, commandId: crypto.randomUUID(), text: '/finish' });
}

/** What somebody sees who takes part. */
export const EXPERIMENT_PLACES: readonly Place[] = [
  plain('experiments', '/experiments'),
  plain('experiment, at the door', '/experiments/demo'),
  plain('experiment, where one has to register', '/experiments/usability'),
  plain('no such experiment', '/experiments/nowhere'),
  pressed(
    { name: 'experiment, the first questions', isFor: 'players', path: '/experiments/usability' },
    'Take part',
    (page) => page.getByRole('button', { name: 'Send answers' }),
  ),
  {
    name: 'experiment, answers to mend',
    isFor: 'players',
    go: async ({ page, player }) => {
      await player.client.trpc.experiments.join.mutate({ name: 'usability' });
      await goTo(page, '/experiments/usability');
      await page.getByRole('button', { name: 'Send answers' }).click();
      await expect(page.getByRole('alert')).toBeVisible();
      await page.getByText('Withdraw from this experiment').click();
    },
  },
  choosing('experiment, the choice of a game', '/experiments/demo', '1. Game'),
  choosing(
    'experiment, the choice of whom to meet',
    '/experiments/demo?game=explore&pc=AMA',
    '3. Whom you meet',
  ),
  {
    name: 'experiment, questions about a session that is over',
    isFor: 'players',
    go: async ({ page, player }) => {
      await playedExperiment(player);
      await goTo(page, '/experiments/demo');
      await expect(page.getByRole('button', { name: 'Send answers' })).toBeVisible();
      await expect(page.getByText('Done', { exact: true })).toBeVisible();
    },
  },
  {
    name: 'experiment, a session to go on with',
    isFor: 'players',
    go: async ({ page, player: { client } }) => {
      const sessionId = await beganExperiment(client);
      await client.play.close.mutate({ sessionId, commandId: crypto.randomUUID() });
      await goTo(page, '/experiments/demo');
      await expect(page.getByRole('button', { name: 'Go on with Explore' })).toBeVisible();
    },
  },
  {
    name: 'experiment, withdrawn',
    isFor: 'players',
    go: async ({ page, player }) => {
      await player.client.trpc.experiments.join.mutate({ name: 'demo' });
      await player.client.trpc.experiments.withdraw.mutate({ name: 'demo' });
      await goTo(page, '/experiments/demo');
      await expect(page.getByRole('heading', { name: 'You have withdrawn' })).toBeVisible();
    },
  },
];
