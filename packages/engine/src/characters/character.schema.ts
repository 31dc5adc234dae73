import { z } from 'zod';
import { dimensionsSchema } from './dimensions.schema.ts';
import { hsnDivergenceSchema } from './hsnDivergence.schema.ts';
import { mannerSchema } from './manner.schema.ts';
import { sensesSchema } from './senses.schema.ts';
import { text, textList } from './text.ts';

/** A character's handle: short, upper-case, unique in a catalogue, stable for ever. */
export const hidSchema = z
  .string()
  .regex(/^[A-Z][A-Z0-9]*(-[A-Z0-9]+)*$/, 'must be upper-case letters and digits, such as OCT or OCT-2')
  .max(24);

const scenarioSchema = z.strictObject({
  name: text(120),
  description: text(1000),
  baselineExperience: text(1000).meta({
    description: 'What being there is usually like for this character.',
  }),
  pleasantIf: textList({ min: 0, max: 24, textMax: 400 }),
  unpleasantIf: textList({ min: 0, max: 24, textMax: 400 }),
});

/** A place or situation from the character's life. */
export type Scenario = z.infer<typeof scenarioSchema>;

/**
 * A full character sheet. `senses` and `manner` are optional because sheets written elsewhere lack them; with them
 * even a simple model can answer in character.
 */
export const characterSheetSchema = z.strictObject({
  hid: hidSchema.meta({
    title: 'Handle',
    description: 'Short upper-case handle, the same as the name of the file.',
  }),
  name: text(120).optional().meta({ description: 'What people call this character, if it has a name.' }),
  authors: textList({ min: 1, max: 32, textMax: 120 }).meta({ description: 'Who wrote this sheet.' }),
  isHuman: z.boolean().meta({ title: 'A person', description: 'Whether this character is a human being.' }),
  pcEligible: z
    .boolean()
    .meta({ title: 'For players', description: 'Whether a player may play this character.' }),
  commonLabels: textList({ min: 1, max: 32, textMax: 120 }).meta({
    description: 'Words that others would use for this character; filters look at them.',
  }),
  shortDescription: text(600).meta({
    description: 'One or two sentences, which players read as they choose.',
  }),
  longDescription: text(20_000).meta({
    description:
      'Everything that whoever plays this character has to know of its life; paragraphs are welcome.',
  }),
  abilities: textList({ min: 1, max: 100, textMax: 600 }).meta({
    description: 'What it can and cannot do, a sentence each; actions are judged by them.',
  }),
  goals: textList({ min: 1, max: 50, textMax: 600 }).meta({ description: 'What it is after.' }),
  personaFeatures: textList({ min: 0, max: 100, textMax: 600 }).meta({
    title: 'Persona',
    description: 'Traits and habits, one each.',
  }),
  scenarios: z.array(scenarioSchema).max(50).meta({ description: 'Places and situations from its life.' }),
  senses: sensesSchema.optional(),
  manner: mannerSchema.optional(),
  hsnDivergence: hsnDivergenceSchema.nullable().meta({
    title: 'Everyday assumptions',
    description: 'For people only: which of the 28 everyday assumptions hold.',
  }),
  dimensions: dimensionsSchema
    .nullable()
    .meta({ description: 'For minds that are not human only: their place on nine axes.' }),
});

/** Everything that is known about a character. */
export type CharacterSheet = z.infer<typeof characterSheetSchema>;
