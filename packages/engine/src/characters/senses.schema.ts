import { z } from 'zod';
import { text, textList } from './text.ts';

/** The channels that every sheet answers for, so that "cannot" is said and never merely left out. */
export const SENSE_CHANNELS = [
  'vision',
  'hearing',
  'touch',
  'smell',
  'taste',
  'proprioception',
  'text',
] as const;
export type SenseChannel = (typeof SENSE_CHANNELS)[number];

/** From least to most: nothing arrives; only strong or near things; as in most people; more than in most people. */
export const ACUITIES = ['none', 'faint', 'normal', 'keen'] as const;
export type Acuity = (typeof ACUITIES)[number];

const senseShape = {
  acuity: z.enum(ACUITIES).meta({ description: 'How much arrives: none, faint, normal or keen.' }),
  note: text(400).optional().meta({ description: 'What exactly is sensed, in one sentence.' }),
};

const senseSchema = z.strictObject(senseShape);

/** One sense of a character. */
export type Sense = z.infer<typeof senseSchema>;

const extraSenseSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'must be lower-case words joined by hyphens, such as light-level')
    .max(40)
    .meta({ description: 'Name of the sense, for example vibration, chemical, magnetic or light-level.' }),
  ...senseShape,
  cues: textList({ min: 1, max: 40, textMax: 40 }).meta({
    description: 'Words in what someone does that reach this sense, for example "knock" for vibration.',
  }),
});

/** A sense beyond the common channels, with the words that tell when it is addressed. */
export type ExtraSense = z.infer<typeof extraSenseSchema>;

/** What a character perceives. */
export const sensesSchema = z.strictObject({
  vision: senseSchema,
  hearing: senseSchema,
  touch: senseSchema,
  smell: senseSchema,
  taste: senseSchema,
  proprioception: senseSchema,
  text: senseSchema.meta({ description: 'Reading: written words, print, screens, braille or typed input.' }),
  extra: z
    .array(extraSenseSchema)
    .max(16)
    .meta({ description: 'Senses of other kinds; an empty list if there are none.' }),
});

/** What a character perceives, channel by channel. */
export type Senses = z.infer<typeof sensesSchema>;
