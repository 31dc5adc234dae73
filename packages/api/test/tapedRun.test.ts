import { ModelFailure, randomStream } from '@dcs/engine';
import type { LanguageModel } from '@dcs/engine';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PlaySession } from '../src/client/index.ts';
import { openTaping } from '../src/models/recording/openTaping.ts';
import { readTape } from '../src/models/recording/readTape.ts';
import { createReplayedModel } from '../src/models/recording/replayedModel.ts';
import { createQuestionUse } from '../src/models/recording/tapingModel.ts';
import { startScriptedProvider } from './support/scriptedProvider.ts';
import type { ProviderCall, ScriptedProvider } from './support/scriptedProvider.ts';
import { testApp } from './support/testApp.ts';
import type { TestApp } from './support/testApp.ts';
import { wholeLog } from './support/wholeLog.ts';

/*
 * A run on a whole server whose models are behind a provider, over HTTP and WebSocket; then the same run offline, on another
 * server, with other sessions, from the tape alone.
 */

let folder = '';
let tape = '';
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'dcs-tape-'));
  tape = path.join(folder, 'run.jsonl');
});
afterEach(() => rm(folder, { recursive: true }));

const verdict = (isRejected: boolean): string =>
  JSON.stringify(isRejected ? { pass: false, reason: 'Only your own part, please.' } : { pass: true });

/** Answers as a model might, never twice the same: what is given again cannot have been made anew. */
function inventive(): (body: ProviderCall['body']) => readonly string[] {
  let answers = 0;
  return ({ messages }) => {
    answers += 1;
    const system = messages[0]?.content ?? '';
    const said = messages[1]?.content ?? '';
    if (system.startsWith('You set the opening'))
      return ['You are in a garden. ', `Bench ${answers} is free.`];
    if (system.startsWith("You check a player's action")) {
      return [verdict(system.includes('it decides only about') && said.includes('swings wide'))];
    }
    if (system.startsWith('You check a reply')) {
      return [verdict(system.includes('belongs to the player') && said.includes('You decide'))];
    }
    if (system.startsWith('You play one character')) {
      const isFirst = !said.includes('breaks the rules');
      return isFirst && said.includes('I hum.')
        ? ['You decide to sing.']
        : ['Leaves move, ', `${answers} of them.`];
    }
    if (system.startsWith('You invent one goal'))
      return [JSON.stringify({ goal: `to count ${answers} leaves` })];
    if (system.startsWith('You judge one prediction')) {
      return [JSON.stringify({ verdict: 'correct', reasoning: `It came true, ${answers} times.` })];
    }
    const reasoning = `You watched it closely, ${answers} times.`;
    return [JSON.stringify({ tier: 2, score: 60, reasoning, evidence: ['The leaves moved.'] })];
  };
}

const TAPED = { MODEL: 'openai-compatible:m', MODEL_API_KEY: 'hunter2' };

/**
 * A session with an action that is rejected, a reply that is written again, a call that fails, and a score; then sessions in
 * which chance casts, and chooses what is to be found out.
 */
async function play(app: TestApp, upstream: ScriptedProvider | null) {
  const { client } = await app.player();
  const session = await client.play.start({ game: 'goal-horizon', pc: 'TOV', npc: 'OCT' });
  await session.act('I knock on the wood.');
  await session.act('I push the gate and it swings wide.');
  await session.act('I hum.');
  upstream?.play('unpaid');
  await session.act('I clap.');
  await session.act('I clap.');
  for (const text of ['/finish', 'As far as the wall.', 'Fairly sure.']) await session.act(text);
  const others: PlaySession[] = [];
  for (const game of ['explore', 'infer-intent', 'foresight', 'teamwork']) {
    const other = await client.play.start({ game });
    await other.act('I wait. I predict that leaves move.');
    await other.close();
    others.push(other);
  }
  const logs = [session, ...others].map(({ sessionId }) => wholeLog(app.storage, sessionId));
  return Promise.all(logs);
}

type Logs = Awaited<ReturnType<typeof play>>;

/** All that is not of the one session alone: its ids and its clock. */
const comparable = (logs: Logs) =>
  logs.map((log) =>
    log.map(({ sessionId: _sessionId, eventId: _eventId, at: _at, commandId: _commandId, ...rest }) => rest),
  );

async function record(): Promise<Logs> {
  await using upstream = await startScriptedProvider({ pieces: inventive() });
  await using app = await testApp({
    env: { ...TAPED, MODEL_BASE_URL: upstream.baseUrl, MODEL_RECORD: tape },
  });
  return await play(app, upstream);
}

/**
 * Answers after some turns of the event loop, rejects here and there, and fails now and then. Often it does not notice that
 * its answer is no longer wanted, so that there are several rejections, of which the first counted.
 */
function chaoticModel(): LanguageModel {
  const chance = randomStream('chaos');
  const oneIn = (most: number): boolean => chance.integer(1, most) === 1;
  return {
    id: 'chaotic',
    generate: async ({ role, task, cancellation }) => {
      const turns = chance.integer(0, 6);
      const isRejected = oneIn(6);
      const isFailed = oneIn(80);
      const isHeedless = oneIn(2);
      for (let turn = 0; turn < turns; turn += 1) await nextTurn();
      if (cancellation.aborted && !isHeedless) throw new ModelFailure('model/cancelled', 'No longer wanted.');
      if (isFailed && role !== 'opener') throw new ModelFailure('model/unavailable', 'By chance.');
      const isJudge = role === 'playerJudge' || role === 'simulatorJudge';
      const verdict = isRejected ? { pass: false, reason: `Against ${task}.` } : { pass: true };
      return { text: isJudge ? JSON.stringify(verdict) : `It rains ${turns} drops.`, model: 'chaotic' };
    },
  };
}

/** Says the same again and again in several sessions, one after the other. */
async function playOften(model: LanguageModel): Promise<Logs> {
  await using app = await testApp({ model });
  const { client } = await app.player();
  const logs: Logs[number][] = [];
  for (let place = 0; place < 4; place += 1) {
    const session = await client.play.start({ game: 'explore', pc: 'TOV', npc: 'OCT' });
    for (let move = 0; move < 12 && session.session?.status !== 'closed'; move += 1) {
      await session.act(move % 3 === 0 ? 'I wait.' : 'I knock.');
    }
    logs.push(await wholeLog(app.storage, session.sessionId));
    session.leave();
  }
  return logs;
}

describe('a run from a tape', () => {
  it('goes event by event as it went with the models, without any network', async () => {
    const recorded = comparable(await record());
    const reasons = recorded.flat().flatMap(({ data }) => data?.['reason'] ?? []);
    expect(reasons).toContain('input/against-rules');
    expect(reasons).toContain('model/refused');
    const kinds = recorded.flat().map(({ source, kind }) => `${source} ${kind}`);
    expect(kinds).toContain('simulator validation_violation');
    expect(recorded.flat()).toContainEqual(
      expect.objectContaining({
        data: expect.objectContaining({ score: expect.objectContaining({ score: 60 }) }),
      }),
    );

    await using app = await testApp({ env: { MODEL: `replay:${tape}` } });
    expect(comparable(await play(app, null))).toEqual(recorded);
    expect(app.faults).toEqual([]);
    expect(await app.storage.stores.modelCalls.list({ limit: 9 })).toEqual([]);
    const { client } = await app.player();
    const { model } = await client.server.config.query();
    expect(model).toEqual({ id: 'openai-compatible:m', scripted: false });
  });

  it('goes as it went whichever judge was first, whatever failed, and however often the same was asked', async () => {
    const onFault = (fault: unknown): never => {
      throw fault;
    };
    const taping = await openTaping(chaoticModel(), {
      file: tape,
      seed: 's',
      use: createQuestionUse(),
      onFault,
    });
    const recorded = comparable(await playOften(taping.model));
    await taping.stop();
    const outcomes = recorded.flat().flatMap(({ data }) => data?.['rule'] ?? data?.['reason'] ?? []);
    expect(new Set(outcomes).size).toBeGreaterThan(5);
    const missing: unknown[] = [];
    const onMissing = (request: unknown): void => void missing.push(request);
    const replayed = createReplayedModel(await readTape(tape), { onMissing });
    expect(comparable(await playOften(replayed))).toEqual(recorded);
    expect(missing).toEqual([]);
  });

  it('leaves what was asked, and as whom, out of the file', async () => {
    await record();
    const text = await readFile(tape, 'utf8');
    expect(text).not.toMatch(/hunter2|127\.0\.0\.1|knock|You play one character/);
  });

  it('that goes another way is told so, which costs the player nothing', async () => {
    await record();
    await using app = await testApp({ env: { MODEL: `replay:${tape}` } });
    const { client } = await app.player();
    const session = await client.play.start({ game: 'goal-horizon', pc: 'TOV', npc: 'OCT' });
    const reply = await session.act('I sing, which I have never done.');
    expect(reply).toMatchObject({ accepted: false, turns: 1 });
    const log = await wholeLog(app.storage, session.sessionId);
    expect(log.at(-1)).toMatchObject({
      kind: 'error',
      data: { reason: 'model/not-recorded', fault: 'system' },
    });
  });

  it('is not begun from a file that is no tape', async () => {
    const env = { MODEL: `replay:${path.join(folder, 'none.jsonl')}` };
    await expect(testApp({ env })).rejects.toMatchObject({ name: 'TapeError', reason: 'tape/unreadable' });
  });
});
