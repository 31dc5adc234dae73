import { roleplayConfigSchema } from './config.ts';
import { defineLanguageGame, NOTHING_OWN } from './languageGame.ts';
import { playerFinished } from './notices.ts';

/** Meet another mind and find out how it works. No task, no score. */
export const explore = defineLanguageGame({
  name: 'explore',
  configSchema: roleplayConfigSchema,
  intro: [
    '## Explore',
    'You share a scene with someone whose mind may be unlike your own. There is no task and no score: find out what it',
    'perceives, what it is able to do and what it wants.',
    '',
    'Write what your character does or says, one step at a time, for example *I wave* or *I say: "Good morning."*',
    'You decide only about your own character; what comes of it, the scene shows.',
  ].join('\n'),
  commands: [{ name: 'finish', description: 'End the game.', run: () => [playerFinished()] }],
  own: NOTHING_OWN,
});
