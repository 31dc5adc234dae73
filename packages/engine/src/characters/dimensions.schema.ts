import { z } from 'zod';
import { optionalText } from './text.ts';

/**
 * Nine axes on which a mind that is not human is placed, each with its closed list of options. The lists are those of
 * the published character sets, except that `processingSpeed` also has the scales other than milliseconds: a fungus
 * and a lift controller do not live at the same pace.
 */
export const DIMENSIONS = {
  origin: [
    'evolved',
    'human-engineered',
    'trained',
    'grown',
    'simulated',
    'emergent',
    'hybrid (evolved + engineered)',
    'unknown origin',
  ],
  form: [
    'bipedal',
    'quadrupedal',
    'humanoid',
    'non-humanoid',
    'disembodied (software-only)',
    'embodied (physical)',
    'distributed',
    'modular',
  ],
  goalspaceBounds: [
    'fixed and narrow',
    'bounded but flexible',
    'task-limited',
    'open-ended',
    'unbounded',
    'self-generated goals',
  ],
  memoryAndLearning: [
    'no learning',
    'short-term memory',
    'long-term memory',
    'episodic memory',
    'semantic memory',
    'online learning',
    'offline learning',
    'meta-learning',
  ],
  agencyAndAutonomy: [
    'no agency',
    'reactive',
    'goal-directed',
    'semi-autonomous',
    'fully autonomous',
    'self-modifying',
  ],
  substrate: ['biological', 'mechanical', 'electronic', 'digital', 'virtual', 'hybrid', 'unknown'],
  processingSpeed: ['μs', 'ms', 'seconds', 'minutes', 'hours', 'days', 'seasons'],
  size: [
    'microscopic (μm)',
    'millimeter (mm)',
    'centimeter (cm)',
    'meter (m)',
    'kilometer (km)',
    'planetary',
    'larger-than-planetary',
    'non-physical',
  ],
  abilities: [
    'vision',
    'hearing',
    'tactile',
    'taste',
    'smell',
    'vestibular',
    'proprioception',
    'pattern-recognition',
    'depth and motion',
    'language comprehension',
    'attention and focus',
  ],
} as const;

export type DimensionName = keyof typeof DIMENSIONS;

function dimension<const Option extends string>(options: readonly [Option, ...Option[]]) {
  return z.strictObject({
    value: z
      .array(z.enum(options))
      .min(1)
      .max(options.length)
      .refine((chosen) => new Set(chosen).size === chosen.length, { error: 'names an option twice' }),
    explanation: optionalText(1000).meta({ description: 'Why these options and not others.' }),
  });
}

/** All nine dimensions are required. */
export const dimensionsSchema = z.strictObject({
  origin: dimension(DIMENSIONS.origin),
  form: dimension(DIMENSIONS.form),
  goalspaceBounds: dimension(DIMENSIONS.goalspaceBounds),
  memoryAndLearning: dimension(DIMENSIONS.memoryAndLearning),
  agencyAndAutonomy: dimension(DIMENSIONS.agencyAndAutonomy),
  substrate: dimension(DIMENSIONS.substrate),
  processingSpeed: dimension(DIMENSIONS.processingSpeed),
  size: dimension(DIMENSIONS.size),
  abilities: dimension(DIMENSIONS.abilities),
});

/** Where a non-human character stands on the nine axes. */
export type Dimensions = z.infer<typeof dimensionsSchema>;
