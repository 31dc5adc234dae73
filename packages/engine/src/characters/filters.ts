import type { CharacterSheet } from './character.schema.ts';
import { assessmentsOf, HSN_SECTION_NAMES } from './hsnDivergence.schema.ts';
import type { HsnSection } from './hsnDivergence.schema.ts';

/** Names under which games and experiments choose characters. */
export const CHARACTER_FILTER_NAMES = [
  'all',
  'pc-eligible',
  'human',
  'non-human',
  'human-normative',
  'neurotypical',
  'divergent',
  'neurodivergent',
  'physical-divergence',
  'hypersensitive',
  'hyposensitive',
] as const;
export type CharacterFilterName = (typeof CHARACTER_FILTER_NAMES)[number];

/** Filters that may decide whom a player plays; the others describe simulated characters only. */
export const PC_FILTER_NAMES = [
  'pc-eligible',
  'human-normative',
  'divergent',
  'hypersensitive',
  'hyposensitive',
  'neurotypical',
  'neurodivergent',
  'physical-divergence',
] as const satisfies readonly CharacterFilterName[];

/** True for the characters that belong to a filter. */
export type CharacterFilter = (sheet: CharacterSheet) => boolean;

const HYPERSENSITIVE_LABELS = [
  'highly sensitive person (hsp)',
  'autistic',
  'sensory divergence',
  'anxiety',
  'hypervigilance',
];
const HYPOSENSITIVE_LABELS = ['ADHD', 'attention regulation divergence'];

/** Labels are compared exactly, case included: they are a vocabulary, not prose. */
function hasLabel(sheet: CharacterSheet, labels: readonly string[]): boolean {
  return sheet.commonLabels.some((label) => labels.includes(label));
}

function divergesIn(sheet: CharacterSheet, sections: readonly HsnSection[]): boolean {
  const profile = sheet.hsnDivergence;
  if (profile === null) return false;
  return sections.some((section) =>
    assessmentsOf(profile, section).some(({ value }) => value === 'divergent'),
  );
}

/** One pure predicate for each filter name. A character without a profile diverges in nothing. */
export const CHARACTER_FILTERS: Readonly<Record<CharacterFilterName, CharacterFilter>> = {
  all: () => true,
  'pc-eligible': (sheet) => sheet.pcEligible,
  human: (sheet) => sheet.isHuman,
  'non-human': (sheet) => !sheet.isHuman,
  'human-normative': (sheet) => sheet.isHuman && hasLabel(sheet, ['neurotypical']),
  neurotypical: (sheet) => hasLabel(sheet, ['neurotypical']),
  divergent: (sheet) => divergesIn(sheet, HSN_SECTION_NAMES),
  neurodivergent: (sheet) =>
    divergesIn(sheet, ['cognitiveAndPerceptual']) ||
    sheet.hsnDivergence?.socialAndCommunicative.neurotypicalCommunication.value === 'divergent',
  'physical-divergence': (sheet) => divergesIn(sheet, ['physicalAbility']),
  hypersensitive: (sheet) => hasLabel(sheet, HYPERSENSITIVE_LABELS),
  hyposensitive: (sheet) => hasLabel(sheet, HYPOSENSITIVE_LABELS),
};

/** Whether a word names a filter. Filter names are lower case and handles upper case, so the two never meet. */
export function isCharacterFilterName(name: string): name is CharacterFilterName {
  return CHARACTER_FILTER_NAMES.some((known) => known === name);
}

/** The characters that any of `allowed` (filter names or handles) admits, in the order of `sheets`. */
export function selectCharacters(
  sheets: readonly CharacterSheet[],
  allowed: readonly string[],
): readonly CharacterSheet[] {
  const filters = allowed.filter(isCharacterFilterName).map((name) => CHARACTER_FILTERS[name]);
  return sheets.filter((sheet) => allowed.includes(sheet.hid) || filters.some((admits) => admits(sheet)));
}
