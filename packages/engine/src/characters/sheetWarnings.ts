import type { CharacterSheet } from './character.schema.ts';
import { CHARACTER_FILTERS } from './filters.ts';
import { HSN_SECTION_NAMES } from './hsnDivergence.schema.ts';

/** What is doubtful about a valid sheet; it can be used all the same. */
export interface SheetWarning {
  readonly reason:
    | 'character/profile-missing'
    | 'character/profile-of-the-other-kind'
    | 'character/label-contradicts-profile'
    | 'character/explanation-missing'
    | 'character/senses-missing'
    | 'character/manner-missing'
    | 'character/sense-named-twice';
  readonly path: readonly (string | number)[];
  /** What is so, to go after the name of the field, and what to do. */
  readonly message: string;
}

function profileWarnings(sheet: CharacterSheet): SheetWarning[] {
  const own = sheet.isHuman ? 'hsnDivergence' : 'dimensions';
  const other = sheet.isHuman ? 'dimensions' : 'hsnDivergence';
  const kind = sheet.isHuman ? 'a person' : 'a character that is not human';
  const warnings: SheetWarning[] = [];
  if (sheet[own] === null) {
    const message = `is empty, so that filters and comparisons pass ${kind} by; fill it in`;
    warnings.push({ reason: 'character/profile-missing', path: [own], message });
  }
  if (sheet[other] !== null) {
    const message = `is filled in, which is not for ${kind}; set it to null or change isHuman`;
    warnings.push({ reason: 'character/profile-of-the-other-kind', path: [other], message });
  }
  return warnings;
}

function labelWarnings(sheet: CharacterSheet): SheetWarning[] {
  if (!sheet.commonLabels.includes('neurotypical')) return [];
  if (!CHARACTER_FILTERS.neurodivergent(sheet)) return [];
  const message =
    'holds "neurotypical", which contradicts the cognitive or communicative part of hsnDivergence; change one of them';
  return [{ reason: 'character/label-contradicts-profile', path: ['commonLabels'], message }];
}

function explanationWarnings(sheet: CharacterSheet): SheetWarning[] {
  const places: { path: readonly string[]; explanation: string }[] = [];
  for (const section of sheet.hsnDivergence === null ? [] : HSN_SECTION_NAMES) {
    for (const [name, { explanation }] of Object.entries(sheet.hsnDivergence?.[section] ?? {})) {
      places.push({ path: ['hsnDivergence', section, name, 'explanation'], explanation });
    }
  }
  for (const [name, { explanation }] of Object.entries(sheet.dimensions ?? {})) {
    places.push({ path: ['dimensions', name, 'explanation'], explanation });
  }
  return places
    .filter(({ explanation }) => explanation.trim() === '')
    .map(({ path }) => ({
      reason: 'character/explanation-missing',
      path,
      message: 'is empty; say in one sentence what makes it so',
    }));
}

function simulationWarnings(sheet: CharacterSheet): SheetWarning[] {
  const warnings: SheetWarning[] = [];
  for (const field of ['senses', 'manner'] as const) {
    if (sheet[field] !== undefined) continue;
    const message = 'is missing; without it the scripted simulator can only guess';
    warnings.push({ reason: `character/${field}-missing`, path: [field], message });
  }
  const names = (sheet.senses?.extra ?? []).map(({ name }) => name);
  for (const [index, name] of names.entries()) {
    if (names.indexOf(name) === index) continue;
    const message = `is "${name}" once more; merge the two`;
    warnings.push({
      reason: 'character/sense-named-twice',
      path: ['senses', 'extra', index, 'name'],
      message,
    });
  }
  return warnings;
}

/** Everything doubtful about a valid sheet, in the order of its fields. */
export function characterSheetWarnings(sheet: CharacterSheet): readonly SheetWarning[] {
  return [
    ...labelWarnings(sheet),
    ...simulationWarnings(sheet),
    ...profileWarnings(sheet),
    ...explanationWarnings(sheet),
  ];
}
