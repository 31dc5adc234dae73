import type { z } from 'zod';
import type { JsonObject } from '../../json.ts';
import type { RoleplayConfig } from './config.ts';

/** Each shows the player something; who has to find it out must not be able to switch it on. */
const SHOWING = ['showNpcDetails', 'showFinalScore'] as const;
/** Says what a session is part of, which nobody says of their own session. */
const OF_EXPERIMENTS = ['condition'] as const;

/**
 * The settings among `wanted` with which a player would see more than the game file (`file`) lets players see, or would
 * pass for a participant. Whatever hides more is a player's to choose. Of a file that the game does not take, all are reserved.
 */
export function reservedSettings(
  schema: z.ZodType<RoleplayConfig>,
  wanted: JsonObject,
  file: JsonObject,
): readonly string[] {
  const parsed = schema.safeParse(file);
  const byFile: Readonly<Record<string, unknown>> = parsed.success ? parsed.data : {};
  const showing = SHOWING.filter((name) => wanted[name] === true && byFile[name] !== true);
  return [...showing, ...OF_EXPERIMENTS.filter((name) => wanted[name] !== undefined)];
}
