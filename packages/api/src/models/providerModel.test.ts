import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { builtInGames } from '@dcs/engine';
import type { ModelRequest } from '@dcs/engine';
import { expect, describe, it } from 'vitest';
import { loadCatalog } from '../catalog/index.ts';
import { EnvError } from '../env.ts';
import { providerFrom } from './provider.ts';
import { createProviderModel } from './providerModel.ts';

type Answer = (response: ServerResponse, request: IncomingMessage) => void;

/** A server that speaks the provider's protocol and answers as told. */
async function startProvider(answer: Answer) {
  const bodies: unknown[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => void (body += chunk.toString()));
    request.on('end', () => {
      bodies.push(JSON.parse(body));
      answer(response, request);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    bodies,
    provider: {
      name: 'openai-compatible',
      modelId: 'm',
      baseUrl: `http://127.0.0.1:${port}/v1`,
      apiKey: 'k',
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function streamed(...texts: string[]): Answer {
  return (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const content of texts) {
      response.write(`data: ${JSON.stringify({ id: '1', choices: [{ index: 0, delta: { content } }] })}\n\n`);
    }
    const end = { id: '1', choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] };
    response.end(`data: ${JSON.stringify(end)}\n\ndata: [DONE]\n\n`);
  };
}

const failing =
  (status: number): Answer =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end('{"error":{"message":"no"}}');
  };

async function requestWith(cancellation = new AbortController().signal): Promise<ModelRequest> {
  const root = new URL('../../../../', import.meta.url).pathname;
  const { characters } = await loadCatalog({
    games: builtInGames,
    gamesDir: `${root}games`,
    experimentsDir: `${root}experiments`,
    seedsDir: `${root}seeds`,
  });
  const [pc, npc] = characters.map((character) => character.sheet);
  if (pc === undefined || npc === undefined) throw new Error('There are no characters.');
  return {
    role: 'updater',
    task: 'reply',
    promptVersion: 'test',
    prompt: { system: 'Be a barnacle.', messages: [{ role: 'user', content: 'I wave.' }] },
    scene: { pc, npc, transcript: [], action: 'I wave.', turn: 2 },
    subject: null,
    seed: 's',
    occasion: null,
    cancellation,
  };
}

describe('a model behind a provider', () => {
  it('shows its text as it grows and returns the whole', async () => {
    await using upstream = await startProvider(streamed('It ', 'opens.'));
    const seen: string[] = [];
    const model = createProviderModel(upstream.provider);
    const reply = await model.generate(await requestWith(), (text) => seen.push(text));
    expect(reply).toEqual({ text: 'It opens.', model: 'openai-compatible:m' });
    expect(seen).toEqual(['It ', 'It opens.']);
  });

  it('is told the rules as system and the player as user', async () => {
    await using upstream = await startProvider(streamed('Yes.'));
    await createProviderModel(upstream.provider).generate(await requestWith(), () => undefined);
    expect(upstream.bodies[0]).toMatchObject({
      model: 'm',
      stream: true,
      messages: [
        { role: 'system', content: 'Be a barnacle.' },
        { role: 'user', content: 'I wave.' },
      ],
    });
  });

  it.each([
    [401, 'model/refused'],
    [400, 'model/refused'],
    [429, 'model/unavailable'],
    [500, 'model/unavailable'],
    [503, 'model/unavailable'],
  ])('fails with status %i as %s, after one request', async (status, reason) => {
    await using upstream = await startProvider(failing(status));
    const asked = createProviderModel(upstream.provider).generate(await requestWith(), () => undefined);
    await expect(asked).rejects.toMatchObject({ name: 'ModelFailure', reason });
    expect(upstream.bodies).toHaveLength(1);
  });

  it('counts silence as a refusal', async () => {
    await using upstream = await startProvider(streamed());
    const asked = createProviderModel(upstream.provider).generate(await requestWith(), () => undefined);
    await expect(asked).rejects.toMatchObject({ reason: 'model/refused' });
  });

  it('does not take a stream that breaks off for a reply', async () => {
    const broken = `data: ${JSON.stringify({ id: '1', choices: [{ index: 0, delta: { content: 'It o' } }] })}\n\n`;
    await using upstream = await startProvider((response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).end(broken);
    });
    const asked = createProviderModel(upstream.provider).generate(await requestWith(), () => undefined);
    await expect(asked).rejects.toMatchObject({ reason: 'model/unavailable' });
  });

  it('gives up a provider that hangs at its deadline', async () => {
    await using upstream = await startProvider(() => undefined);
    const model = createProviderModel(upstream.provider, { deadlineMs: 50 });
    await expect(model.generate(await requestWith(), () => undefined)).rejects.toMatchObject({
      reason: 'model/timeout',
    });
  });

  it('stops when the reply is no longer wanted', async () => {
    const cancellation = new AbortController();
    await using upstream = await startProvider(() => cancellation.abort());
    const model = createProviderModel(upstream.provider);
    await expect(
      model.generate(await requestWith(cancellation.signal), () => undefined),
    ).rejects.toMatchObject({
      reason: 'model/cancelled',
    });
  });

  it('fails as unavailable when nobody listens', async () => {
    const provider = {
      name: 'openai-compatible',
      modelId: 'm',
      baseUrl: 'http://127.0.0.1:1/v1',
      apiKey: null,
    };
    const asked = createProviderModel(provider).generate(await requestWith(), () => undefined);
    await expect(asked).rejects.toMatchObject({ reason: 'model/unavailable' });
  });
});

describe('the setting MODEL', () => {
  const none = { OPENROUTER_API_KEY: null, HF_TOKEN: null, MODEL_BASE_URL: null, MODEL_API_KEY: null };

  it('names the scripted simulator or a provider with its model', () => {
    expect(providerFrom({ ...none, MODEL: 'scripted' })).toBeNull();
    expect(
      providerFrom({ ...none, MODEL: 'openrouter:openai/gpt-5-mini:free', OPENROUTER_API_KEY: 'k' }),
    ).toMatchObject({
      modelId: 'openai/gpt-5-mini:free',
      apiKey: 'k',
    });
  });

  it.each(['openrouter:x', 'huggingface:x', 'openai-compatible:x'])(
    '%s says which setting is missing',
    (MODEL) => {
      expect(() => providerFrom({ ...none, MODEL })).toThrow(EnvError);
    },
  );
});
