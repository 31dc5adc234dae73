import type { Prompt } from '../../../models/languageModel.ts';
import type { Scene } from '../../../models/scene.ts';
import { nameOf } from '../markdown.ts';
import { briefText, sections, sheetText } from './render.ts';

const RULES = `You set the opening scene of a role-play between two characters.
Write one or two short sentences in the present tense, at most 40 words, as plain text, and begin with "You are".
1. Name a concrete place where both could meet, one or two things in it that can be used, and what the simulated
   character is visibly doing there.
2. Address the player's character as "you". Say where it stands and nothing else about it: no acts, words, thoughts, feelings.
3. Tell only what the player's character can sense. If it lacks a sense, use another.
4. Show the simulated character from the outside, within its abilities. Do not tell its goals, thoughts or secrets.
5. Ask nothing and suggest nothing. End where the player may act.`;

/** Asks for the opening, in plain text. `objection` says, in our words, what was wrong with the one before. */
export function openerPrompt(scene: Scene, objection: string | null): Prompt {
  const system = [
    RULES,
    `# The simulated character\n\n${sheetText(scene.npc)}`,
    `# The player's character\n\n${briefText(scene.pc)}`,
  ].join('\n\n');
  const again = objection === null ? '' : `What you wrote for it before was not shown. ${objection}`;
  return {
    system,
    messages: [{ role: 'user', content: sections(`Open the scene. ${nameOf(scene.npc)} is there.`, again) }],
  };
}
