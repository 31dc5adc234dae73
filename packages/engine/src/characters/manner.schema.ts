import { z } from 'zod';
import { text, textList } from './text.ts';

export const PRONOUNS = ['she', 'he', 'they', 'it', 'we'] as const;
export type Pronoun = (typeof PRONOUNS)[number];

/** How what the character has to say leaves it; `signal` is anything that is not words (colour, posture, lamp, scent). */
export const SPEECH_MODES = ['spoken', 'signed', 'text', 'signal', 'none'] as const;
export type SpeechMode = (typeof SPEECH_MODES)[number];

/** How much of a sentence means something to the character once it has been perceived. */
export const LANGUAGE_UNDERSTANDING = ['full', 'partial', 'none'] as const;
export type LanguageUnderstanding = (typeof LANGUAGE_UNDERSTANDING)[number];

const reactionList = textList({ min: 2, max: 12, textMax: 240 });

/**
 * Each entry is a clause that follows the character's name: present tense, starting with the verb, without a full
 * stop, such as `curls one arm around the glass`.
 */
const reactionsSchema = z.strictObject({
  notices: reactionList.meta({ description: 'What it does when it perceives something and attends to it.' }),
  unaware: reactionList.meta({
    description: 'What it goes on doing when something does not reach its senses.',
  }),
  pleased: reactionList.meta({ description: 'How one sees that something suits it.' }),
  uneasy: reactionList.meta({ description: 'How one sees that something does not suit it.' }),
});

/** The moods that a sheet gives visible reactions for. */
export const REACTION_MOODS = ['notices', 'unaware', 'pleased', 'uneasy'] as const;
export type ReactionMood = (typeof REACTION_MOODS)[number];

/** How a character shows what goes on in it. */
export const mannerSchema = z.strictObject({
  calledAs: text(60).meta({
    description: 'What narration calls it in mid-sentence, for example "the octopus" or "Irma".',
  }),
  pronoun: z.enum(PRONOUNS),
  speech: z
    .enum(SPEECH_MODES)
    .meta({ description: 'How it says things: spoken, signed, text, signal (no words) or none.' }),
  understands: z
    .enum(LANGUAGE_UNDERSTANDING)
    .meta({ description: 'How much of a perceived sentence it makes sense of.' }),
  voice: text(600).meta({
    description: 'How its expression sounds, looks or reads; length, rhythm, habits.',
  }),
  body: textList({ min: 1, max: 16, textMax: 80 }).meta({
    description: 'What it acts with, for example "eight arms" or "a brass call panel".',
  }),
  sayings: textList({ min: 0, max: 16, textMax: 240 }).meta({
    description: 'Things it might say, in its own words; an empty list for a character without words.',
  }),
  reactions: reactionsSchema,
});

/** How a character shows what goes on in it: voice, body, and what one can see it do. */
export type Manner = z.infer<typeof mannerSchema>;
