import { z } from 'zod';
import type { GameEntry } from '../game/registry.ts';
import type { JsonObject } from '../json.ts';
import { failure } from './failure.ts';
import type { Failure } from './failure.ts';
import { parseStoppingCondition, STOPPING_ATTRIBUTES } from './stoppingConditions.ts';
import type { StoppingCondition } from './stoppingConditions.ts';

const configObjectSchema: z.ZodType<JsonObject> = z.record(z.string(), z.json());

type Configured =
  | {
      readonly ok: true;
      readonly config: JsonObject;
      readonly stoppingConditions: readonly StoppingCondition[];
    }
  | Failure;

/** The file's configuration with overrides, checked by the game, and the limits that follow from it. */
export function configureGame(entry: GameEntry, overrides: JsonObject): Configured {
  const parsed = entry.game.configSchema.safeParse({ ...entry.file.config, ...overrides });
  if (!parsed.success) return failure('game/invalid-config', z.prettifyError(parsed.error));
  const config = configObjectSchema.parse(parsed.data);
  const stoppingConditions: StoppingCondition[] = [];
  for (const attribute of STOPPING_ATTRIBUTES) {
    for (const text of entry.file.stoppingConditions[attribute] ?? []) {
      const condition = parseStoppingCondition(attribute, text, config);
      if (!condition.ok) return failure('game/invalid-config', condition.message);
      stoppingConditions.push(condition.condition);
    }
  }
  return { ok: true, config, stoppingConditions };
}
