import { perSheet } from '../models/perSheet.ts';
import type { CharacterSheet } from './character.schema.ts';
import type { SpeechMode } from './manner.schema.ts';
import { SENSE_CHANNELS } from './senses.schema.ts';
import type { SenseChannel } from './senses.schema.ts';

/** A way from one character to another: a common sense, or `other` for a sense of another kind, such as vibration. */
export type Channel = Exclude<SenseChannel, 'proprioception'> | 'other';

export type Channels = ReadonlySet<Channel>;

/** What is there and moves can be seen, heard, touched and smelled, and shakes the ground. */
const BODILY: readonly Channel[] = ['vision', 'hearing', 'touch', 'smell', 'taste', 'other'];

/** What the options of the dimension `abilities` say of perceiving others. */
const ABILITY_CHANNELS: Readonly<Record<string, readonly Channel[]>> = {
  vision: ['vision'],
  hearing: ['hearing'],
  tactile: ['touch'],
  taste: ['taste'],
  smell: ['smell'],
  'depth and motion': ['touch', 'other'],
  vestibular: ['other'],
  'language comprehension': ['hearing', 'text'],
};

function isDisembodied({ dimensions }: CharacterSheet): boolean {
  const form = dimensions?.form.value ?? [];
  return form.includes('disembodied (software-only)') && !form.includes('embodied (physical)');
}

/** What reaches a character. Where the sheet has no senses, what its profile says; a person is taken to have them all. */
export const perceivedChannels = perSheet((sheet): Channels => {
  const { senses, dimensions, isHuman } = sheet;
  if (senses !== undefined) {
    const common = SENSE_CHANNELS.filter((channel) => senses[channel].acuity !== 'none');
    const others = senses.extra.some(({ acuity }) => acuity !== 'none') ? ['other' as const] : [];
    return new Set([...common.filter((channel) => channel !== 'proprioception'), ...others]);
  }
  if (isHuman || dimensions === null) return new Set([...BODILY, 'text']);
  return new Set(dimensions.abilities.value.flatMap((ability) => ABILITY_CHANNELS[ability] ?? []));
});

/** By what others can notice that a character is there and does something. What has no body is read, if anything. */
export const noticeableChannels = perSheet((sheet): Channels => {
  return new Set<Channel>(isDisembodied(sheet) ? ['text'] : BODILY);
});

function hasLanguage({ isHuman, dimensions }: CharacterSheet): boolean {
  return isHuman || (dimensions?.abilities.value.includes('language comprehension') ?? false);
}

/** What carries words. */
const SPEECH_CHANNELS: Readonly<Record<Exclude<SpeechMode, 'signal'>, readonly Channel[]>> = {
  spoken: ['hearing'],
  signed: ['vision'],
  text: ['text'],
  none: [],
};

/** By what a character can tell others something, in words or without. */
export const expressiveChannels = perSheet((sheet): Channels => {
  const speech = sheet.manner?.speech;
  if (speech !== undefined && speech !== 'signal') return new Set(SPEECH_CHANNELS[speech]);
  // Signals are read from all that can be noticed; so is a sheet from elsewhere that knows no language.
  if (speech === 'signal' || isDisembodied(sheet) || !hasLanguage(sheet)) return noticeableChannels(sheet);
  return new Set<Channel>(['hearing', 'vision']);
});
