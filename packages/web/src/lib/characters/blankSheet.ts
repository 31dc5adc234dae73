import type { CharacterSheet } from '@dcs/api';

/** Where a new character begins: every field that a sheet has, to be filled in. */
export const BLANK_SHEET: CharacterSheet = {
  hid: '',
  authors: [''],
  isHuman: false,
  pcEligible: false,
  commonLabels: [''],
  shortDescription: '',
  longDescription: '',
  abilities: ['Can …', 'Cannot …'],
  goals: [''],
  personaFeatures: [],
  scenarios: [],
  hsnDivergence: null,
  dimensions: null,
};
