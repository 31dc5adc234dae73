import { divergenceOf } from '../../characters/divergence.ts';
import type { CharacterSheet } from '../../characters/character.schema.ts';

/** How far apart two characters are; 0 where that is not known. Counted once for each pair, when it is first asked. */
export function divergenceTable(
  sheets: readonly CharacterSheet[],
): (left: string | null, right: string | null) => number {
  const byHid = new Map(sheets.map((sheet) => [sheet.hid, sheet]));
  const known = new Map<string, Map<string, number>>();
  const compare = (left: string, right: string): number => {
    const [a, b] = [byHid.get(left), byHid.get(right)];
    return a === undefined || b === undefined ? 0 : (divergenceOf(a, b).score ?? 0);
  };
  return (left, right) => {
    if (left === null || right === null) return 0;
    const ofLeft = known.get(left) ?? new Map<string, number>();
    known.set(left, ofLeft);
    const score = ofLeft.get(right) ?? compare(left, right);
    ofLeft.set(right, score);
    return score;
  };
}
