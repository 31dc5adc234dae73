import type { LanguageModel, ModelRequest } from '@dcs/engine';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openAskedModels } from '../src/cli/openAskedModels.ts';
import { createTestWorld } from '../src/cli/testWorld.ts';
import { readEnv } from '../src/env.ts';
import { openTaping } from '../src/models/recording/openTaping.ts';
import { createQuestionUse } from '../src/models/recording/tapingModel.ts';
import { examine } from '../src/quality/examine.ts';
import type { LabelledCase } from '../src/quality/labelledCase.ts';
import { loadCases } from '../src/quality/loadCases.ts';

/*
 * Labelled cases from outside the repository, judged by a model that knows the labels of all rules but one. Its verdicts are
 * recorded, and the command counts the recording. That proves that every case can be read, that every label finds its rule,
 * and that the command counts what was said; it proves nothing about a real model.
 */

const casesDir = process.env['DCS_CASES_DIR'];

let tape = '';
beforeEach(async () => {
  tape = path.join(await mkdtemp(path.join(os.tmpdir(), 'dcs-cases-')), 'run.jsonl');
});
afterEach(() => rm(path.dirname(tape), { recursive: true }));

/** The rules that whatever was asked about breaks. */
function brokenBy(cases: readonly LabelledCase[], { scene, subject }: ModelRequest): readonly string[] {
  const found = cases.find((one) => {
    if (one.kind === 'play') return false;
    const judged = one.kind === 'action' ? one.action : one.reply;
    const isSamePast = one.transcript[0]?.text === scene?.transcript[0]?.text;
    return judged === subject && one.action === scene?.action && isSamePast;
  });
  return found === undefined || found.kind === 'play' ? [] : found.broken;
}

describe.skipIf(casesDir === undefined)('labelled cases from elsewhere (needs DCS_CASES_DIR)', () => {
  const folder = path.join(casesDir ?? '', 'data', 'dcs');

  it('are all read and asked about, and counted by what the recorded verdicts say', async () => {
    const cases = await loadCases(folder);
    const count = (kind: LabelledCase['kind']): number => cases.filter((one) => one.kind === kind).length;
    expect({ action: count('action'), reply: count('reply'), play: count('play') }).toEqual({
      action: 31,
      reply: 17,
      play: 18,
    });

    const knowing: LanguageModel = {
      id: 'knowing',
      generate: async (request) => {
        const isBlind = request.task === 'perception';
        const isBroken = !isBlind && brokenBy(cases, request).includes(request.task);
        const verdict = isBroken ? { pass: false, reason: 'It is labelled so.' } : { pass: true };
        const score = { verdict: 'wrong', tier: 0, score: 0, reasoning: 'It is what I always say.' };
        const answer = request.role === 'scorer' ? score : verdict;
        return { text: JSON.stringify(answer), model: 'knowing' };
      },
    };
    const onFault = (fault: unknown): never => {
      throw fault;
    };
    const taping = await openTaping(knowing, { file: tape, seed: 's', use: createQuestionUse(), onFault });
    await examine(cases, taping.model, { atOnce: 8, onProgress: () => undefined });
    await taping.stop();

    const askModels = () => openAskedModels(readEnv({ MODEL: `replay:${tape}` }));
    const { exitCode, out } = await createTestWorld({ askModels }).run('quality', folder, '--json');
    expect(exitCode).toBe(0);
    const { verdicts, wholes, scores } = JSON.parse(out);
    expect(verdicts).toMatchObject([
      { rule: 'action', asked: 31, right: 31 },
      { rule: 'ability', asked: 31, right: 31 },
      { rule: 'authority', asked: 31, right: 31 },
      { rule: null, asked: 93, right: 93 },
      { rule: 'characterAction', asked: 17, right: 17 },
      { rule: 'characterAbility', asked: 17, right: 17 },
      { rule: 'perception', asked: 17, right: 15, falseAccepts: 2, falseRejects: 0 },
      { rule: 'adjudication', asked: 17, right: 17 },
      { rule: 'playerAuthority', asked: 17, right: 17 },
      { rule: 'alignment', asked: 17, right: 17 },
      { rule: null, asked: 102, right: 100, unanswered: 0 },
    ]);
    expect(wholes).toMatchObject([
      { of: 'action', asked: 31, right: 31 },
      { of: 'reply', asked: 17, right: 15, falseAccepts: 2 },
    ]);
    expect(
      scores.map(({ task, tier }: { task: string; tier: { asked: number } }) => [task, tier.asked]),
    ).toEqual([
      ['goal-inference', 2],
      ['goal-bounds', 2],
      ['shared-goal', 8],
      ['next-action', 6],
      [null, 18],
    ]);
  });
});
