import { characterSheetSchema, characterSheetWarnings } from '@dcs/engine';
import type { CharacterSheet } from '@dcs/engine';
import { formatPath } from '../catalog/problem.ts';
import { schemaProblems } from '../catalog/schemaProblems.ts';
import type { FieldProblemDto } from '../characterDto.ts';
import { ApiError } from '../errors.ts';

/** Nobody mends more than this at once. */
const MOST_PROBLEMS = 100;

export type ReadSheet =
  | { readonly ok: true; readonly sheet: CharacterSheet }
  | { readonly ok: false; readonly problems: readonly FieldProblemDto[] };

/** Reads whatever was sent as a sheet. Problems come in the order of the fields, at most 100. */
export function readSheet(input: unknown): ReadSheet {
  const result = characterSheetSchema.safeParse(input);
  if (result.success) return { ok: true, sheet: result.data };
  const problems = schemaProblems(characterSheetSchema, input, result.error);
  return {
    ok: false,
    problems: problems
      .slice(0, MOST_PROBLEMS)
      .map(({ path, ...words }) => ({ path: formatPath(path), ...words })),
  };
}

/** What deserves a look in a valid sheet. */
export function sheetWarnings(sheet: CharacterSheet): readonly FieldProblemDto[] {
  return characterSheetWarnings(sheet).map(({ reason, path, message }) => ({
    path: formatPath(path),
    reason,
    message,
    fix: 'Leave it if it is meant so.',
  }));
}

/** The refusal of a sheet that cannot be kept, with everything that is to be mended. */
export function invalidSheet(problems: readonly FieldProblemDto[]): ApiError {
  const [first] = problems;
  const where = first === undefined ? '' : ` ${first.path} ${first.message}. ${first.fix}`;
  const count = problems.length === 1 ? 'one problem' : `${problems.length} problems`;
  return new ApiError('character/invalid-sheet', `Nothing was saved: the sheet has ${count}.${where}`, {
    problems,
  });
}
