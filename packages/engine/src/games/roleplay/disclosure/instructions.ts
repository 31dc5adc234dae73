import type { CharacterSheet } from '../../../characters/character.schema.ts';
import { perValue } from '../../../models/perSheet.ts';
import type { Prompt } from '../../../models/languageModel.ts';
import type { Scene } from '../../../models/scene.ts';
import { goalSetterPrompt } from '../prompts/goalSetter.ts';
import type { Guidance } from '../prompts/guidance.ts';
import { openerPrompt } from '../prompts/opener.ts';
import { playerJudgePrompt } from '../prompts/playerJudge.ts';
import { simulatorJudgePrompt } from '../prompts/simulatorJudge.ts';
import { updaterPrompt } from '../prompts/updater.ts';
import { PLAYER_RULES, SIMULATOR_RULES } from '../rules.ts';
import { SCORERS } from '../scoring/prompts/scorers.ts';
import type { QuoteFinder } from './quotes.ts';
import { findRuns } from './quotes.ts';

/*
 * How models are instructed, in our own words: what is left of their prompts when there is nobody to tell of. Read off the prompts
 * themselves, so that it cannot fall behind them.
 */

const NOBODY: CharacterSheet = {
  hid: 'NOBODY',
  authors: [],
  isHuman: false,
  pcEligible: false,
  commonLabels: [],
  shortDescription: '',
  longDescription: '',
  abilities: [],
  goals: [],
  personaFeatures: [],
  scenarios: [],
  hsnDivergence: null,
  dimensions: null,
};

const NOTHING: Scene = { pc: NOBODY, npc: NOBODY, transcript: [], action: null, turn: 1 };

const promptsAboutNobody = (guidance: Guidance): readonly Prompt[] => [
  openerPrompt(NOTHING, null),
  goalSetterPrompt(NOTHING),
  updaterPrompt(NOTHING, guidance, null),
  ...PLAYER_RULES.map((rule) => playerJudgePrompt(rule, NOTHING, { action: '', guidance })),
  ...SIMULATOR_RULES.map((rule) => simulatorJudgePrompt(rule, NOTHING, { reply: '', guidance })),
  ...SCORERS.map(({ prompt }) => prompt({ scene: NOTHING, claim: '' })),
];

const instructionsFor = (guidance: Guidance): readonly string[] =>
  promptsAboutNobody(guidance).map(({ system }) => system);

/** Ten words in a row are no accident: what happens in a scene is not told in the words of a rule. */
export const LETTERS_IN_PLAY = 44;
/** Whoever gives a reason has to name the rule, and may do so in its words; two sentences of it are a recital. */
const LETTERS_IN_REASON = 100;

/** Finds quotations of the instructions in what is played. */
export const instructionsInPlay = perValue((guidance: Guidance): QuoteFinder =>
  findRuns(instructionsFor(guidance), LETTERS_IN_PLAY),
);

/** Finds them in what judges and scorers say of what was played. */
export const instructionsInReason = perValue((guidance: Guidance): QuoteFinder =>
  findRuns(instructionsFor(guidance), LETTERS_IN_REASON),
);

/** The tags that mark texts as data in prompts; nobody who plays writes or reads them. */
const TAG =
  /<\/?(?:transcript|player|scene|player_action|reply|objection|unreadable|guess|goal|answer|shared_goal|reflection|prediction)>/giu;

/** The tags of prompts in a text, in lower case. */
export const tagsIn = (text: string): readonly string[] =>
  text.includes('<') ? (text.match(TAG) ?? []).map((tag) => tag.toLowerCase()) : [];
