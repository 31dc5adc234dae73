import { z } from 'zod';
import type { DecisionTools } from '../../../game/game.ts';
import type { Scene } from '../../../models/scene.ts';
import { readAnswer } from '../usableAnswer.ts';
import { askScorer } from './askScorer.ts';
import { nextAction } from './prompts/nextAction.ts';
import { transcriptOf } from './playthrough.ts';
import type { Exchange, Playthrough } from './playthrough.ts';
import { scoreAfterFault, tierOf } from './score.ts';
import type { Score, Tally } from './score.ts';
import { SCORING_VERSION } from './version.ts';

const LONGEST_REASONING = 300;
/** A provider is not to be asked for a whole game's predictions at once. */
const ASKED_AT_ONCE = 4;
/** As much of the past as a prediction is judged by: its own turn and the ones just before. */
const EXCHANGES_SHOWN = 4;

const judgedSchema = z.object({
  verdict: z.enum(['correct', 'wrong']),
  reasoning: z.string().trim().min(1).max(20_000),
});

interface JudgedPrediction {
  readonly prediction: string;
  readonly isCorrect: boolean;
  readonly reasoning: string;
  readonly model: string;
}

interface PredictedExchange {
  readonly prediction: string;
  /** Ends with the turn for which it was made. */
  readonly scene: Scene;
}

async function judge(
  { prediction, scene }: PredictedExchange,
  tools: DecisionTools,
): Promise<JudgedPrediction> {
  const question = { scorer: nextAction, material: { scene, claim: prediction } };
  const read = (text: string) => readAnswer(text, judgedSchema);
  const { answer, model } = await askScorer(question, read, tools);
  const reasoning = answer.reasoning.slice(0, LONGEST_REASONING).toWellFormed();
  return { prediction, isCorrect: answer.verdict === 'correct', reasoning, model };
}

function predictedExchanges(played: Playthrough, scene: Scene): readonly PredictedExchange[] {
  const upTo = (end: number): readonly Exchange[] =>
    played.exchanges.slice(Math.max(0, end - EXCHANGES_SHOWN), end);
  return played.exchanges.flatMap(({ prediction, action }, index) => {
    if (prediction === null) return [];
    const opening = index < EXCHANGES_SHOWN ? played.opening : null;
    const transcript = transcriptOf({ opening, exchanges: [...upTo(index + 1)], said: null });
    return [{ prediction, scene: { ...scene, transcript, action, turn: index + 2 } }];
  });
}

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

async function judgeRound(
  predicted: readonly PredictedExchange[],
  turns: number,
  tools: DecisionTools,
): Promise<Round> {
  const judged: JudgedPrediction[] = [];
  for (let from = 0; from < predicted.length; from += ASKED_AT_ONCE) {
    const some = predicted.slice(from, from + ASKED_AT_ONCE);
    judged.push(...(await Promise.all(some.map((exchange) => judge(exchange, tools)))));
  }
  return roundOf(judged, turns);
}

async function medianRound(rounds: readonly Promise<Round>[]): Promise<{ middle: Round; values: number[] }> {
  const sorted = (await Promise.all(rounds)).toSorted((a, b) => a.value - b.value);
  const middle = sorted[Math.floor((sorted.length - 1) / 2)];
  if (middle === undefined) throw new RangeError('A score needs at least one round of verdicts.');
  return { middle, values: sorted.map(({ value }) => value) };
}

/**
 * Judges every prediction, `repeats` times, and scores right, wrong and missed. Computed, so that tier and score cannot
 * disagree. Never fails for a model's sake. `scene` says who plays.
 */
export async function askForesightScore(
  { played, scene }: { readonly played: Playthrough; readonly scene: Scene },
  repeats: number,
  tools: DecisionTools,
): Promise<Score> {
  const predicted = predictedExchanges(played, scene);
  const turns = played.exchanges.length;
  const times = predicted.length === 0 ? 1 : repeats;
  try {
    const rounds = Array.from({ length: times }, () => judgeRound(predicted, turns, tools));
    const { middle, values } = await medianRound(rounds);
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
  } catch (fault) {
    return scoreAfterFault(nextAction.task, fault);
  }
}
