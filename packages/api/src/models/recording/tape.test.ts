import { ModelFailure } from '@dcs/engine';
import type { LanguageModel, ModelReply, ModelRequest } from '@dcs/engine';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { settled } from '../../../test/support/manualTimers.ts';
import { modelRequest } from '../../../test/support/modelRequest.ts';
import { openTaping } from './openTaping.ts';
import { readTape } from './readTape.ts';
import { createReplayedModel } from './replayedModel.ts';
import { createQuestionUse } from './tapingModel.ts';
import { createTapeWriter } from './tapeWriter.ts';

let folder = '';
let file = '';
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'dcs-tape-'));
  file = path.join(folder, 'run.jsonl');
});
afterEach(() => rm(folder, { recursive: true }));

const unexpected = (fault: unknown): never => {
  throw new Error('The tape could not be written.', { cause: fault });
};

const asking = (content: string, change: Partial<ModelRequest> = {}): ModelRequest =>
  modelRequest({ prompt: { system: 'Be a barnacle.', messages: [{ role: 'user', content }] }, ...change });

const ignore = (): void => undefined;

interface Asked {
  readonly question: string;
  readonly answer: (text: string) => void;
  readonly fail: (failure: ModelFailure) => void;
}

/** A model whose answers come when the test says so. */
function heldModel(): { readonly model: LanguageModel; readonly asked: Asked[] } {
  const asked: Asked[] = [];
  return {
    asked,
    model: {
      id: 'held',
      generate: ({ prompt, cancellation }) =>
        new Promise<ModelReply>((resolve, reject) => {
          const question = prompt.messages[0]?.content ?? '';
          asked.push({ question, answer: (text) => resolve({ text, model: 'held-1' }), fail: reject });
          cancellation.addEventListener('abort', () =>
            reject(new ModelFailure('model/cancelled', 'No longer wanted.')),
          );
        }),
    },
  };
}

/** Tapes what `play` does with the model, and gives the model that answers from that tape. */
async function taped(
  model: LanguageModel,
  play: (model: LanguageModel) => Promise<unknown>,
): Promise<{ readonly replayed: LanguageModel; readonly missing: ModelRequest[] }> {
  const taping = await openTaping(model, { file, seed: 's', use: createQuestionUse(), onFault: unexpected });
  await play(taping.model);
  await taping.stop();
  const missing: ModelRequest[] = [];
  const onMissing = (request: ModelRequest): void => void missing.push(request);
  return { replayed: createReplayedModel(await readTape(file), { onMissing }), missing };
}

const saying = (...texts: string[]): LanguageModel => {
  const left = [...texts];
  return { id: 'sayer', generate: async () => ({ text: left.shift() ?? 'Nothing.', model: 'sayer-1' }) };
};

describe('a tape', () => {
  it('gives each question its answer again, with the model that gave it', async () => {
    const { replayed } = await taped(saying('It opens.', 'It shuts.'), async (model) => {
      await model.generate(asking('I knock.'), ignore);
      await model.generate(asking('I leave.'), ignore);
    });
    expect(replayed.id).toBe('sayer');
    const shown: string[] = [];
    const leave = await replayed.generate(asking('I leave.'), (text) => void shown.push(text));
    expect(leave).toEqual({ text: 'It shuts.', model: 'sayer-1' });
    expect(shown).toEqual(['It shuts.']);
    expect(await replayed.generate(asking('I knock.'), ignore)).toMatchObject({ text: 'It opens.' });
  });

  it('knows a question by what a model reads of it, and not by session, turn or seed', async () => {
    const { replayed, missing } = await taped(saying('It opens.'), (model) =>
      model.generate(asking('I knock.', { seed: 'one' }), ignore),
    );
    const others: Partial<ModelRequest>[] = [
      { role: 'scorer' },
      { task: 'opening' },
      { promptVersion: '2' },
      { subject: 'I knock.' },
      { prompt: { system: 'Be a crab.', messages: [{ role: 'user', content: 'I knock.' }] } },
      { prompt: { system: 'Be a barnacle.', messages: [{ role: 'assistant', content: 'I knock.' }] } },
    ];
    for (const change of others) {
      const reply = replayed.generate(asking('I knock.', change), ignore);
      await expect(reply).rejects.toMatchObject({ name: 'CallFailure', reason: 'model/not-recorded' });
    }
    expect(missing).toHaveLength(others.length);
    const occasion = { sessionId: 's2', playerId: 'p', experimentId: null, turn: 9, afterSeq: 40 };
    const reply = replayed.generate(asking('I knock.', { seed: 'two', occasion }), ignore);
    expect(await reply).toMatchObject({ text: 'It opens.' });
  });

  it('answers the same question each time as it was answered then, and never once more', async () => {
    const ask = (model: LanguageModel) => model.generate(asking('I knock.'), ignore);
    const { replayed } = await taped(saying('First.', 'Second.'), async (model) => {
      await ask(model);
      await ask(model);
    });
    expect(await ask(replayed)).toMatchObject({ text: 'First.' });
    expect(await ask(replayed)).toMatchObject({ text: 'Second.' });
    await expect(ask(replayed)).rejects.toMatchObject({ reason: 'model/not-recorded' });
  });

  it('gives the answers to the same question in the order of asking, whichever came first', async () => {
    const held = heldModel();
    const { replayed } = await taped(held.model, async (model) => {
      const both = [model.generate(asking('Again?'), ignore), model.generate(asking('Again?'), ignore)];
      held.asked[1]?.answer('to the second');
      await settled();
      held.asked[0]?.answer('to the first');
      await Promise.all(both);
    });
    const both = [replayed.generate(asking('Again?'), ignore), replayed.generate(asking('Again?'), ignore)];
    const replies = await Promise.all(both);
    expect(replies.map(({ text }) => text)).toEqual(['to the first', 'to the second']);
  });

  it('answers questions that are open together in the order in which they were answered', async () => {
    const held = heldModel();
    const questions = ['one', 'two', 'three'];
    const { replayed } = await taped(held.model, async (model) => {
      const replies = questions.map((question) => model.generate(asking(question), ignore));
      for (const place of [2, 0, 1]) {
        held.asked[place]?.answer('Yes.');
        await settled();
      }
      await Promise.all(replies);
    });
    const order: string[] = [];
    const ask = (question: string) =>
      replayed.generate(asking(question), ignore).then(() => void order.push(question));
    await Promise.all(questions.map(ask));
    expect(order).toEqual(['three', 'one', 'two']);
  });

  it('lets an answer lead to its next question before another answer comes', async () => {
    const held = heldModel();
    const { replayed } = await taped(held.model, async (model) => {
      const first = model.generate(asking('first'), ignore);
      const slow = model.generate(asking('slow'), ignore);
      held.asked[0]?.answer('Garbage.');
      await first;
      const again = model.generate(asking('first, again'), ignore);
      held.asked[2]?.answer('Better.');
      await again;
      held.asked[1]?.answer('Late.');
      await slow;
    });
    const order: string[] = [];
    const told = (what: string) => () => void order.push(what);
    await Promise.all([
      replayed.generate(asking('slow'), ignore).then(told('slow')),
      replayed
        .generate(asking('first'), ignore)
        .then(() => replayed.generate(asking('first, again'), ignore))
        .then(told('first, again')),
    ]);
    expect(order).toEqual(['first, again', 'slow']);
  });

  it('fails as the model failed', async () => {
    const held = heldModel();
    const { replayed } = await taped(held.model, async (model) => {
      const reply = model.generate(asking('I knock.'), ignore);
      held.asked[0]?.fail(new ModelFailure('model/timeout', 'It took too long.'));
      await reply.catch(ignore);
    });
    const reply = replayed.generate(asking('I knock.'), ignore);
    await expect(reply).rejects.toMatchObject({ reason: 'model/timeout', message: 'It took too long.' });
  });

  it('holds back what was cancelled until it is cancelled again', async () => {
    const held = heldModel();
    const { replayed } = await taped(held.model, async (model) => {
      const unwanted = new AbortController();
      const reply = model.generate(asking('Fair?', { cancellation: unwanted.signal }), ignore);
      unwanted.abort();
      await reply.catch(ignore);
    });
    const unwanted = new AbortController();
    let ended = false;
    const reply = replayed.generate(asking('Fair?', { cancellation: unwanted.signal }), ignore);
    reply.catch(ignore).finally(() => (ended = true));
    await settled();
    expect(ended).toBe(false);
    unwanted.abort();
    await expect(reply).rejects.toMatchObject({ reason: 'model/cancelled' });
  });

  it('ends an answer that waits for its turn when it is no longer wanted', async () => {
    const { replayed } = await taped(saying('Yes.'), (model) => model.generate(asking('Fair?'), ignore));
    const unwanted = new AbortController();
    const reply = replayed.generate(asking('Fair?', { cancellation: unwanted.signal }), ignore);
    unwanted.abort();
    await expect(reply).rejects.toMatchObject({ reason: 'model/cancelled' });
  });

  it('does not hide a fault of the program as a failure of the model', async () => {
    const broken: LanguageModel = { id: 'broken', generate: () => Promise.reject(new TypeError('Ours.')) };
    const { replayed } = await taped(broken, (model) =>
      expect(model.generate(asking('I knock.'), ignore)).rejects.toThrow(TypeError),
    );
    await expect(replayed.generate(asking('I knock.'), ignore)).rejects.toMatchObject({
      reason: 'model/not-recorded',
    });
  });
});

describe('the file of a tape', () => {
  const head = '{"format":"dcs-tape","version":1,"model":"m","seed":"s"}\n';
  const line = (key: string): string =>
    `${JSON.stringify({
      key: key.repeat(64),
      ordinal: 0,
      role: 'updater',
      task: 'reply',
      promptVersion: '1',
      ending: { ok: true, text: 'It opens.', model: 'm' },
      use: null,
    })}\n`;

  const read = async (text: string) => {
    await writeFile(file, text);
    return readTape(file);
  };

  it('holds answers and what they took, and of questions only their keys', async () => {
    const use = createQuestionUse();
    const model: LanguageModel = {
      id: 'm',
      generate: async (request) => {
        const result = { ending: { ok: true, text: '' }, firstByteMs: 1, totalMs: 2 } as const;
        const endpoint = {} as Parameters<typeof use.onCall>[2];
        const spent = { inputTokens: 10, outputTokens: 2, isEstimated: false, costUsd: 0.5 };
        use.onCall(request, { ...result, use: spent }, endpoint);
        use.onCall(request, { ...result, use: { ...spent, isEstimated: true } }, endpoint);
        return { text: 'It opens.', model: 'm' };
      },
    };
    const taping = await openTaping(model, { file, seed: 's', use, onFault: unexpected });
    await taping.model.generate(asking('I knock.'), ignore);
    await taping.stop();
    const { answers } = await readTape(file);
    expect(answers).toMatchObject([
      {
        role: 'updater',
        task: 'reply',
        use: { inputTokens: 20, outputTokens: 4, isEstimated: true, costUsd: 1 },
      },
    ]);
    expect(await readFile(file, 'utf8')).not.toMatch(/barnacle|knock/);
    expect((await stat(file)).mode & 0o077).toBe(0);
  });

  it('is made anew: one that is there is kept', async () => {
    await writeFile(file, 'precious');
    const options = { file, model: 'm', seed: 's', onFault: unexpected };
    await expect(createTapeWriter(options)).rejects.toMatchObject({ reason: 'tape/exists' });
    expect(await readFile(file, 'utf8')).toBe('precious');
    const nowhere = { ...options, file: path.join(folder, 'none', 'run.jsonl') };
    await expect(createTapeWriter(nowhere)).rejects.toMatchObject({ reason: 'tape/unwritable' });
  });

  it('is read to the last whole line after a crash', async () => {
    const cut = line('b').slice(0, 90);
    const tape = await read(head + line('a') + cut);
    expect(tape).toMatchObject({ model: 'm', isCut: true });
    expect(tape.answers).toHaveLength(1);
    const whole = await read(head + line('a') + line('b').trimEnd());
    expect(whole).toMatchObject({ isCut: false });
    expect(whole.answers).toHaveLength(2);
    expect(await read(head)).toMatchObject({ answers: [], isCut: false });
  });

  it.each([
    ['nothing', ''],
    ['another file', 'seq,at\n1,2\n'],
    ['JSON of another kind', '{"format":"other","version":1}\n'],
    ['a head that is cut off', head.slice(0, 20)],
  ])('is refused when it holds %s', async (_what, text) => {
    await expect(read(text)).rejects.toMatchObject({ reason: 'tape/foreign' });
  });

  it('is refused when a later version has made it', async () => {
    const later = head.replace('"version":1', '"version":2');
    const message = expect.stringContaining('version 2');
    await expect(read(later)).rejects.toMatchObject({ reason: 'tape/other-version', message });
  });

  it.each([
    ['no JSON', 'garbage\n'],
    ['no answer', '{"key":"a"}\n'],
    ['an answer with a field that is unknown', line('a').replace('{', '{"secret":1,')],
    ['a failure without a known reason', line('a').replace('"ok":true', '"ok":false')],
  ])('is refused, with the number of the line, when a line is %s', async (_what, bad) => {
    const message = expect.stringContaining('Line 3');
    const text = head + line('a') + bad + line('b');
    await expect(read(text)).rejects.toMatchObject({ reason: 'tape/damaged', message });
  });

  it('is refused when it cannot be read', async () => {
    await expect(readTape(path.join(folder, 'none.jsonl'))).rejects.toMatchObject({
      reason: 'tape/unreadable',
    });
    await expect(readTape(folder)).rejects.toMatchObject({ reason: 'tape/unreadable' });
  });
});
