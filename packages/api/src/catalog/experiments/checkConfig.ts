import { experimentSchema } from '@dcs/engine';
import type { ExperimentConfig } from '@dcs/engine';
import type { z } from 'zod';
import { schemaProblems } from '../schemaProblems.ts';
import { fault } from './configProblem.ts';
import type { ConfigProblem } from './configProblem.ts';
import { resolveGames } from './resolveGames.ts';
import { ASSIGNMENT_RULES } from './rules/assignmentRules.ts';
import { CAST_RULES } from './rules/castRules.ts';
import { FORM_RULES } from './rules/formRules.ts';
import { GAME_RULES } from './rules/gameRules.ts';
import { PLAYER_RULES } from './rules/playerRules.ts';
import { QUOTA_RULES } from './rules/quotaRules.ts';
import type { Rule } from './rules/rule.ts';
import { SETTING_RULES } from './rules/settingRules.ts';
import { WEIGHT_RULES } from './rules/weightRules.ts';
import { isLeftOut, lacks, soundPart, unreadGameNames } from './soundPart.ts';
import type { ExperimentWorld } from './world.ts';

const RULES: readonly Rule[] = [
  ...GAME_RULES,
  ...CAST_RULES,
  ...ASSIGNMENT_RULES,
  ...QUOTA_RULES,
  ...FORM_RULES,
  ...PLAYER_RULES,
  ...SETTING_RULES,
  ...WEIGHT_RULES,
];

/** All that there is to mend or to look at. */
export interface CheckedConfig {
  /** `null` where the schema refuses it; otherwise it can be used if no problem is an error. */
  readonly config: ExperimentConfig | null;
  readonly problems: readonly ConfigProblem[];
}

/** What the rules say of all that the schema accepts, so that nobody has to mend a file in two rounds. */
function ofTheRest(data: unknown, error: z.ZodError, world: ExperimentWorld): readonly ConfigProblem[] {
  const sound = soundPart(data, error);
  if (sound === null) return [];
  const config = resolveGames(sound.config, world);
  return RULES.filter(({ needs = [] }) => !needs.some((need) => lacks(sound, need)))
    .flatMap(({ find }) => find(config, world, { gameNames: unreadGameNames(sound) }))
    .filter(({ path }) => !isLeftOut(sound, path));
}

/** The data of a file that has today's keys, and what the schema makes of it. */
export interface ParsedConfig {
  readonly data: unknown;
  readonly result: z.ZodSafeParseResult<ExperimentConfig>;
}

export function parseConfig(data: unknown): ParsedConfig {
  return { data, result: experimentSchema.safeParse(data) };
}

/** Checks a configuration against all that it names. */
export function checkConfig({ data, result }: ParsedConfig, world: ExperimentWorld): CheckedConfig {
  if (!result.success) {
    const ofSchema = schemaProblems(experimentSchema, data, result.error).map(({ path, ...words }) =>
      fault(path, words),
    );
    return { config: null, problems: [...ofSchema, ...ofTheRest(data, result.error, world)] };
  }
  const config = resolveGames(result.data, world);
  return { config, problems: RULES.flatMap(({ find }) => find(config, world, { gameNames: [] })) };
}
