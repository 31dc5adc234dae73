import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { GAME_STATE_COVERAGE } from './support/gameStateCoverage.ts';

const PROJECT = path.resolve(import.meta.dirname, '../../..');
const casesDir = process.env['DCS_CASES_DIR'];
const scenariosSchema = z.object({ scenarios: z.array(z.object({ id: z.string() })) });

/** Whether a test of this title stands in the text of a test file, as `it('…'` or after the cases of `it.each`. */
function hasTest(text: string, title: string): boolean {
  const literal = `'${title}'`;
  for (let at = text.indexOf(literal); at !== -1; at = text.indexOf(literal, at + 1)) {
    if (/(?:\bit|\))\(\s*$/.test(text.slice(0, at))) return true;
  }
  return false;
}

describe('the scenarios of keeping the state of games', () => {
  it('are each proved by a test that exists, or said not to apply', async () => {
    const missing: string[] = [];
    for (const [id, coverage] of Object.entries(GAME_STATE_COVERAGE)) {
      if (!('provedBy' in coverage)) continue;
      if (coverage.provedBy.length === 0) missing.push(`${id}: no test is named`);
      for (const { file, title } of coverage.provedBy) {
        const text = await readFile(path.join(PROJECT, 'packages', file), 'utf8');
        if (!hasTest(text, title)) missing.push(`${id}: ${file}: ${title}`);
      }
    }
    expect(missing).toEqual([]);
  });

  it('are explained in the documents where they do not apply', async () => {
    const text = await readFile(path.join(PROJECT, 'docs/game-state.md'), 'utf8');
    const inapplicable = Object.entries(GAME_STATE_COVERAGE).flatMap(([id, coverage]) =>
      'doesNotApply' in coverage ? [id] : [],
    );
    expect(inapplicable.filter((id) => !text.includes(`\`${id}\``))).toEqual([]);
  });

  it.skipIf(casesDir === undefined)(
    'are all of those that were collected (needs DCS_CASES_DIR)',
    async () => {
      const file = path.join(casesDir ?? '', 'cases/game-state-scenarios.json');
      const { scenarios } = scenariosSchema.parse(JSON.parse(await readFile(file, 'utf8')));
      const ids = scenarios.map(({ id }) => id);
      expect(ids).toHaveLength(48);
      expect(Object.keys(GAME_STATE_COVERAGE).toSorted()).toEqual(ids.toSorted());
    },
  );
});
