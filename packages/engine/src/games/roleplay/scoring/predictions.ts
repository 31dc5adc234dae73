import type { Scene } from '../../../models/scene.ts';
import type { Asker } from './askScorer.ts';
import { judgePrediction, predictionsIn } from './judgePrediction.ts';
import type { MadePrediction } from './judgePrediction.ts';
import type { Playthrough } from './playthrough.ts';
import type { PredictionVerdict } from './predictionVerdict.ts';
import { nextAction } from './prompts/nextAction.ts';
import { scoreAfterFault, tierOf } from './score.ts';
import type { Score, Tally } from './score.ts';
import { SCORING_VERSION } from './version.ts';

/** A provider is not to be asked for a whole game's predictions at once. */
const ASKED_AT_ONCE = 4;

/** How much of the score is for being right at all; the rest is for predicting in every turn. */
const ACCURACY_SHARE = 0.4;

/**
 * From 0 to 100. Accuracy is the share of the predictions that came true, coverage the share of the turns that had one.
 * Coverage counts only as far as the predictions were right, so that guessing at random earns little.
 */
export function foresightValue({ correct, wrong, missed }: Tally): number {
  const predicted = correct + wrong;
  if (predicted === 0) return 0;
  const coverage = predicted / (predicted + missed);
  return Math.round(100 * (correct / predicted) * (ACCURACY_SHARE + (1 - ACCURACY_SHARE) * coverage));
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

function reasoningFor({ correct, wrong, missed }: Tally): string {
  const predicted = correct + wrong;
  const turns = counted(predicted + missed, 'turn');
  if (predicted === 0) return `You predicted nothing in ${turns}, so nothing could come true.`;
  return (
    `You made ${counted(predicted, 'prediction')} in ${turns}, and ${correct === 0 ? 'none' : correct} came true. The score grows with the share ` +
    'that comes true, and with the share of turns that have a prediction.'
  );
}

interface JudgedPrediction extends PredictionVerdict {
  readonly prediction: string;
}

/** One round of verdicts, in the order of play. */
interface Round {
  readonly tally: Tally;
  readonly value: number;
  readonly judged: readonly JudgedPrediction[];
}

function roundOf(judged: readonly JudgedPrediction[], turns: number): Round {
  const correct = judged.filter(({ isCorrect }) => isCorrect).length;
  const tally = { correct, wrong: judged.length - correct, missed: turns - judged.length };
  return { tally, value: foresightValue(tally), judged };
}

const evidenceOf = (judged: readonly JudgedPrediction[]): string[] =>
  judged.map(
    ({ prediction, isCorrect, reasoning }) =>
      `${isCorrect ? 'right' : 'wrong'}: ${prediction} (${reasoning})`,
  );

/** The round in the middle counts; of an even number the lower of the two. There is at least one. */
function scoreOf(rounds: readonly Round[]): Score {
  const sorted = rounds.toSorted((a, b) => a.value - b.value);
  const middle = sorted[Math.floor((sorted.length - 1) / 2)];
  if (middle === undefined) throw new RangeError('A score needs at least one round of verdicts.');
  const values = sorted.map(({ value }) => value);
  return {
    task: nextAction.task,
    tier: tierOf(middle.value),
    score: middle.value,
    reasoning: reasoningFor(middle.tally),
    evidence: evidenceOf(middle.judged),
    model: middle.judged.at(-1)?.model ?? null,
    promptVersion: SCORING_VERSION,
    repeats: values,
    spread: Math.max(...values) - Math.min(...values),
    tally: middle.tally,
    failure: null,
  };
}

/** The score by the verdicts that were given while it was played; `null` where a prediction has none. */
export function foresightScoreSoFar(played: Playthrough): Score | null {
  const turns = played.exchanges.length;
  const made = played.exchanges.flatMap(({ prediction, verdicts = [] }) =>
    prediction === null ? [] : [{ prediction, verdicts }],
  );
  if (made.length === 0) return scoreOf([roundOf([], turns)]);
  const complete = Math.min(...made.map(({ verdicts }) => verdicts.length));
  if (complete === 0) return null;
  const roundAt = (index: number): Round =>
    roundOf(
      made.flatMap(({ prediction, verdicts }) => {
        const verdict = verdicts[index];
        return verdict === undefined ? [] : [{ prediction, ...verdict }];
      }),
      turns,
    );
  return scoreOf(Array.from({ length: complete }, (_, index) => roundAt(index)));
}

/** One round: the verdicts that were given in their turns, and those that are missing. */
async function judgeRound(
  { made, turns }: { readonly made: readonly MadePrediction[]; readonly turns: number },
  index: number,
  asker: Asker,
): Promise<Round> {
  const judged: JudgedPrediction[] = [];
  for (let from = 0; from < made.length; from += ASKED_AT_ONCE) {
    const some = made.slice(from, from + ASKED_AT_ONCE).map(async (one) => {
      const verdict = one.verdicts[index] ?? (await judgePrediction(one, asker));
      return { prediction: one.prediction, ...verdict };
    });
    judged.push(...(await Promise.all(some)));
  }
  return roundOf(judged, turns);
}

/**
 * Scores right, wrong and missed by `repeats` rounds of verdicts; what was not judged in its turn is judged now. Computed,
 * so that tier and score cannot disagree. Never fails for a model's sake. `scene` says who plays.
 */
export async function askForesightScore(
  { played, scene }: { readonly played: Playthrough; readonly scene: Scene },
  repeats: number,
  asker: Asker,
): Promise<Score> {
  const about = { made: predictionsIn(played, scene), turns: played.exchanges.length };
  const times = about.made.length === 0 ? 1 : repeats;
  try {
    const rounds = Array.from({ length: times }, (_, index) => judgeRound(about, index, asker));
    return scoreOf(await Promise.all(rounds));
  } catch (fault) {
    return scoreAfterFault(nextAction.task, fault);
  }
}
