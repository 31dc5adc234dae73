import type { DecisionTools } from '../../game/game.ts';
import { ModelFailure } from '../../models/languageModel.ts';
import { npcMessage } from '../../session/drafts.ts';
import type { EventDraft } from '../../session/event.ts';
import { openerPrompt } from './prompts/opener.ts';
import { playerJudgePrompt } from './prompts/playerJudge.ts';
import { updaterPrompt } from './prompts/updater.ts';
import { PROMPT_VERSION } from './prompts/version.ts';
import { CHARACTER_SEAT, sceneOf } from './state.ts';
import type { RoleplayState } from './state.ts';
import { askUsable } from './usableAnswer.ts';
import type { Question } from './usableAnswer.ts';
import { readVerdict } from './verdict.ts';
import type { Verdict } from './verdict.ts';

/** A model that runs on and on must not fill the log. */
const LONGEST_TEXT = 4000;

/** Models are asked only here. Each function rejects with a `ModelFailure` when no usable answer is to be had. */

function readText(text: string): string {
  const clean = text.trim().slice(0, LONGEST_TEXT).toWellFormed();
  if (clean === '') throw new ModelFailure('model/refused', 'The model answered with nothing.');
  return clean;
}

export async function askOpening(state: RoleplayState, tools: DecisionTools): Promise<EventDraft> {
  const scene = sceneOf(state, null);
  tools.phase('writing');
  const reply = await tools.ask(
    {
      role: 'opener',
      task: 'opening',
      promptVersion: PROMPT_VERSION,
      prompt: openerPrompt(scene),
      scene,
      subject: null,
    },
    tools.draft,
  );
  return npcMessage(CHARACTER_SEAT, readText(reply.text), {
    opening: true,
    model: reply.model,
    promptVersion: PROMPT_VERSION,
  });
}

export async function askVerdict(
  state: RoleplayState,
  action: string,
  tools: DecisionTools,
): Promise<Verdict & { readonly model: string }> {
  const scene = sceneOf(state, action);
  tools.phase('checking');
  const question: Question = {
    role: 'playerJudge',
    task: 'playable',
    promptVersion: PROMPT_VERSION,
    prompt: playerJudgePrompt(scene, action),
    scene,
    subject: action,
  };
  const { answer, model } = await askUsable(tools.ask, question, readVerdict);
  return { ...answer, model };
}

export async function askReply(
  state: RoleplayState,
  action: string,
  tools: DecisionTools,
): Promise<EventDraft> {
  const scene = sceneOf(state, action);
  tools.phase('writing');
  const reply = await tools.ask(
    {
      role: 'updater',
      task: 'reply',
      promptVersion: PROMPT_VERSION,
      prompt: updaterPrompt(scene, action),
      scene,
      subject: null,
    },
    tools.draft,
  );
  return npcMessage(CHARACTER_SEAT, readText(reply.text), {
    model: reply.model,
    promptVersion: PROMPT_VERSION,
  });
}
