import type { Scene } from '../scene.ts';
import { overlap, stemsOf } from './sheetFacts.ts';

/*
 * A scorer that counts words in common. It understands nothing, but no evidence earns nothing, naming what the sheet says
 * earns more than naming something else, and the same words earn the same.
 */

const TIER_WIDTH = 25;
const MOST_QUOTED = 3;

const tierOf = (score: number): number => Math.min(3, Math.floor(score / TIER_WIDTH));

const actionsIn = (scene: Scene): readonly string[] =>
  scene.transcript.filter(({ speaker }) => speaker === 'player').map(({ text }) => text);

/** The largest share of the telling words of one of the texts that the claim has, from 0 to 1. */
function likeness(claim: string, texts: readonly string[]): number {
  const said = stemsOf(claim);
  const shares = texts.map((text) => {
    const telling = [...stemsOf(text)];
    return telling.length === 0 ? 0 : overlap(said, telling) / telling.length;
  });
  return Math.max(0, ...shares);
}

interface Scored {
  readonly score: number;
  readonly reasoning: string;
}

function scoreClaim(claim: string, texts: readonly string[]): Scored {
  const share = likeness(claim, texts);
  if (share === 0)
    return { score: 10, reasoning: 'Your answer has nothing in common with what the other one showed.' };
  const score = Math.min(95, Math.round(30 + 70 * share));
  const reasoning =
    score >= 2 * TIER_WIDTH
      ? 'Your answer names much of what the other one was after.'
      : 'Your answer touches on what the other one was after, and leaves out most of it.';
  return { score, reasoning };
}

/** Working together shows in actions that are about the goal, and in actions that turn to the other one. */
function scoreTeamwork(scene: Scene): Scored {
  const actions = actionsIn(scene);
  const goal = [...stemsOf(scene.objective ?? '')];
  const pursued = actions.filter((action) => overlap(stemsOf(action), goal) > 0).length;
  const turned = actions.filter((action) =>
    /["“?]|\b(?:you|together|help|show|give|offer|hold out|wait)\b/i.test(action),
  );
  const share = (Math.min(pursued, 3) + Math.min(turned.length, 3)) / 6;
  const isBoth = pursued > 0 && turned.length > 0;
  const score = Math.round(isBoth ? 50 + 45 * share : 45 * share);
  const reasoning = isBoth
    ? 'You went for the goal, and you turned to the other one on the way.'
    : 'You needed both: to go for the goal, and to turn to the other one.';
  return { score, reasoning };
}

function appraisal(scene: Scene, { score, reasoning }: Scored): string {
  const actions = actionsIn(scene);
  if (actions.length === 0) {
    return JSON.stringify({ tier: 0, score: 0, reasoning: 'Nothing was played.', evidence: [] });
  }
  return JSON.stringify({ tier: tierOf(score), score, reasoning, evidence: actions.slice(-MOST_QUOTED) });
}

function judgePrediction(scene: Scene, prediction: string): string {
  const reply = stemsOf(scene.transcript.at(-1)?.text ?? '');
  const isBorneOut = [...stemsOf(prediction)].some((word) => reply.has(word));
  return JSON.stringify(
    isBorneOut
      ? { verdict: 'correct', reasoning: 'It happened as predicted.' }
      : { verdict: 'wrong', reasoning: 'Nothing of it happened.' },
  );
}

/** What the scripted simulator answers as a scorer; `null` for a task that it does not know. */
export function scriptedScore(task: string, scene: Scene, claim: string): string | null {
  const { goals, abilities } = scene.npc;
  switch (task) {
    case 'goal-inference':
      return appraisal(scene, scoreClaim(claim, scene.objective === undefined ? goals : [scene.objective]));
    case 'goal-bounds':
      return appraisal(scene, scoreClaim(claim, [...goals, ...abilities]));
    case 'shared-goal':
      return appraisal(scene, scoreTeamwork(scene));
    case 'next-action':
      return judgePrediction(scene, claim);
    default:
      return null;
  }
}
