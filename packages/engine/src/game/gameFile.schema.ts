import { z } from 'zod';
import { COMPARISONS, STOPPING_ATTRIBUTES } from '../session/stoppingConditions.ts';
import { CHARACTER_FILTER_NAMES, PC_FILTER_NAMES } from '../characters/filters.ts';
import { hidSchema } from '../characters/character.schema.ts';
import { text, textList } from '../characters/text.ts';
import { modelChoiceSchema } from '../models/modelChoice.ts';

const COMPARISON_PATTERN = new RegExp(
  `^\\s*(${COMPARISONS.join('|')})\\s*(\\d{1,9}(\\.\\d{1,6})?|[A-Za-z][A-Za-z0-9_]{0,63})\\s*$`,
);

const comparisonsSchema = z
  .array(
    z
      .string()
      .max(100)
      .regex(
        COMPARISON_PATTERN,
        'must be a comparison with a number or a config value, such as ">= 50" or ">= maxTurns"',
      ),
  )
  .min(1)
  .max(8);

const stoppingAttributeSchema = z.enum(STOPPING_ATTRIBUTES);

/** Filter names or handles; a character that any entry admits may be chosen. */
const allowedSchema = <const Name extends string>(names: readonly [Name, ...Name[]]) =>
  z
    .array(z.union([z.enum(names), hidSchema], `must be a character's handle or one of: ${names.join(', ')}`))
    .min(1)
    .max(200);

/**
 * The part of a game that can be changed without programming. `config` is checked by the game's own schema, which
 * knows the ranges.
 */
export const gameFileSchema = z.strictObject({
  name: z
    .string()
    .regex(
      /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/,
      'must be lower-case words joined by hyphens, such as infer-intent',
    )
    .max(60)
    .meta({ description: 'Which game this configures; the same as the name of the file.' }),
  title: text(80),
  version: z
    .string()
    .regex(/^\d{1,6}\.\d{1,6}\.\d{1,6}$/, 'must be three numbers such as 1.0.0')
    .meta({ description: 'Raise it with every change, so that sessions can be told apart.' }),
  authors: textList({ min: 1, max: 32, textMax: 120 }),
  description: text(1000),
  config: z
    .record(z.string().max(64), z.json())
    .meta({ description: "Settings; the game's own schema checks them." }),
  pcs: allowedSchema(PC_FILTER_NAMES).optional().meta({
    description: 'Whom a player may play: filter names or handles; without it, anyone.',
  }),
  npcs: allowedSchema(CHARACTER_FILTER_NAMES).optional().meta({
    description: 'Whom a player may meet: filter names or handles; without it, anyone.',
  }),
  models: modelChoiceSchema.optional().meta({
    description:
      'Models that are asked in this game instead of those of the settings, by role, in the order in which they are asked.',
  }),
  stoppingConditions: z.partialRecord(stoppingAttributeSchema, comparisonsSchema).meta({
    description: 'When a session ends by itself; any one comparison suffices.',
  }),
});

/** A game's YAML file, as read. */
export type GameFile = z.infer<typeof gameFileSchema>;
