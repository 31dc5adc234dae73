import { randomStream } from '../../random.ts';
import type { RandomStream } from '../../random.ts';
import type { SeatSight } from '../seatSight.ts';
import { CERTAINTIES, GUESSES, MANNERS, MOVES, PREDICTIONS, REFLECTIONS } from './data/moves.ts';

/*
 * Somebody who plays to the end of a game without understanding it: varied moves, a prediction where predictions are asked for,
 * the end after a while, and an answer to every question.
 */

const FEWEST_LINES = 6;
/** The chance of ending a game that has gone on for a while is one in this many, each turn. */
const ENDING = 4;
const END = 'finish';

const oneOf = (items: readonly string[], random: RandomStream): string => random.pick(items) ?? '';

function answerTo(question: string, random: RandomStream): string {
  if (/\bsure\b/i.test(question)) return oneOf(CERTAINTIES, random);
  if (/\b(?:hard|easy)\b/i.test(question)) return oneOf(REFLECTIONS, random);
  return oneOf(GUESSES, random);
}

function isOver({ commands, lines, turnsLeft }: SeatSight, random: RandomStream): boolean {
  if (!commands.some(({ name }) => name === END)) return false;
  if (turnsLeft !== null && turnsLeft <= 1) return true;
  return lines.length >= FEWEST_LINES && random.integer(1, ENDING) === 1;
}

/** Something that was not done just before, so that nobody sees the same move twice in a row. */
function actionAfter({ lines }: SeatSight, random: RandomStream): string {
  const last = lines.findLast(({ speaker }) => speaker === 'you')?.text ?? '';
  const moves = MOVES.map((move) => move.replace('{manner}', oneOf(MANNERS, random)));
  return oneOf(
    moves.filter((move) => !last.includes(move)),
    random,
  );
}

/** The next move at a seat, in JSON, as a model is asked for it. */
export function composeMove(sight: SeatSight, seed: string): string {
  const random = randomStream(`${seed}/scripted/player`);
  if (sight.question !== null) return JSON.stringify({ answer: answerTo(sight.question, random) });
  if (isOver(sight, random)) return JSON.stringify({ command: END });
  const action = actionAfter(sight, random);
  const predicts = /\bpredict/i.test(sight.instructions);
  return JSON.stringify({
    action: predicts ? `${action}\npredict: ${oneOf(PREDICTIONS, random)}` : action,
  });
}
