import { mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { newCommandId } from '../src/client/index.ts';
import { openMemoryStorage } from '../src/storage.ts';
import { testApp } from './support/testApp.ts';

const PROJECT_DIR = path.resolve(import.meta.dirname, '../../..');

/** The project without the file of one game. */
async function projectWithout(file: string) {
  const folder = await mkdtemp(path.join(tmpdir(), 'dcs-gone-'));
  await symlink(path.join(PROJECT_DIR, 'seeds'), path.join(folder, 'seeds'));
  await mkdir(path.join(folder, 'games'));
  for (const name of await readdir(path.join(PROJECT_DIR, 'games'))) {
    if (name !== file) await symlink(path.join(PROJECT_DIR, 'games', name), path.join(folder, 'games', name));
  }
  return {
    projectDir: folder,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

it('lets sessions of a game be played on whose file is gone, and still tells nobody whom they meet', async () => {
  const storage = { ...openMemoryStorage(), close: async () => undefined };
  let accessKey = '';
  let sessionId = '';
  {
    await using app = await testApp({ storage });
    const player = await app.player();
    ({ accessKey } = player);
    const { play } = player.client;
    ({ sessionId } = await play.create.mutate({ game: 'foresight', commandId: newCommandId() }));
    await play.open.mutate({ sessionId });
  }
  await using project = await projectWithout('foresight.yaml');
  await using app = await testApp({ storage, projectDir: project.projectDir });
  const client = app.client();
  client.signIn(accessKey);
  const { sessions } = await client.sessions.list.query();
  expect(sessions).toMatchObject([{ sessionId, title: 'Foresight', npc: null }]);
  await client.play.open.mutate({ sessionId });
  const act = { sessionId, commandId: newCommandId(), text: 'I wave.' };
  expect(await client.play.act.mutate(act)).toMatchObject({ accepted: true, turns: 2 });
  expect((await client.play.setup.query({ game: 'explore' })).allowed).toBe(true);
  await expect(client.play.create.mutate({ game: 'foresight', commandId: newCommandId() })).rejects.toThrow(
    /There is no game/,
  );
});
