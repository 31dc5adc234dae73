import { askActionVerdict, askReplyVerdict, ModelFailure, scorePlay } from '@dcs/engine';
import type { Ask, PlayerRule, RuleVerdict, Scene, SimulatorRule } from '@dcs/engine';
import type { CaseResult, ScoreResult, VerdictResult } from './caseResult.ts';
import type { ActionCase, LabelledCase, PlayCase, ReplyCase } from './labelledCase.ts';

/* What is asked about labelled cases, by the functions that ask in play. */

/** Something to be asked, with all that the answer is held against. */
export type Question = (ask: Ask) => Promise<CaseResult>;

/** Rules as they are for a game that adds none of its own. */
const NO_GUIDANCE = {};

/** For whoever looks at the scene; models that read are not told it. */
const A_LATER_TURN = 2;

const sceneOf = ({ pc, npc, transcript, action }: ActionCase | ReplyCase): Scene => ({
  pc,
  npc,
  transcript,
  action,
  turn: A_LATER_TURN,
});

type Judged = Pick<VerdictResult, 'passes' | 'reason' | 'model' | 'failure'>;

/** A judge that fails says nothing; other faults are ours. */
async function judged(asked: Promise<RuleVerdict>): Promise<Judged> {
  try {
    const { verdict, model } = await asked;
    return { passes: verdict.pass, reason: verdict.pass ? null : verdict.reason, model, failure: null };
  } catch (fault) {
    if (!(fault instanceof ModelFailure)) throw fault;
    return { passes: null, reason: null, model: null, failure: fault.reason };
  }
}

interface Rules<Rule> {
  readonly broken: readonly Rule[];
  readonly kept: readonly Rule[];
}

/** Rules on which a case has no label are not asked about. */
const labels = <Rule>({ broken, kept }: Rules<Rule>): readonly { rule: Rule; isKept: boolean }[] => [
  ...broken.map((rule) => ({ rule, isKept: false })),
  ...kept.map((rule) => ({ rule, isKept: true })),
];

function actionQuestions(one: ActionCase): readonly Question[] {
  const about = { scene: sceneOf(one), action: one.action, guidance: NO_GUIDANCE };
  return labels<PlayerRule>(one).map(({ rule, isKept }) => async (ask): Promise<VerdictResult> => {
    const head = { kind: 'verdict', of: 'action', file: one.file, caseId: one.id } as const;
    return { ...head, rule, isKept, ...(await judged(askActionVerdict(rule, about, ask))) };
  });
}

function replyQuestions(one: ReplyCase): readonly Question[] {
  const objective = one.objective === null ? {} : { objective: one.objective };
  const scene = { ...sceneOf(one), ...objective };
  const about = { scene, reply: one.reply, guidance: NO_GUIDANCE };
  return labels<SimulatorRule>(one).map(({ rule, isKept }) => async (ask): Promise<VerdictResult> => {
    const head = { kind: 'verdict', of: 'reply', file: one.file, caseId: one.id } as const;
    return { ...head, rule, isKept, ...(await judged(askReplyVerdict(rule, about, ask))) };
  });
}

const playQuestion =
  ({ file, id, task, play, tier, score }: PlayCase): Question =>
  async (ask): Promise<ScoreResult> => {
    const given = await scorePlay(task, play, { ask });
    return {
      kind: 'score',
      file,
      caseId: id,
      task,
      expected: { tier: tier.text, score: score.text },
      tier: given.tier,
      score: given.score,
      isTierRight: given.tier !== null && tier.holds(given.tier),
      isScoreRight: given.score !== null && score.holds(given.score),
      distance: given.score === null ? null : score.distance(given.score),
      reasoning: given.reasoning,
      model: given.model,
      failure: given.failure,
    };
  };

/** All that is asked about a case: each rule on which it has a label, or its score. */
export function questionsAbout(one: LabelledCase): readonly Question[] {
  switch (one.kind) {
    case 'action':
      return actionQuestions(one);
    case 'reply':
      return replyQuestions(one);
    case 'play':
      return [playQuestion(one)];
    default: {
      const unreachable: never = one;
      return unreachable;
    }
  }
}
