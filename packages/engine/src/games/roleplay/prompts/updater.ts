import type { Prompt } from '../../../models/languageModel.ts';
import type { Scene } from '../../../models/scene.ts';
import type { Guidance } from './guidance.ts';
import { guidanceText } from './guidance.ts';
import { briefText, DATA_RULE, fenced, sections, sheetText, transcriptText } from './render.ts';

const RULES = `You play one character in a role-play and tell what follows from the player's action.
Write one beat in the present tense, one or two short sentences, at most 25 words, as plain text.
1. Resolve the action: it succeeds if the player's character is able to do it and nothing contests it. Answer what it is about.
2. Your character perceives only what reaches its senses. What does not reach it has no effect on it: it goes on with
   its own business, or notices a side effect through a sense that it has.
3. It acts within its abilities, from its goals and manner, and shows this by what can be observed. Call it by its name.
   No inner states that are not expressed, no explanations of the character, no secrets.
4. Never decide what the player's character does, says, thinks or feels.
5. Tell only what the player's character can sense, and stay consistent with what has happened.
6. Do not repeat sentences from the transcript. Ask the player nothing as narrator. Never leave the fiction.`;

/** A reply that was rejected. */
export interface RejectedReply {
  /** `null` if it is not to be repeated. */
  readonly reply: string | null;
  /** To the writer. */
  readonly reason: string;
}

function objectiveText(objective: string | undefined): string {
  return objective === undefined ? '' : `# What your character is after here\n\n${objective}`;
}

/**
 * Its writer and its judge have read what the player wrote, so what they say is data as well: as a word of the model's own, a reply
 * that obeyed the player would be an example to follow.
 */
function askedAgain({ reply, reason }: RejectedReply): string {
  const rejected =
    reply === null
      ? 'The reply that you wrote before breaks the rules above.'
      : `This reply to it breaks the rules above:\n${fenced('reply', reply)}`;
  return `${rejected}\nWhat is wrong with it:\n${fenced('objection', reason)}\nWrite the beat anew, so that it keeps every rule.`;
}

/** Asks for the next beat, in plain text. `rejected` is what was written before for the same action. */
export function updaterPrompt(scene: Scene, guidance: Guidance, rejected: RejectedReply | null): Prompt {
  const situation = sections(
    transcriptText(scene),
    fenced('player_action', scene.action ?? ''),
    rejected === null ? '' : askedAgain(rejected),
  );
  return {
    system: sections(
      RULES,
      guidanceText(guidance.updater),
      DATA_RULE,
      `# Your character\n\n${sheetText(scene.npc)}`,
      objectiveText(scene.objective),
      `# The player's character\n\n${briefText(scene.pc)}`,
    ),
    messages: [{ role: 'user', content: situation }],
  };
}
