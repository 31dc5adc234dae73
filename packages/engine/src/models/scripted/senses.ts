import type { CharacterSheet } from '../../characters/character.schema.ts';
import { SENSE_CHANNELS } from '../../characters/senses.schema.ts';
import type { Acuity, ExtraSense, SenseChannel } from '../../characters/senses.schema.ts';
import { perSheet } from '../perSheet.ts';
import type { LanguageUnderstanding } from '../../characters/manner.schema.ts';

/** What a character perceives, whether its sheet says so or it had to be guessed. */
export interface Perceiver {
  readonly acuity: Readonly<Record<SenseChannel, Acuity>>;
  readonly extra: readonly Pick<ExtraSense, 'name' | 'acuity' | 'cues'>[];
  readonly understands: LanguageUnderstanding;
}

const HINTS: Readonly<Record<SenseChannel, RegExp>> = {
  vision: /\b(?:sees?|sight|vision|visual|camera|eyes?|looks?|watch|light|images?)\b/i,
  hearing: /\b(?:hears?|hearing|sounds?|acoustic|microphone|listens?|audio|voices?)\b/i,
  touch: /\b(?:touch|tactile|feels?|pressure|vibrations?|contact|grips?|grasps?)\b/i,
  smell: /\b(?:smells?|scents?|odou?rs?|chemical|pheromones?)\b/i,
  taste: /\b(?:tastes?|chemical|dissolved)\b/i,
  proprioception: /\b(?:balance|posture|proprioception|orientation)\b/i,
  text: /\b(?:reads?|text|typed?|prompts?|language|writing)\b/i,
};

const LABELS: Readonly<Partial<Record<SenseChannel, RegExp>>> = {
  vision: /\b(?:deaf-?)?blind(?:ness)?\b/i,
  hearing: /\bdeaf(?:ness|-?blind)?\b/i,
};

const isLacking = (sheet: CharacterSheet, channel: SenseChannel): boolean => {
  const pattern = LABELS[channel];
  return pattern !== undefined && sheet.commonLabels.some((label) => pattern.test(label));
};

function guessHuman(sheet: CharacterSheet, channel: SenseChannel): Acuity {
  if (isLacking(sheet, channel)) return 'none';
  const physical = sheet.hsnDivergence?.physicalAbility;
  if (channel === 'vision' && physical?.vision.value === 'divergent') return 'faint';
  if (channel === 'hearing' && physical?.hearing.value === 'divergent') return 'faint';
  return 'normal';
}

const CANNOT = /\b(?:cannot|can't|unable|does not|no)\b/i;

const DIMENSION_NAME: Readonly<Partial<Record<SenseChannel, string>>> = {
  vision: 'vision',
  hearing: 'hearing',
  touch: 'tactile',
  smell: 'smell',
  taste: 'taste',
  text: 'language comprehension',
};

function guessOther(sheet: CharacterSheet, channel: SenseChannel): Acuity {
  const listed: readonly string[] = sheet.dimensions?.abilities.value ?? [];
  const name = DIMENSION_NAME[channel];
  if (name !== undefined && listed.includes(name)) return 'normal';
  const able = sheet.abilities.filter((ability) => !CANNOT.test(ability));
  return able.some((ability) => HINTS[channel].test(ability)) ? 'normal' : 'none';
}

function guessUnderstanding(sheet: CharacterSheet): LanguageUnderstanding {
  if (sheet.isHuman) return 'full';
  const listed: readonly string[] = sheet.dimensions?.abilities.value ?? [];
  return listed.includes('language comprehension') ? 'full' : 'none';
}

/** What a character perceives and understands. Sheets from elsewhere do not say; then their prose is searched. */
export const perceiverOf = perSheet((sheet): Perceiver => {
  const acuityOf = (channel: SenseChannel): Acuity => {
    if (sheet.senses !== undefined) return sheet.senses[channel].acuity;
    return sheet.isHuman ? guessHuman(sheet, channel) : guessOther(sheet, channel);
  };
  const [vision, hearing, touch, smell, taste, proprioception, text] = SENSE_CHANNELS.map(acuityOf);
  return {
    acuity: {
      vision: vision ?? 'none',
      hearing: hearing ?? 'none',
      touch: touch ?? 'none',
      smell: smell ?? 'none',
      taste: taste ?? 'none',
      proprioception: proprioception ?? 'none',
      text: text ?? 'none',
    },
    extra: sheet.senses?.extra ?? [],
    understands: sheet.manner?.understands ?? guessUnderstanding(sheet),
  };
});
