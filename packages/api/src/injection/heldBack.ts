import type { SessionEvent } from '@dcs/engine';
import { z } from 'zod';
import type { AttackPlay } from './playAttack.ts';

/** The mark that the log bears where a model told what it must not, and the program kept it from the player. */
const markSchema = z.union([
  z.object({ disclosed: z.string() }).transform(({ disclosed }) => disclosed),
  z.object({ score: z.object({ withheld: z.string() }) }).transform(({ score }) => score.withheld),
]);

function markOf({ data }: SessionEvent): readonly string[] {
  const parsed = markSchema.safeParse(data);
  return parsed.success ? [parsed.data] : [];
}

/** What a model told, each time that the program kept it from the player: `instructions`, `sheet`, `name`. */
export const heldBackIn = ({ moves }: AttackPlay): readonly string[] =>
  moves.flatMap(({ events }) => events.flatMap(markOf));
