import { z } from 'zod';
import { hidSchema } from '../characters/character.schema.ts';
import { CHARACTER_FILTER_NAMES } from '../characters/filters.ts';
import { optionalText, text } from '../characters/text.ts';
import { CONDITIONS } from '../games/roleplay/config.ts';
import { modelChoiceSchema, modelNameSchema } from '../models/modelChoice.ts';
import { ASSIGNMENT_STRATEGIES } from './assignment/strategyName.ts';
import { formSchema } from './forms/form.schema.ts';

const slug = (maximum: number, example: string) =>
  z
    .string()
    .max(maximum)
    .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, `must be lower-case words joined by hyphens, such as ${example}`);

export const experimentNameSchema = slug(60, 'pilot-study');

const castSchema = z
  .array(
    z.union(
      [z.enum(CHARACTER_FILTER_NAMES), hidSchema],
      `must be a character's handle or one of: ${CHARACTER_FILTER_NAMES.join(', ')}`,
    ),
  )
  .min(1)
  .max(200);

const count = z.int().min(1).max(1_000_000);
const timeSchema = z.iso.datetime({
  offset: true,
  error: 'must be a time with its zone, such as 2026-12-01T09:00:00+01:00',
});

const gameSchema = z.strictObject({
  name: text(80).meta({ description: 'Which game: its name, such as infer-intent, or its title.' }),
  variant: slug(60, 'explore-hidden').optional().meta({
    description:
      'What this entry goes by in assignments and data; without it, the name of the game. Needed to have one game twice with different settings.',
  }),
  // Optional rather than with defaults, so that files without them keep their revision.
  pcs: castSchema.optional().meta({
    description: 'Whom participants may play in this game, instead of assignment.playerCharacters.',
  }),
  npcs: castSchema.optional().meta({
    description: 'Whom participants may meet in this game, instead of assignment.simulatedCharacters.',
  }),
  overrides: z.record(z.string().max(64), z.json()).default({}).meta({
    description: "Settings of the game that are different here; the game's own schema checks them.",
  }),
});

/** Where an experiment does not say how many assignments a participant completes. */
export const DEFAULT_MAX_PER_PARTICIPANT = 3;

const AFTER_INTERRUPTION = ['resume', 'restart'] as const;

const assignmentSchema = z.strictObject({
  strategy: z
    .enum(ASSIGNMENT_STRATEGIES)
    .default('least-played-combination-next')
    .meta({ description: 'How it is decided who plays what next.' }),
  playerCharacters: castSchema.optional().meta({
    description: 'Whom participants may play: filter names or handles, among those that the game admits.',
  }),
  simulatedCharacters: castSchema.optional().meta({
    description: 'Whom participants may meet: filter names or handles, among those that the game admits.',
  }),
  maxPerParticipant: z.int().min(1).max(1000).default(DEFAULT_MAX_PER_PARTICIPANT).meta({
    description:
      'How many assignments one participant completes at most. Without it: with random-unique as many as there are games, with random-unique-game no more than that.',
  }),
  participantChooses: z.boolean().default(false).meta({
    description: 'Whether participants choose among what the strategy offers. Otherwise the first is given.',
  }),
  requireCompletion: z.boolean().default(true).meta({
    description: 'Whether an assignment has to be completed before there is another.',
  }),
  sameCharacter: z.boolean().default(false).meta({
    description: 'Whether somebody may meet the character that they play.',
  }),
  holdMinutes: z.int().min(1).max(525_600).default(1440).meta({
    description:
      'How long an assignment that was not begun, or was interrupted, keeps its place in the quotas. Afterwards somebody else may have it.',
  }),
  // Optional rather than with a default: files that do not have it are still what they were, under the same revision.
  afterInterruption: z.enum(AFTER_INTERRUPTION).optional().meta({
    description:
      'What becomes of a session that ended before it was done. resume: the next attempt goes on from where it broke off, as far as there is a way on. restart: every attempt begins anew. Without it: resume.',
  }),
});

const quotasSchema = z.strictObject({
  participants: count.optional().meta({ description: 'How many people may take part.' }),
  perGame: count.optional().meta({ description: 'How many participants each game needs.' }),
  perCharacter: count.optional().meta({
    description: 'How many participants each simulated character needs.',
  }),
  perCombination: count.optional().meta({
    description: 'How many participants each combination of game and characters needs.',
  }),
});

const capSchema = z.strictObject({
  tokens: z.int().min(1).max(1_000_000_000_000).optional().meta({
    description: 'Tokens that models read and write, added up.',
  }),
  dollars: z.number().positive().max(1_000_000).optional().meta({
    description: 'What models cost, in US dollars.',
  }),
  seconds: z.int().min(1).max(1_000_000_000).optional().meta({
    description: 'Seconds that models take, added up.',
  }),
});

/** What models may use for one turn, session, player or the whole experiment; never more than the settings allow. */
const capsSchema = z.strictObject({
  turn: capSchema.optional().meta({ description: 'For one turn of a session.' }),
  session: capSchema.optional().meta({ description: 'For one session.' }),
  player: capSchema.optional().meta({ description: 'For all that one participant plays.' }),
  experiment: capSchema.optional().meta({ description: 'For the whole experiment.' }),
});

const modelPlayerSchema = z.strictObject({
  model: modelNameSchema.meta({ description: 'Who plays, such as openrouter:openai/gpt-5-mini.' }),
  participants: z.int().min(1).max(10_000).default(1).meta({
    description: 'How many participants it plays, one after the other or side by side.',
  }),
  atOnce: z.int().min(1).max(100).default(4).meta({ description: 'How many of them play at the same time.' }),
});

const completionSchema = z.strictObject({
  text: optionalText(4000).optional().meta({ description: 'What is said at the end. Markdown.' }),
  code: z.enum(['none', 'shared', 'individual']).default('individual').meta({
    description: 'Which code participants get at the end, to be paid for example.',
  }),
  sharedCode: text(64).optional().meta({ description: 'For code: shared.' }),
  url: z
    .url({ protocol: /^https?$/ })
    .max(500)
    .optional()
    .meta({
      description: 'Where participants go from there; {code} stands for their code.',
    }),
});

/** One study: who plays what in which order, what they are asked, and how much of it there is. */
export const experimentSchema = z.strictObject({
  name: experimentNameSchema.meta({ description: 'The same as the name of the file.' }),
  title: text(120).optional().meta({ description: 'What participants read above it; without it, the name.' }),
  description: optionalText(8000).default('').meta({ description: 'What it is about. Markdown.' }),
  condition: z.enum(CONDITIONS).default('static').meta({
    description: 'learning: participants see how they did. static: they never do.',
  }),
  seed: z
    .union([z.int(), text(64)])
    .optional()
    .meta({
      description: 'What chance is drawn from; without it, the name.',
    }),
  registration: z.enum(['required', 'anonymous']).default('required').meta({
    description: 'Whether participants have to register, or may come as they are.',
  }),
  players: z
    .strictObject({
      humans: z.boolean().default(true).meta({ description: 'Whether people may take part.' }),
      models: z.array(modelPlayerSchema).max(20).default([]).meta({
        description: 'Models that take part like people.',
      }),
    })
    .prefault({})
    .meta({ description: 'Who may take part.' }),
  opens: timeSchema.optional().meta({ description: 'From when on people may take part.' }),
  closes: timeSchema.optional().meta({ description: 'Until when people may begin something.' }),
  games: z.array(gameSchema).min(1).max(50).meta({
    description: 'What is played. Strategies that go by the order of games go by this one.',
  }),
  assignment: assignmentSchema
    .prefault({})
    .meta({ description: 'Who plays what, with whom, and how often.' }),
  quotas: quotasSchema.prefault({}).meta({
    description: 'How much is needed; what is left out has no end.',
  }),
  models: modelChoiceSchema.optional().meta({
    description: 'Models that are asked here instead of those of games and settings, by role.',
  }),
  caps: capsSchema.prefault({}).meta({
    description: 'What models may use here, if that is less than the settings of the server allow.',
  }),
  forms: z.array(formSchema).max(50).default([]).meta({
    description: 'What participants are asked, in this order where several are due at once.',
  }),
  withdrawal: optionalText(4000).optional().meta({
    description: 'What participants read before they withdraw, and what becomes of their data. Markdown.',
  }),
  completion: completionSchema.prefault({}).meta({
    description: 'What participants get at the end.',
  }),
});

/** An experiment as its file says it, with everything filled in. */
export type ExperimentConfig = z.infer<typeof experimentSchema>;
export type ExperimentGame = ExperimentConfig['games'][number];

/** What a game of an experiment goes by in assignments, quotas and data. */
export const variantOf = ({ name, variant }: ExperimentGame): string => variant ?? name;
