import { findRuns, hiddenProse, LETTERS_OF_SHEET, lettersOf, lettersOfAll, textsIn } from '@dcs/engine';
import type { CharacterSheet } from '@dcs/engine';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { LabelledCase } from '../src/quality/labelledCase.ts';
import { loadCases } from '../src/quality/loadCases.ts';

/*
 * What was written of characters by people and models who recited nothing. Whoever changes how long a quotation is learns here
 * whether honest texts would be taken for one.
 */

const casesDir = process.env['DCS_CASES_DIR'];

interface HonestText {
  readonly pc: CharacterSheet;
  readonly npc: CharacterSheet;
  readonly text: string;
}

function textsOf(one: LabelledCase): readonly HonestText[] {
  const { pc, npc } = one.kind === 'play' ? one.play : one;
  const texts =
    one.kind === 'play'
      ? [one.play.opening ?? '', ...one.play.turns.map(({ reply }) => reply)]
      : [
          ...one.transcript.filter(({ speaker }) => speaker === 'character').map(({ text }) => text),
          ...(one.kind === 'reply' ? [one.reply] : []),
        ];
  return texts.map((text) => ({ pc, npc, text }));
}

describe.skipIf(casesDir === undefined)('texts of others about characters (needs DCS_CASES_DIR)', () => {
  it('are not taken for quotations of their sheets', async () => {
    const cases = await loadCases(path.join(casesDir ?? '', 'data', 'dcs'));
    const honest = cases.flatMap(textsOf);
    expect(honest.length).toBeGreaterThan(100);
    const refused = honest.filter(({ pc, npc, text }) =>
      findRuns(hiddenProse(npc), LETTERS_OF_SHEET).quotes(lettersOf(text), () => lettersOfAll(textsIn(pc))),
    );
    expect(refused.map(({ text }) => text)).toEqual([]);
  });
});
