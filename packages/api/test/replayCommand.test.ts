import { describe, expect, it } from 'vitest';
import { createTestWorld } from '../src/cli/testWorld.ts';
import { testApp } from './support/testApp.ts';

describe('dcs replay of what was played on a server', () => {
  it('comes to the state that the API shows, and finds everything as the log says', async () => {
    await using app = await testApp();
    const { client } = await app.player();
    const session = await client.play.start({ game: 'explore' });
    const { sessionId } = session;
    await session.act('I wave.');
    const before = await client.sessions.reconstruction.query({ sessionId });
    const { sessionId: branchId } = await client.sessions.branch.mutate({ sessionId });
    const branch = await client.sessions.reconstruction.query({ sessionId: branchId });
    await session.close();
    const past = await client.sessions.reconstruction.query({ sessionId });

    const { stores } = app.storage;
    const data = {
      stores,
      where: 'the server of the test',
      personalData: () => Promise.reject(new Error('No command asked for it.')),
      [Symbol.asyncDispose]: async () => undefined,
    };
    const world = createTestWorld({ openData: async () => data });
    const replay = (...args: string[]) => world.run('replay', ...args);

    const played = String(before.lastSeq);
    expect((await replay(sessionId, '--until', played)).out).toContain(`State ${before.stateHash}\n`);
    expect((await replay(sessionId)).out).toContain(`State ${past.stateHash}\n`);
    expect((await replay(branchId)).out).toContain(`State ${branch.stateHash}\n`);
    for (const id of [sessionId, branchId]) {
      const { exitCode, out } = await replay(id, '--verify');
      expect(out).toContain('All is as the log says: ');
      expect(exitCode).toBe(0);
    }
  });
});
