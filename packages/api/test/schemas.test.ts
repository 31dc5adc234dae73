import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { testApp } from './support/testApp.ts';
import type { TestApp } from './support/testApp.ts';

const repository = path.resolve(import.meta.dirname, '../../..');
const read = (app: TestApp, name: string, request: RequestInit = {}) =>
  fetch(`${app.url}/schemas/${name}`, request);

describe('GET /schemas/<name>.json', () => {
  it.each([
    ['experiment', 'experiments/experiment.schema.json'],
    ['game', 'games/game.schema.json'],
    ['character', 'seeds/character.schema.json'],
  ])('gives editors the schema of %s that the repository publishes', async (name, file) => {
    await using app = await testApp();
    const answer = await read(app, `${name}.json`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('application/schema+json');
    expect(await answer.text()).toBe(await readFile(path.join(repository, file), 'utf8'));
  });

  it('may be read by an editor that runs on any page, also the reason why there is none', async () => {
    await using app = await testApp();
    const headers = { origin: 'https://editor.example' };
    for (const name of ['experiment.json', 'nothing.json']) {
      const answer = await read(app, name, { headers });
      expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    }
  });

  it('is kept by editors for a while, and then sent anew only if it is another one', async () => {
    await using app = await testApp();
    const first = await read(app, 'experiment.json');
    expect(first.headers.get('cache-control')).toMatch(/^public, max-age=[1-9]\d*$/);
    const tag = first.headers.get('etag') ?? '';
    const again = await read(app, 'experiment.json', { headers: { 'if-none-match': `"old", W/${tag}` } });
    expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', tag]);
    const other = await read(app, 'game.json', { headers: { 'if-none-match': tag } });
    expect(other.status).toBe(200);
  });

  it('tells with HEAD the same without its text', async () => {
    await using app = await testApp();
    const answer = await read(app, 'experiment.json', { method: 'HEAD' });
    const { byteLength } = await (await read(app, 'experiment.json')).arrayBuffer();
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-length')).toBe(String(byteLength));
    expect(await answer.text()).toBe('');
  });

  it.each(['nothing.json', 'experiment', 'experiment.yaml', '..%2Fexperiment.json', ''])(
    'says which ones there are to whoever asks for "%s"',
    async (name) => {
      await using app = await testApp();
      expect(await app.http(`/schemas/${name}`)).toMatchObject({
        status: 404,
        body: {
          reason: 'schema/unknown',
          message: expect.stringContaining('/schemas/experiment.json'),
        },
      });
    },
  );

  it('is there to be read and for nothing else', async () => {
    await using app = await testApp();
    const answer = await read(app, 'experiment.json', { method: 'POST', body: '{}' });
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    expect(await answer.json()).toMatchObject({ reason: 'request/method' });
  });
});
