import { TURN_PHASES } from '@dcs/engine';
import type { Signal } from '@dcs/engine';
import { z } from 'zod';

const seq = z.number().int().positive();

const signalSchema: z.ZodType<Signal> = z.discriminatedUnion('type', [
  z.object({ type: z.literal('draft'), turn: z.number().int(), text: z.string() }),
  z.object({
    type: z.literal('turn'),
    turn: z.number().int(),
    phase: z.enum(TURN_PHASES),
    turns: z.number().int(),
    exited: z.boolean(),
    exitReason: z.string().nullable(),
  }),
]);

/**
 * What a node says in the channel of a session. Events do not travel: they are read from the log, so that nothing is
 * shown that is not durable, whatever is said here.
 */
const hintSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('recorded'), from: z.string(), firstSeq: seq, lastSeq: seq }),
  z.object({ type: z.literal('signal'), from: z.string(), signal: signalSchema }),
]);
export type SessionHint = z.infer<typeof hintSchema>;

/** Longer than any draft of a reply. */
const MOST_CHARACTERS = 256 * 1024;

/** `null` for what is not a hint. */
export function readHint(text: string): SessionHint | null {
  if (text.length > MOST_CHARACTERS) return null;
  try {
    return hintSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null; // not JSON
  }
}
