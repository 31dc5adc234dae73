import type { LanguageModel, ModelRequest } from '@dcs/engine';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeCases } from '../../../test/support/labelledCases.ts';
import { startScriptedProvider } from '../../../test/support/scriptedProvider.ts';
import { readEnv } from '../../env.ts';
import { openTaping } from '../../models/recording/openTaping.ts';
import { createQuestionUse } from '../../models/recording/tapingModel.ts';
import { examine } from '../../quality/examine.ts';
import { loadCases } from '../../quality/loadCases.ts';
import { openAskedModels } from '../openAskedModels.ts';
import { createTestWorld } from '../testWorld.ts';

/*
 * Verdicts are recorded: a model that knows some labels and errs on others is asked once, on tape, and the command counts what
 * is on the tape. So these tests prove what is asked, how answers are read and how they are counted; of how well any
 * model judges they say nothing.
 */

let folder = '';
let tape = '';
beforeEach(async () => {
  const place = await mkdtemp(path.join(os.tmpdir(), 'dcs-quality-'));
  folder = path.join(place, 'cases');
  tape = path.join(place, 'run.jsonl');
  await mkdir(folder);
  await writeCases(folder);
});
afterEach(() => rm(path.dirname(folder), { recursive: true }));

type Answer = (request: ModelRequest) => object;

/** Lets everything pass, finds every prediction right and scores in the middle. */
const easygoing: Answer = ({ role, task }) => {
  if (role !== 'scorer') return { pass: true, reason: '' };
  if (task === 'next-action') return { verdict: 'correct', reasoning: 'It came so.' };
  return { tier: 2, score: 60, reasoning: 'You were near it.', evidence: [] };
};

const rejecting = { pass: false, reason: 'Not so.' };

/** Records what this answers to all questions of the folder. */
async function record(answer: Answer): Promise<void> {
  const model: LanguageModel = {
    id: 'synthetic',
    generate: async (request) => ({ text: JSON.stringify(answer(request)), model: 'synthetic' }),
  };
  const onFault = (fault: unknown): never => {
    throw fault;
  };
  const taping = await openTaping(model, { file: tape, seed: 's', use: createQuestionUse(), onFault });
  await examine(await loadCases(folder), taping.model, { atOnce: 1, onProgress: () => undefined });
  await taping.stop();
}

const run = (...flags: string[]) => {
  const askModels = () => openAskedModels(readEnv({ MODEL: `replay:${tape}` }));
  return createTestWorld({ askModels }).run('quality', folder, ...flags);
};

const runJson = async (...flags: string[]) => {
  const outcome = await run('--json', ...flags);
  return { ...outcome, told: JSON.parse(outcome.out) };
};

describe('dcs quality', () => {
  it('counts for each rule and each scorer what was right, and in which way it was wrong', async () => {
    await record((request) => {
      const isOverstrict = request.task === 'action' && request.subject === 'I wave.';
      return isOverstrict ? rejecting : easygoing(request);
    });
    const { exitCode, told } = await runJson('--wrong');
    expect(exitCode).toBe(0);
    expect(told).toMatchObject({
      ok: true,
      models: { playerJudge: [`replay:${tape}`] },
      use: [],
      verdicts: [
        { of: 'action', rule: 'action', asked: 2, right: 1, share: 0.5, falseAccepts: 0, falseRejects: 1 },
        { of: 'action', rule: 'ability', asked: 2, right: 2, falseAccepts: 0, falseRejects: 0 },
        { of: 'action', rule: 'authority', asked: 2, right: 1, falseAccepts: 1, falseRejects: 0 },
        { of: 'action', rule: null, asked: 6, right: 4, unanswered: 0 },
        { of: 'reply', rule: 'characterAction', asked: 2, right: 2 },
        { of: 'reply', rule: 'adjudication', asked: 2, right: 1, falseAccepts: 1 },
        { of: 'reply', rule: null, asked: 4, right: 3 },
      ],
      wholes: [
        { of: 'action', asked: 2, right: 0, falseAccepts: 1, falseRejects: 1 },
        { of: 'reply', asked: 2, right: 1, falseAccepts: 1, falseRejects: 0 },
      ],
      scores: [
        { task: 'goal-inference', tier: { asked: 2, right: 1 }, score: { right: 1 }, meanDistance: 5 },
        { task: 'next-action', tier: { asked: 1, right: 1 }, score: { right: 1 }, meanDistance: 0 },
        { task: null, tier: { asked: 3, right: 2 } },
      ],
    });
    expect(told.verdicts[0].interval.low).toBeCloseTo(0.0945, 3);
    const wrong = told.wrong.map(
      ({ caseId, rule, task }: Record<string, string>) => `${caseId} ${rule ?? task}`,
    );
    expect(wrong).toEqual([
      'played goal-inference',
      'waves action',
      'decides-for-the-other authority',
      'passes-over-it adjudication',
    ]);
  });

  it('prints tables and, if asked, every answer that was not right', async () => {
    await record(easygoing);
    const { exitCode, out, err } = await run('--wrong');
    expect(exitCode).toBe(0);
    expect(out).toMatch(/^action {2}authority +2 +1 +50\.0 % +9\.5 to 90\.5 % +1 +0 +0$/m);
    expect(out).toMatch(/^goal-inference +2 +1 +50\.0 % .* 5\.0 +0$/m);
    expect(out).toContain(
      'player_cases.json decides-for-the-other: breaks action/authority, but was passed\n',
    );
    expect(out).toContain(
      'goal-inference is tier 2, score 60; it should be tier <2, score <50. You were near it.',
    );
    expect(err).toContain('13 of 13 answered.');
    expect((await run()).out).not.toContain('decides-for-the-other');
  });

  it('asks a model behind a provider, says what that took, and counts the same from its tape without asking', async () => {
    await using upstream = await startScriptedProvider({
      pieces: ({ messages }) => {
        const isJudge = messages[0]?.content.startsWith('You check') === true;
        return isJudge
          ? ['{"pass":', ' true}']
          : ['{"tier":2,"score":60,"verdict":"wrong","reasoning":"So."}'];
      },
      cost: 0.01,
    });
    const provided = { MODEL: 'openai-compatible:m', MODEL_BASE_URL: upstream.baseUrl, MODEL_RECORD: tape };
    const asked = createTestWorld({ askModels: () => openAskedModels(readEnv(provided)) });
    const first = await asked.run('quality', folder);
    expect(first.exitCode).toBe(0);
    expect(first.out).toContain('playerJudge     openai-compatible:m\n');
    expect(upstream.calls).toHaveLength(12);
    expect(first.err).toMatch(/^12 calls, \d+ tokens read and \d+ written, 0\.1200 dollars\.$/m);
    const second = await run();
    const figures = (out: string): string => out.slice(out.indexOf('\n\n'));
    expect(figures(second.out)).toBe(figures(first.out));
    expect(upstream.calls).toHaveLength(12);
    expect(second.err).not.toContain('calls,');
  });

  it('asks in the words of play: action, rules, sheets and transcript, and nothing of the labels', async () => {
    const requests: ModelRequest[] = [];
    await record((request) => {
      requests.push(request);
      return easygoing(request);
    });
    expect(requests.every(({ occasion }) => occasion === null)).toBe(true);
    const judged = requests.find(({ role, task }) => role === 'simulatorJudge' && task === 'adjudication');
    expect(judged).toMatchObject({
      subject: 'HRN turns its head.',
      scene: { action: 'I wave.', transcript: [{ speaker: 'character' }] },
    });
    const prediction = requests.find(({ task }) => task === 'next-action');
    expect(prediction).toMatchObject({ subject: 'HRN will turn.', scene: { action: 'I wave.' } });
    expect(JSON.stringify(requests)).not.toMatch(/VALID-|For a test|expected/);
    // Nobody is asked about a play in which nothing happened.
    expect(requests.filter(({ task }) => task === 'goal-inference')).toHaveLength(1);
  });

  it('fails as a gate when a line is below what is wanted', async () => {
    await record(easygoing);
    expect((await run('--at-least', '40')).exitCode).toBe(0);
    const { exitCode, err } = await run('--at-least', '60');
    expect(exitCode).toBe(1);
    expect(err).toContain('Not every line reaches 60 %.');
    expect((await run('--at-least', '60', '--only', 'play')).exitCode).toBe(1);
    expect((await runJson('--at-least', '60')).told).toMatchObject({ ok: false, atLeast: 60 });
  });

  it('takes no answer for no right one, also for a whole action', async () => {
    await record((request) => (request.task === 'ability' ? { weather: 'rain' } : easygoing(request)));
    const { told } = await runJson('--only', 'action', '--wrong');
    expect(told.verdicts[1]).toMatchObject({ rule: 'ability', right: 0, unanswered: 2 });
    expect(told.wholes[0]).toMatchObject({ right: 0, falseAccepts: 0, falseRejects: 0, unanswered: 2 });
    expect(told.wrong).toContainEqual(
      expect.objectContaining({ rule: 'ability', passes: null, failure: 'model/refused' }),
    );
  });

  it('fails when no question is answered, whatever is wanted', async () => {
    await record(() => ({ weather: 'rain' }));
    const { exitCode, out, err } = await run();
    expect(exitCode).toBe(1);
    expect(out).toMatch(/^action {2}all rules +6 +0 +0\.0 % .* 6$/m);
    expect(err).toContain('No question was answered');
  });

  it.each([
    ['a folder without cases', { files: null }, 'holds no labelled cases'],
    ['a file of another kind', { 'x_cases.json': { metadata: { model_key: 'OTHER' } } }, 'x_cases.json'],
    ['characters that nobody describes', { 'characters.json': [] }, 'characters.json'],
  ])('says what is wrong with %s', async (_what, change, message) => {
    if ('files' in change) await rm(folder, { recursive: true }).then(() => mkdir(folder));
    else await writeCases(folder, change);
    const { exitCode, out, err } = await run();
    expect({ exitCode, out }).toEqual({ exitCode: 1, out: '' });
    expect(err).toContain(message);
  });

  it.each([
    ['--at-once=0', 'questions'],
    ['--at-once=many', 'questions'],
    ['--at-least=101', 'percentage'],
    ['--only=everything', 'choices'],
  ])('refuses %s as used wrongly', async (flag, message) => {
    const { exitCode, err } = await run(flag);
    expect(exitCode).toBe(2);
    expect(err).toContain(message);
  });
});
