import { z } from 'zod';
import { inputLength } from '../games/roleplay/config.ts';
import { readAnswer, UnusableAnswer } from '../games/roleplay/usableAnswer.ts';
import type { SeatSight } from '../models/seatSight.ts';

const said = z.string().trim().min(1).max(20_000);
const command = z
  .string()
  .trim()
  .max(60)
  .transform((name) => name.replace(/^\//, '').toLowerCase());

const moveSchema = z.union([z.object({ command }), z.object({ answer: said }), z.object({ action: said })]);

function commandLine(name: string, { commands }: SeatSight): string {
  if (commands.some((known) => known.name === name)) return `/${name}`;
  throw new UnusableAnswer(`there is no command "${name}"`);
}

/**
 * What a player wrote, as a person would have typed it. Throws `UnusableAnswer` for anything that the game would not take
 * because of its form; whether it keeps the rules of play, the game says.
 */
export function readMove(text: string, sight: SeatSight): string {
  const move = readAnswer(text, moveSchema);
  if ('command' in move) return commandLine(move.command, sight);
  const line = ('answer' in move ? move.answer : move.action).toWellFormed();
  const length = inputLength(line);
  if (length > sight.longestText) {
    throw new UnusableAnswer(`it has ${length} characters, and at most ${sight.longestText} fit`);
  }
  return line;
}
