import { z } from 'zod';
import { PLAYER_RULES } from './rules.ts';

/** `learning`: players see how they did. `static`: they never do. */
export const CONDITIONS = ['learning', 'static'] as const;

/** The settings that every language game has, with the ranges within which an experiment may change them. */
export const roleplayConfigSchema = z.strictObject({
  maxTurns: z.int().min(1).max(500).default(50),
  maxPlaytimeSeconds: z.int().min(1).max(3600).default(600),
  /** How many actions may break the rules of play before the session ends. */
  retryBudget: z.int().min(0).max(10).default(10),
  /** Counted as `inputLength` counts. */
  maxInputLength: z.int().min(1).max(350).default(350),
  /** Whether the player is told who the simulated character is. */
  showNpcDetails: z.boolean().default(true),
  /** What a player's action is checked for, each by a judge of its own. None: whatever is written is played. */
  playerRules: z
    .array(z.enum(PLAYER_RULES))
    .max(PLAYER_RULES.length)
    .default([...PLAYER_RULES]),
  /** Whether what the simulated character does is checked before it is played. */
  judgesReplies: z.boolean().default(true),
  /** Whether a reply is shown while it is being written, before any judge of replies has read it. */
  showsUnjudgedText: z.boolean().default(false),
  /** What an experiment lets its players learn of how they did. Left out where a session belongs to none. */
  condition: z.enum(CONDITIONS).optional(),
  /** Replaces the game's own introduction; who plays, limits and commands are always added. */
  help: z.string().trim().min(1).max(4000).optional(),
});

export type RoleplayConfig = z.infer<typeof roleplayConfigSchema>;

/** Length of a player's text in code points: an emoji of one code point counts as one. Clients count the same way. */
export function inputLength(text: string): number {
  let length = 0;
  for (const point of text) length += point.length > 0 ? 1 : 0;
  return length;
}
