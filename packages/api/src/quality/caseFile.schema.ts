import type { PlayerRule, ScoreTask, SimulatorRule } from '@dcs/engine';
import { z } from 'zod';
import { readBounds } from './bounds.ts';
import type { Bounds } from './bounds.ts';
import { readTranscript } from './transcript.ts';

/*
 * Files of labelled cases as they are exchanged: JSON, snake_case, one kind of case in a file. Their names for rules are read
 * as ours.
 */

const PLAYER_RULE_NAMES = {
  'VALID-PC-ACTION': 'action',
  'VALID-PC-ABILITY': 'ability',
  'VALID-PLAYER-AUTHORITY-BOUNDARY': 'authority',
} as const satisfies Record<string, PlayerRule>;

const SIMULATOR_RULE_NAMES = {
  'VALID-NPC-ACTION': 'characterAction',
  'VALID-NPC-ABILITY': 'characterAbility',
  'VALID-PERCEPTION-BOUNDARY': 'perception',
  'VALID-ADJUDICATION': 'adjudication',
  'VALID-AUTHORITY-BOUNDARY-SIMULATOR': 'playerAuthority',
  'VALID-GAME-ALIGNMENT': 'alignment',
} as const satisfies Record<string, SimulatorRule>;

const SCORER_FILES = {
  SCORER_GOAL_INFERENCE: 'goal-inference',
  SCORER_GOAL_BOUNDS: 'goal-bounds',
  SCORER_SHARED_GOAL: 'shared-goal',
  SCORER_NEXT_ACTION: 'next-action',
} as const satisfies Record<string, ScoreTask>;
const SCORER_KEYS = [
  'SCORER_GOAL_INFERENCE',
  'SCORER_GOAL_BOUNDS',
  'SCORER_SHARED_GOAL',
  'SCORER_NEXT_ACTION',
] as const satisfies readonly (keyof typeof SCORER_FILES)[];

const text = z.string().trim().min(1).max(20_000);
const hid = z.string().min(1).max(64);

const transcript = text.transform((said, context) => {
  const lines = readTranscript(said);
  if (lines !== null) return lines;
  context.addIssue('must begin with "Opening scene:", "Player:" or "Simulator:"');
  return z.NEVER;
});

const bounds = z.union([z.number(), z.string().max(40)]).transform((label, context): Bounds => {
  const read = readBounds(label);
  if (read !== null) return read;
  context.addIssue('must be a number or comparisons such as ">=50,<75"');
  return z.NEVER;
});

/** The rules behind a list of their names in files. */
function ruleList<Name extends string, Rule>(names: Readonly<Record<Name, Rule>>) {
  return z
    .array(z.enum(Object.keys(names) as [Name, ...Name[]]))
    .max(20)
    .transform((list): readonly Rule[] => list.map((name) => names[name]));
}

const caseShape = {
  id: z.string().min(1).max(200),
  description: z.string().max(2_000).default(''),
  pc_hid: hid,
  npc_hid: hid,
  transcript,
};

const MOST_CASES = 10_000;

/** A list of cases with these fields beside those that all have. */
const casesOf = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z
    .array(z.object({ ...caseShape, ...shape }))
    .min(1)
    .max(MOST_CASES);

/** Cases for the judges of what players do. */
export const actionFileSchema = z.object({
  cases: casesOf({
    player_action: text,
    expected_failed_validators: ruleList(PLAYER_RULE_NAMES),
    expected_passed_validators: ruleList(PLAYER_RULE_NAMES),
  }),
});

/** Cases for the judges of replies; the last line of the transcript is the action that is replied to. */
export const replyFileSchema = z.object({
  cases: casesOf({
    simulator_response: text,
    game_objective: z.string().trim().max(2_000).default(''),
    expected_failed_validators: ruleList(SIMULATOR_RULE_NAMES),
    expected_passed_validators: ruleList(SIMULATOR_RULE_NAMES),
  }),
});

/** Cases for a scorer. */
export const playFileSchema = z.object({
  metadata: z.object({ model_key: z.enum(SCORER_KEYS).transform((key) => SCORER_FILES[key]) }),
  cases: casesOf({
    guess: z.string().trim().max(20_000).default(''),
    shared_goal: z.string().trim().max(2_000).optional(),
    expected_tier: bounds,
    expected_score: bounds,
  }),
});

export type ActionFile = z.infer<typeof actionFileSchema>;
export type ReplyFile = z.infer<typeof replyFileSchema>;
export type PlayFile = z.infer<typeof playFileSchema>;

export const ACTION_FILE = 'DEFAULT_PLAYER_TURN_VALIDATORS';
export const REPLY_FILE = 'DEFAULT_SIMULATOR_TURN_VALIDATORS';

/** What a file says that it holds. */
export const caseFileHeadSchema = z.object({
  metadata: z.object({ model_key: z.enum([ACTION_FILE, REPLY_FILE, ...SCORER_KEYS]) }),
});
