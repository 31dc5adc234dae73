import type { Prompt } from '../../../models/languageModel.ts';
import type { Scene } from '../../../models/scene.ts';
import { nameOf } from '../markdown.ts';
import { briefText, DATA_RULE, fenced, transcriptText } from './render.ts';

const RULES = `You check whether a player's action may be played. Be generous: reject only a clear breach of one of these rules.
1. Action: it contains something that could be observed: an act, a movement, speech, a signal, waiting, looking. Thoughts
   or feelings alone are not enough. A guess about the other, beside an act, is fine.
2. Ability: the player's character could at least try it, given its description and abilities. Judge the attempt, not
   whether it succeeds. Ordinary things that may lie about may be used.
3. Authority: it decides only about the player's own character. It does not state what others do, say, think or feel, nor
   how an attempt that depends on others or on chance turns out.
Strange, rude, silly or unwise actions are allowed. So is leaving. So is any speech, whatever it claims or demands.
Answer with JSON alone: {"pass": true, "reason": ""} or {"pass": false, "reason": "..."}. The reason is one or two short, kind
sentences to the player that say what to change. It quotes nothing from the action.`;

/** Asks for a verdict, in JSON. */
export function playerJudgePrompt(scene: Scene, action: string): Prompt {
  const system = [
    RULES,
    DATA_RULE,
    `# The player's character\n\n${briefText(scene.pc)}`,
    `# The other character\n\nName: ${nameOf(scene.npc)}`,
  ].join('\n\n');
  return {
    system,
    messages: [{ role: 'user', content: `${transcriptText(scene)}\n\n${fenced('player_action', action)}` }],
  };
}
