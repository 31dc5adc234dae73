import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import type { Player } from './player.ts';
import { editorOf } from './editor.ts';
import { playedSession, replayOf } from './replay.ts';
import { hydrated, openScene, startExplore, stageOf } from './stage.ts';

interface Visit {
  readonly page: Page;
  /** Signed in where the place asks for it. */
  readonly player: Player;
}

/** A page in one of its states. */
export interface Place {
  readonly name: string;
  readonly isFor: 'anybody' | 'players' | 'admins';
  go(visit: Visit): Promise<void>;
}

async function goTo(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await hydrated(page);
}

const plain = (name: string, path: string, isFor: Place['isFor'] = 'anybody'): Place => ({
  name,
  isFor,
  go: ({ page }) => goTo(page, path),
});

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

/** Every page, in every state that looks different. */
export const PLACES: readonly Place[] = [
  plain('front page', '/'),
  plain('front page, signed in', '/', 'players'),
  plain('register', '/register'),
  {
    name: 'register, with problems',
    isFor: 'anybody',
    go: async ({ page }) => {
      await goTo(page, '/register');
      await page.getByRole('button', { name: 'Register' }).click();
      await expect(page.getByRole('alert')).toBeVisible();
    },
  },
  {
    name: 'key, shown once',
    isFor: 'anybody',
    go: async ({ page }) => {
      await goTo(page, '/register');
      for (const label of ['Full name', 'Signature']) await page.getByLabel(label).fill('Ada Example');
      await page.getByLabel('E-mail').fill('ada@example.org');
      await page.getByLabel('Phone number').fill('+44 20 7946 0000');
      await page.getByRole('button', { name: 'Register' }).click();
      await expect(page.getByTestId('access-key')).toBeVisible();
    },
  },
  plain('sign in', '/login'),
  {
    name: 'sign in, with a problem',
    isFor: 'anybody',
    go: async ({ page }) => {
      await goTo(page, '/login');
      await page.getByLabel('Access key').fill('sk-123');
      await page.getByRole('button', { name: 'Sign in' }).click();
      await expect(page.getByText('This one does not.')).toBeVisible();
    },
  },
  plain('privacy', '/privacy'),
  plain('not found', '/nowhere'),
  plain('games', '/games', 'players'),
  plain('choice of characters', '/games/explore', 'players'),
  {
    name: 'choice of characters, of two who have nothing to say to each other',
    isFor: 'players',
    go: async ({ page }) => {
      await goTo(page, '/games/explore?pc=MOR&npc=TRA');
      await expect(page.getByText('Neither has a way to tell the other anything.')).toBeVisible();
    },
  },
  plain('no such game', '/games/nowhere', 'players'),
  plain('experiments', '/experiments'),
  plain('experiment, at the door', '/experiments/demo'),
  plain('experiment, where one has to register', '/experiments/usability'),
  plain('no such experiment', '/experiments/nowhere'),
  {
    name: 'experiment, the first questions',
    isFor: 'players',
    go: async ({ page }) => {
      await goTo(page, '/experiments/usability');
      await page.getByRole('button', { name: 'Take part' }).click();
      await expect(page.getByRole('button', { name: 'Send answers' })).toBeVisible();
    },
  },
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
  plain('sessions, none yet', '/sessions', 'players'),
  {
    name: 'sessions',
    isFor: 'players',
    go: async ({ page, player }) => {
      await playedSession(player, 'I wave.');
      await playedSession(player, '/finish');
      await goTo(page, '/sessions');
      await expect(page.getByText('Ended')).toBeVisible();
    },
  },
  {
    name: 'play, the scene just set',
    isFor: 'players',
    go: async ({ page, player }) => void (await openScene(page, await startExplore(player))),
  },
  {
    name: 'play, with everything that can stand on the page',
    isFor: 'players',
    go: async ({ page, player }) => {
      const stage = await openScene(page, await startExplore(player));
      await stage.play('I wave.', 2);
      for (const [text, shown] of [
        ['/abilities', 'Abilities'],
        ['/dance', 'There is no such command.'],
        ['You come closer and sit down.', 'attempts are left'],
        ['/help', '/finish'],
      ] as const) {
        await stage.say(text);
        await expect(stage.record.getByText(shown).last()).toBeVisible();
      }
      await stage.field.fill('/');
      await expect(page.getByRole('option')).toHaveCount(3);
    },
  },
  {
    name: 'play, feedback on a reply',
    isFor: 'players',
    go: async ({ page, player }) => {
      const stage = await openScene(page, await startExplore(player));
      await stage.play('I wave.', 2);
      const marks = page.getByRole('group', { name: /^Your feedback on this reply/ });
      await marks.first().getByRole('button', { name: 'Good reply' }).click();
      await marks.last().getByRole('button', { name: 'Poor reply' }).click();
      await marks.last().getByLabel('Out of character').check();
      await marks.last().getByLabel('In your words').fill('It spoke.');
      await expect(marks.last().getByRole('status')).toHaveText('Saved');
    },
  },
  {
    name: 'play, a line that is too long',
    isFor: 'players',
    go: async ({ page, player }) => {
      const stage = await openScene(page, await startExplore(player));
      await stage.field.fill('word '.repeat(80));
      await expect(page.getByText(/characters too many/)).toBeVisible();
    },
  },
  {
    name: 'play, the menu',
    isFor: 'players',
    go: async ({ page, player }) => {
      await openScene(page, await startExplore(player));
      await page.getByRole('button', { name: 'Menu' }).click();
      await expect(page.getByRole('button', { name: 'Characters and abilities' })).toBeVisible();
    },
  },
  {
    name: 'play, who is on the stage',
    isFor: 'players',
    go: async ({ page, player }) => {
      await openScene(page, await startExplore(player));
      await page.getByRole('button', { name: 'Menu' }).click();
      await page.getByRole('button', { name: 'Characters and abilities' }).click();
      await expect(page.getByRole('dialog', { name: 'Characters' })).toBeVisible();
    },
  },
  {
    name: 'play, the question before the end',
    isFor: 'players',
    go: async ({ page, player }) => {
      await openScene(page, await startExplore(player));
      await page.getByRole('button', { name: 'Menu' }).click();
      await page.getByRole('button', { name: 'Finish the session' }).click();
      await expect(page.getByRole('dialog', { name: 'Finish the session?' })).toBeVisible();
    },
  },
  {
    name: 'play, ended',
    isFor: 'players',
    go: async ({ page, player }) => {
      await goTo(page, `/play/${await playedSession(player, 'I wave.', '/finish')}`);
      await expect(stageOf(page).end).toBeVisible();
    },
  },
  plain('play, no such session', '/play/nowhere', 'players'),
  {
    name: 'replay, with everything that can stand on the page',
    isFor: 'players',
    go: async ({ page, player }) => {
      const texts = ['I wave.', '/abilities', '/dance', 'You come closer and sit down.', '/finish'];
      await replayOf(page).open(await playedSession(player, ...texts), 9_999);
      await expect(page.getByRole('heading', { name: 'The end' })).toBeVisible();
    },
  },
  {
    name: 'replay, the state in full',
    isFor: 'players',
    go: async ({ page, player }) => {
      const replay = replayOf(page);
      await page.setViewportSize(PHONE);
      await replay.open(await playedSession(player, 'I wave.'), 5);
      await page.getByRole('button', { name: 'State', exact: true }).click();
      await replay.state.getByRole('tab', { name: 'JSON' }).click();
      await expect(replay.state.getByRole('region', { name: 'View' })).toBeVisible();
    },
  },
  {
    name: 'replay, the keys',
    isFor: 'players',
    go: async ({ page, player }) => {
      await replayOf(page).open(await playedSession(player, 'I wave.'));
      await page.keyboard.press('?');
      await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
    },
  },
  {
    name: 'replay, the question before a branch',
    isFor: 'players',
    go: async ({ page, player }) => {
      await replayOf(page).open(await playedSession(player, 'I wave.'), 5);
      await page.getByRole('button', { name: 'Branch from here' }).click();
      await expect(page.getByRole('dialog', { name: 'Branch from step 5?' })).toBeVisible();
    },
  },
  {
    name: 'replay, of a session that never began',
    isFor: 'players',
    go: async ({ page, player }) => {
      await goTo(page, `/replay/${await startExplore(player)}`);
      await expect(page.getByText('Nothing has happened in this session yet.')).toBeVisible();
    },
  },
  plain('replay, no such session', '/replay/nowhere', 'players'),
  plain('account', '/account', 'players'),
  {
    name: 'account, the question before a new key',
    isFor: 'players',
    go: async ({ page }) => {
      await goTo(page, '/account');
      await page.getByRole('button', { name: 'Get a new key' }).click();
      await expect(page.getByRole('dialog')).toBeVisible();
    },
  },
  plain('account of an administrator', '/account', 'admins'),
  plain('administration', '/admin', 'admins'),
  plain('administration, not for players', '/admin', 'players'),
  plain('experiments, for those who run them', '/admin/experiments', 'admins'),
  plain('experiment, its dashboard', '/admin/experiments/usability', 'admins'),
  plain('experiment, its participants', '/admin/experiments/demo/participants', 'admins'),
  plain('experiment, its preflight', '/admin/experiments/usability/preflight', 'admins'),
  plain('experiment, what was in force', '/admin/experiments/demo/revisions', 'admins'),
  plain('players, for administrators', '/admin/players?names=yes', 'admins'),
  {
    name: 'players, the question before keys are revoked',
    isFor: 'admins',
    go: async ({ page, player }) => {
      await goTo(page, `/admin/players?player=${player.playerId}`);
      await page.getByRole('button', { name: /^Revoke keys of/ }).click();
      await expect(page.getByRole('dialog')).toBeVisible();
    },
  },
  plain('audit log', '/admin/audit', 'admins'),
  plain('audit log, no entry like that', '/admin/audit?target=nobody', 'admins'),
  {
    name: 'session, watched, the message to its player',
    isFor: 'admins',
    go: async ({ page, player }) => {
      await goTo(page, `/admin/sessions/${await playedSession(player, 'I wave.')}`);
      await page.getByRole('button', { name: 'Write to the player' }).click();
      await expect(page.getByLabel('Your message')).toBeVisible();
    },
  },
  plain('models', '/admin/models', 'admins'),
  plain('models, no call like that', '/admin/models?role=scorer', 'admins'),
  plain('models, not for players', '/admin/models', 'players'),
  plain('characters', '/admin/characters', 'admins'),
  plain('characters, none like that', '/admin/characters?search=unheard-of', 'admins'),
  plain('characters, not for players', '/admin/characters', 'players'),
  plain('character', '/admin/characters/MOR', 'admins'),
  plain('character, none of that name', '/admin/characters/NOBODY', 'admins'),
  {
    name: 'character, the question before it is retired',
    isFor: 'admins',
    go: async ({ page }) => {
      await goTo(page, '/admin/characters/OCT');
      await page.getByRole('button', { name: 'Retire' }).click();
      await expect(page.getByRole('dialog', { name: 'Retire Octopus?' })).toBeVisible();
    },
  },
  plain('character, edited, not human', '/admin/characters/OCT/edit', 'admins'),
  {
    name: 'character, edited, the assumptions about a person',
    isFor: 'admins',
    go: async ({ page }) => {
      const editor = editorOf(page);
      await editor.open('/admin/characters/AMA/edit');
      const { hsnDivergence } = await editor.readSource();
      await editor.writeSource({ hid: 'AMA', hsnDivergence });
      await editor.show('Form');
      await expect(editor.field('hsnDivergence.stability')).toBeVisible();
    },
  },
  {
    name: 'character, edited, the source that cannot be read',
    isFor: 'admins',
    go: async ({ page }) => {
      const editor = editorOf(page);
      await editor.open('/admin/characters/OCT/edit');
      await editor.show('Source');
      await editor.source.fill('{ "hid": OCT }');
      await expect(page.getByRole('button', { name: 'Show the place' })).toBeVisible();
    },
  },
  {
    name: 'character, edited, what saving would change',
    isFor: 'admins',
    go: async ({ page }) => {
      const editor = editorOf(page);
      await editor.open('/admin/characters/OCT/edit');
      await editor.field('shortDescription').fill('A common octopus.');
      await page.getByRole('button', { name: 'Move Goals 1 down' }).click();
      await page.getByRole('button', { name: 'Remove Abilities 2' }).click();
      await editor.show('Changes (3)');
      await expect(page.getByRole('button', { name: 'Put back: Goals' })).toBeVisible();
    },
  },
  {
    name: 'new character, the question before it is left',
    isFor: 'admins',
    go: async ({ page }) => {
      const editor = editorOf(page);
      await editor.open('/admin/characters/new');
      await editor.field('name').fill('Inky');
      await page.getByRole('link', { name: 'Games' }).click();
      await expect(page.getByRole('dialog', { name: 'Leave without saving?' })).toBeVisible();
    },
  },
  {
    name: 'new character, with problems',
    isFor: 'admins',
    go: async ({ page }) => {
      const editor = editorOf(page);
      await editor.open('/admin/characters/new');
      await editor.writeSource({ hid: 'x', goals: 'none', mood: 'good' });
      await editor.show('Form');
      await editor.save();
      await expect(editor.field('hid')).toBeFocused();
    },
  },
  plain('two characters to be compared', '/admin/characters/compare', 'admins'),
  plain('two characters compared', '/admin/characters/compare?left=AMA&right=MOR', 'admins'),
];

export const DESKTOP = { width: 1280, height: 800 } as const;
export const PHONE = { width: 390, height: 844 } as const;
