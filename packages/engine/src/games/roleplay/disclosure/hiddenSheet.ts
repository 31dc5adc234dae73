import type { CharacterSheet } from '../../../characters/character.schema.ts';
import { perSheet } from '../../../models/perSheet.ts';
import { findAnyOf, findRuns, findWholes } from './quotes.ts';
import type { QuoteFinder } from './quotes.ts';

/** Seven words in a row are no accident: of honest replies, none was found to have more than 27 letters in common with the sheet. */
export const LETTERS_OF_SHEET = 32;
/** A whole goal may be shorter; one that is shorter still is what anybody might say. */
export const LETTERS_OF_GOAL = 16;

/** What the player is not told of a hidden character in the sheet's own words. How it looks, sounds and lives is there to be shown. */
export const hiddenProse = ({
  longDescription,
  shortDescription,
  personaFeatures,
  goals,
  abilities,
}: CharacterSheet): readonly string[] => [
  longDescription,
  shortDescription,
  ...personaFeatures,
  ...goals,
  ...abilities,
];

/** Finds quotations of a hidden sheet. */
export const hiddenSheet = perSheet((sheet): QuoteFinder =>
  findAnyOf([findRuns(hiddenProse(sheet), LETTERS_OF_SHEET), findWholes(sheet.goals, LETTERS_OF_GOAL)]),
);
