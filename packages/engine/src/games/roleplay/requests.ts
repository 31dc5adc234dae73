import type { Ask } from '../../game/ask.ts';
import { ModelFailure } from '../../models/languageModel.ts';
import type { Scene } from '../../models/scene.ts';
import type { Guidance } from './prompts/guidance.ts';
import { openerPrompt } from './prompts/opener.ts';
import { playerJudgePrompt } from './prompts/playerJudge.ts';
import { simulatorJudgePrompt } from './prompts/simulatorJudge.ts';
import { updaterPrompt } from './prompts/updater.ts';
import type { RejectedReply } from './prompts/updater.ts';
import { PROMPT_VERSION } from './prompts/version.ts';
import type { PlayerRule, SimulatorRule } from './rules.ts';
import { askUsable } from './usableAnswer.ts';
import type { Question } from './usableAnswer.ts';
import { readVerdict } from './verdict.ts';
import type { RuleVerdict } from './verdict.ts';

/** A model that runs on and on must not fill the log. */
const LONGEST_TEXT = 4000;

/** Models are asked only here. Each function rejects with a `ModelFailure` when no usable answer is to be had. */

function readText(text: string): string {
  const clean = text.trim().slice(0, LONGEST_TEXT).toWellFormed();
  if (clean === '') throw new ModelFailure('model/refused', 'The model answered with nothing.');
  return clean;
}

/** Shows a text while it is written, as far as it will be read: a model that runs on and on is not to keep everybody busy. */
const asFarAsRead =
  (onText: (textSoFar: string) => void) =>
  (textSoFar: string): void => {
    if (textSoFar.length <= LONGEST_TEXT) onText(textSoFar);
  };

/** What a model has written, to be played. */
export interface WrittenText {
  readonly text: string;
  readonly model: string;
}

/** Has the opening written; `objection` says, in our words, what was wrong with the one before. */
export async function askOpening(
  { scene, objection }: { readonly scene: Scene; readonly objection: string | null },
  ask: Ask,
  onText: (textSoFar: string) => void,
): Promise<WrittenText> {
  const opening = await ask(
    {
      role: 'opener',
      task: 'opening',
      promptVersion: PROMPT_VERSION,
      prompt: openerPrompt(scene, objection),
      scene,
      subject: null,
    },
    asFarAsRead(onText),
  );
  return { text: readText(opening.text), model: opening.model };
}

async function askVerdict(question: Omit<Question, 'promptVersion'>, ask: Ask): Promise<RuleVerdict> {
  const versioned = { ...question, promptVersion: PROMPT_VERSION };
  const { answer, model } = await askUsable(ask, versioned, readVerdict);
  return { verdict: answer, model };
}

/** Whether an action keeps one rule of play. */
export function askActionVerdict(
  rule: PlayerRule,
  {
    scene,
    action,
    guidance,
  }: { readonly scene: Scene; readonly action: string; readonly guidance: Guidance },
  ask: Ask,
): Promise<RuleVerdict> {
  const prompt = playerJudgePrompt(rule, scene, { action, guidance });
  return askVerdict({ role: 'playerJudge', task: rule, prompt, scene, subject: action }, ask);
}

/** Whether a reply keeps one rule. */
export function askReplyVerdict(
  rule: SimulatorRule,
  { scene, reply, guidance }: { readonly scene: Scene; readonly reply: string; readonly guidance: Guidance },
  ask: Ask,
): Promise<RuleVerdict> {
  const prompt = simulatorJudgePrompt(rule, scene, { reply, guidance });
  return askVerdict({ role: 'simulatorJudge', task: rule, prompt, scene, subject: reply }, ask);
}

/** Has the reply to the scene's action written; `rejected` is what was written for it before. */
export async function askReply(
  about: { readonly scene: Scene; readonly guidance: Guidance; readonly rejected: RejectedReply | null },
  ask: Ask,
  onText: (textSoFar: string) => void,
): Promise<WrittenText> {
  const { scene, guidance, rejected } = about;
  const reply = await ask(
    {
      role: 'updater',
      task: 'reply',
      promptVersion: PROMPT_VERSION,
      prompt: updaterPrompt(scene, guidance, rejected),
      scene,
      subject: null,
    },
    asFarAsRead(onText),
  );
  return { text: readText(reply.text), model: reply.model };
}
