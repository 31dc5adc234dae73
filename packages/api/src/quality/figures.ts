import { PLAYER_RULES, SCORE_TASKS, SIMULATOR_RULES } from '@dcs/engine';
import type { PlayerRule, ScoreTask, SimulatorRule } from '@dcs/engine';
import type { CaseResult, ScoreResult, VerdictResult } from './caseResult.ts';
import { wilsonInterval } from './wilson.ts';
import type { Interval } from './wilson.ts';

/** How many of the answers were right; none is no right one. */
export interface Accuracy {
  readonly asked: number;
  readonly right: number;
  /** From 0 to 1. */
  readonly share: number;
  /** Where the true share lies with a confidence of 95 %. */
  readonly interval: Interval;
}

/** Verdicts by kind and by the way in which they are wrong. */
interface Confusion extends Accuracy {
  readonly of: VerdictResult['of'];
  /** Breaches that are let pass. */
  readonly falseAccepts: number;
  /** What keeps the rules and is rejected. */
  readonly falseRejects: number;
  readonly unanswered: number;
}

export interface VerdictFigures extends Confusion {
  /** `null`: all rules together. */
  readonly rule: PlayerRule | SimulatorRule | null;
}

/** Whether an action, or a reply, as a whole would have been played when it should be. */
export type WholeFigures = Confusion;

export interface ScoreFigures {
  /** `null`: all scorers together. */
  readonly task: ScoreTask | null;
  readonly tier: Accuracy;
  readonly score: Accuracy;
  /** Mean distance of the scores from the nearest right one; `null` when none was given. */
  readonly meanDistance: number | null;
  readonly unanswered: number;
}

export interface Figures {
  readonly verdicts: readonly VerdictFigures[];
  readonly wholes: readonly WholeFigures[];
  readonly scores: readonly ScoreFigures[];
}

const count = <T>(items: readonly T[], fits: (item: T) => boolean): number => items.filter(fits).length;

const accuracy = (right: number, asked: number): Accuracy => ({
  asked,
  right,
  share: asked === 0 ? 0 : right / asked,
  interval: wilsonInterval(right, asked),
});

/** What was expected and what came, for a rule or for a whole. */
type Answered = Pick<VerdictResult, 'isKept' | 'passes'>;

const confusion = (answers: readonly Answered[]) => ({
  ...accuracy(
    count(answers, ({ isKept, passes }) => passes === isKept),
    answers.length,
  ),
  falseAccepts: count(answers, ({ isKept, passes }) => !isKept && passes === true),
  falseRejects: count(answers, ({ isKept, passes }) => isKept && passes === false),
  unanswered: count(answers, ({ passes }) => passes === null),
});

/** As in play: one objection rejects it, and without one every judge has to answer. */
function whole(verdicts: readonly VerdictResult[]): Answered {
  const isRejected = verdicts.some(({ passes }) => passes === false);
  const isOpen = verdicts.some(({ passes }) => passes === null);
  const passes = isOpen ? null : true;
  return { isKept: verdicts.every(({ isKept }) => isKept), passes: isRejected ? false : passes };
}

const verdictsOf = (results: readonly CaseResult[], of: VerdictResult['of']): readonly VerdictResult[] =>
  results.flatMap((result) => (result.kind === 'verdict' && result.of === of ? [result] : []));

const RULES = { action: PLAYER_RULES, reply: SIMULATOR_RULES } as const;

function verdictFigures(results: readonly CaseResult[], of: VerdictResult['of']): readonly VerdictFigures[] {
  const verdicts = verdictsOf(results, of);
  const rules: readonly VerdictFigures['rule'][] = [...RULES[of], null];
  return rules.flatMap((rule) => {
    const some = rule === null ? verdicts : verdicts.filter((verdict) => verdict.rule === rule);
    return some.length === 0 ? [] : [{ of, rule, ...confusion(some) }];
  });
}

function wholeFigures(results: readonly CaseResult[], of: VerdictResult['of']): readonly WholeFigures[] {
  const byCase = Map.groupBy(verdictsOf(results, of), ({ file, caseId }) => `${file}/${caseId}`);
  return byCase.size === 0 ? [] : [{ of, ...confusion([...byCase.values()].map(whole)) }];
}

function scoreFigures(results: readonly CaseResult[]): readonly ScoreFigures[] {
  const scores = results.flatMap((result): ScoreResult[] => (result.kind === 'score' ? [result] : []));
  const tasks: readonly ScoreFigures['task'][] = [...SCORE_TASKS, null];
  return tasks.flatMap((task) => {
    const some = task === null ? scores : scores.filter((score) => score.task === task);
    if (some.length === 0) return [];
    const distances = some.flatMap(({ distance }) => distance ?? []);
    const sum = distances.reduce((all, distance) => all + distance, 0);
    return [
      {
        task,
        tier: accuracy(
          count(some, ({ isTierRight }) => isTierRight),
          some.length,
        ),
        score: accuracy(
          count(some, ({ isScoreRight }) => isScoreRight),
          some.length,
        ),
        meanDistance: distances.length === 0 ? null : sum / distances.length,
        unanswered: count(some, ({ score }) => score === null),
      },
    ];
  });
}

/** What results amount to: for each rule, for whole actions and replies, and for each scorer. */
export const figuresOf = (results: readonly CaseResult[]): Figures => ({
  verdicts: [...verdictFigures(results, 'action'), ...verdictFigures(results, 'reply')],
  wholes: [...wholeFigures(results, 'action'), ...wholeFigures(results, 'reply')],
  scores: scoreFigures(results),
});
