import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { builtInGames, checkRecording, recordingSchema } from '@dcs/engine';
import { cardDuel, cardDuelFile } from '@dcs/engine/testing';
import { describe, expect, inject, it } from 'vitest';
import { createTestWorld } from '../src/cli/testWorld.ts';
import { openMemoryStorage } from '../src/storage.ts';
import type { Storage } from '../src/storage.ts';
import { mongoStorage } from './support/mongoStorage.ts';
import { testApp } from './support/testApp.ts';

const STORAGES: readonly (readonly [string, () => Promise<Storage>])[] = [
  ['in memory', async () => openMemoryStorage()],
  ['in MongoDB', () => mongoStorage(inject('databaseUrl'))],
];

/** `dcs replay` on what a server keeps. */
function replayOf({ stores, describe: where }: Storage) {
  const data = {
    stores,
    where: where(),
    personalData: () => Promise.reject(new Error('No command asked for it.')),
    [Symbol.asyncDispose]: async () => undefined,
  };
  const games = async () => [...builtInGames, cardDuel];
  const world = createTestWorld({ openData: async () => data, games });
  return (...args: string[]) => world.run('replay', ...args);
}

describe.each(STORAGES)('dcs replay of what a server keeps %s', (_where, open) => {
  it('comes to the states that the API shows, and finds everything as the log says', async () => {
    await using app = await testApp({ storage: await open() });
    const { client } = await app.player();
    const session = await client.play.start({ game: 'explore' });
    const { sessionId } = session;
    await session.act('I wave.');
    const before = await client.sessions.reconstruction.query({ sessionId });
    const { sessionId: branchId } = await client.sessions.branch.mutate({ sessionId });
    const branch = await client.sessions.reconstruction.query({ sessionId: branchId });
    await session.close();
    const past = await client.sessions.reconstruction.query({ sessionId });

    const replay = replayOf(app.storage);
    const until = String(before.lastSeq);
    expect((await replay(sessionId, '--until', until)).out).toContain(`State ${before.stateHash}\n`);
    expect((await replay(sessionId)).out).toContain(`State ${past.stateHash}\n`);
    expect((await replay(branchId)).out).toContain(`State ${branch.stateHash}\n`);
    for (const id of [sessionId, branchId]) {
      const { exitCode, out } = await replay(id, '--verify');
      expect(out).toContain('All is as the log says: ');
      expect(exitCode).toBe(0);
    }
  });

  it('records a duel that folds to itself', async () => {
    const moreGames = [{ game: cardDuel, file: cardDuelFile }];
    await using app = await testApp({ storage: await open(), moreGames });
    const { client } = await app.player();
    const { sessionId } = await client.play.create.mutate({ game: 'card-duel' });
    await client.play.open.mutate({ sessionId });
    const folder = await mkdtemp(path.join(os.tmpdir(), 'dcs-replay-'));
    try {
      const file = path.join(folder, 'dealt.json');
      expect(await replayOf(app.storage)(sessionId, '--record', file)).toMatchObject({ exitCode: 0 });
      const recording = recordingSchema.parse(JSON.parse(await readFile(file, 'utf8')));
      expect(recording.header.sessionId).toBe(sessionId);
      expect(recording.steps.map(({ event }) => event.kind)).toEqual([
        'session_start',
        'fact',
        'fact',
        'info',
      ]);
      expect(checkRecording(recording, cardDuel)).toBeNull();
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
