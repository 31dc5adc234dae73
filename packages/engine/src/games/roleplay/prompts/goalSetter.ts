import type { Prompt } from '../../../models/languageModel.ts';
import type { Scene } from '../../../models/scene.ts';
import { briefText, sheetText } from './render.ts';

const RULES = `You invent one goal for two characters who meet in a role-play, to be pursued together within about ten turns.
1. It is concrete: one can see whether it is reached. It needs both of them, each in its own way, and nothing that either cannot do.
2. It follows from what the simulated character is able to do and likes to do, and gives the player's character a reason to pay attention to it.
3. It tells no secret of the simulated character, and says neither how to reach it nor what either of them feels.
Write it as it stands behind "Your goal is", beginning with "to", at most 25 words, without names.
Answer with JSON alone: {"goal": "to ..."}`;

/** Asks for a goal that both characters share, in JSON. */
export function goalSetterPrompt(scene: Scene): Prompt {
  const system = [
    RULES,
    `# The simulated character\n\n${sheetText(scene.npc)}`,
    `# The player's character\n\n${briefText(scene.pc)}`,
  ].join('\n\n');
  return { system, messages: [{ role: 'user', content: 'Invent the goal.' }] };
}
