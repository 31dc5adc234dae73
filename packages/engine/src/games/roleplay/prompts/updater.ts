import type { Prompt } from '../../../models/languageModel.ts';
import type { Scene } from '../../../models/scene.ts';
import { briefText, DATA_RULE, fenced, sheetText, transcriptText } from './render.ts';

const RULES = `You play one character in a role-play and tell what follows from the player's action.
Write one beat in the present tense, one to three sentences, at most 45 words, as plain text.
1. Resolve the action: it succeeds if the player's character is able to do it and nothing contests it.
2. Your character perceives only what reaches its senses. What does not reach it has no effect on it: it goes on with
   its own business, or notices a side effect through a sense that it has.
3. It acts within its abilities, from its goals and manner, and shows this by what can be observed. No inner states that
   are not expressed, no explanations of the character, no secrets.
4. Never decide what the player's character does, says, thinks or feels.
5. Tell only what the player's character can sense, and stay consistent with what has happened.
6. Do not repeat sentences from the transcript. Ask the player nothing as narrator.`;

/** Asks for the next beat, in plain text. `action` is the player's, already accepted. */
export function updaterPrompt(scene: Scene, action: string): Prompt {
  const system = [
    RULES,
    DATA_RULE,
    `# Your character\n\n${sheetText(scene.npc)}`,
    `# The player's character\n\n${briefText(scene.pc)}`,
  ].join('\n\n');
  return {
    system,
    messages: [{ role: 'user', content: `${transcriptText(scene)}\n\n${fenced('player_action', action)}` }],
  };
}
