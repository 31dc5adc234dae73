import { ModelFailure } from '../languageModel.ts';
import type { LanguageModel, ModelRequest } from '../languageModel.ts';
import type { GameRole } from '../modelRole.ts';
import type { Scene } from '../scene.ts';
import { judgeAction } from './judge.ts';
import { judgeReply } from './judgeReply.ts';
import { composeOpening } from './opening.ts';
import { composeMove } from './player.ts';
import { composeReply } from './reply.ts';
import type { ScriptedVerdict } from './verdict.ts';
import { scriptedScore } from './scorer.ts';
import { composeSharedGoal } from './sharedGoal.ts';

const unknownTask = (task: string): ModelFailure =>
  new ModelFailure('model/refused', `The scripted simulator does not know the task "${task}".`);

const unseen = (what: string): ModelFailure =>
  new ModelFailure('model/refused', `The scripted simulator was asked without a ${what}.`);

function verdictText(verdict: ScriptedVerdict | null, task: string): string {
  if (verdict === null) throw unknownTask(task);
  return JSON.stringify(verdict);
}

function answer(request: ModelRequest): string {
  const { scene, sight, seed } = request;
  if (request.role === 'player') {
    if (sight === undefined) throw unseen('sight');
    return composeMove(sight, seed);
  }
  if (scene === null) throw unseen('scene');
  return answerInScene(request, request.role, scene);
}

function answerInScene({ task, subject, seed }: ModelRequest, role: GameRole, scene: Scene): string {
  switch (role) {
    case 'opener':
      return task === 'shared-goal' ? composeSharedGoal(scene, seed) : composeOpening(scene, seed);
    case 'updater':
      return composeReply(scene, scene.action ?? '', seed);
    case 'playerJudge':
      return verdictText(judgeAction(task, scene, subject ?? ''), task);
    case 'simulatorJudge':
      return verdictText(judgeReply(task, scene, subject ?? ''), task);
    case 'scorer': {
      const scored = scriptedScore(task, scene, subject ?? '');
      if (scored !== null) return scored;
      throw unknownTask(task);
    }
    default: {
      const unreachable: never = role;
      return unreachable;
    }
  }
}

/** The text up to and including each of its words. */
function* growing(text: string): Generator<string> {
  for (const match of text.matchAll(/\S+\s*/g)) yield text.slice(0, match.index + match[0].length).trimEnd();
}

/**
 * A stand-in for a language model: offline, instant, and the same answer for the same scene and seed. It knows the
 * character sheets and a little English. It reports its text word by word, all at once; whoever shows it sets the pace.
 */
export function createScriptedModel(): LanguageModel {
  return {
    id: 'scripted',
    generate: async (request, onText) => {
      if (request.cancellation.aborted) {
        throw new ModelFailure('model/cancelled', 'The request was cancelled before it began.');
      }
      const text = answer(request);
      for (const textSoFar of growing(text)) onText(textSoFar);
      return { text, model: 'scripted' };
    },
  };
}
