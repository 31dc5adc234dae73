import { randomUUID } from 'node:crypto';
import { describe, expect, inject, it } from 'vitest';
import { mongoStorage } from './support/mongoStorage.ts';
import { testApp } from './support/testApp.ts';
import type { TestApp } from './support/testApp.ts';

const PII_KEY = 'ab'.repeat(32);

const newName = (): string => `api-${randomUUID().slice(0, 8)}`;

async function durableApp(dbName: string, port = 0): Promise<TestApp> {
  return testApp({
    storage: await mongoStorage(inject('databaseUrl'), dbName),
    env: { PII_KEY, PORT: String(port) },
  });
}

describe('over MongoDB', () => {
  it('three turns with cut connections end with the same events here and in the database', async () => {
    await using app = await durableApp(newName());
    const { client } = await app.player();
    const session = await client.play.start({ game: 'explore' });
    for (const text of ['I wave.', 'I wait.', 'I look around.']) {
      const move = session.act(text);
      client.connection.drop();
      await move;
    }
    await session.close();
    const kept = await app.storage.stores.log.read(session.sessionId, 0, 500);
    expect(session.transcript.map(({ seq, eventId, content }) => [seq, eventId, content])).toEqual(
      kept.map(({ seq, eventId, kind, content }) => [
        seq,
        eventId,
        kind === 'validation_violation' ? '' : content,
      ]),
    );
    expect(app.faults).toEqual([]);
  });

  it('a restart loses no player, no key and no session, and the same page goes on', async () => {
    const dbName = newName();
    const first = await durableApp(dbName);
    const { client, accessKey } = await first.player('Ada Lovelace');
    const session = await client.play.start({ game: 'explore' });
    await session.act('I wave.');
    await first.server.stop();
    await using second = await durableApp(dbName, first.server.port);
    const reply = await session.act('I wave again.');
    expect(reply.accepted).toBe(true);
    const again = second.client({ accessKey });
    expect(await again.players.me.query()).toMatchObject({ fullName: 'Ada Lovelace' });
    const { sessions } = await again.sessions.list.query();
    expect(sessions).toMatchObject([{ sessionId: session.sessionId, status: 'active' }]);
    const { events } = await again.sessions.transcript.query({ sessionId: session.sessionId });
    expect(session.transcript).toEqual(events);
    client.close();
  });

  it('many players play side by side without disturbing each other', async () => {
    await using app = await durableApp(newName());
    const players = await Promise.all(
      Array.from({ length: 8 }, (_none, index) => app.player(`Player ${index}`)),
    );
    await Promise.all(
      players.map(async ({ client }, index) => {
        const session = await client.play.start({ game: 'explore' });
        for (let turn = 0; turn < 3; turn += 1) await session.act(`I wave ${index}-${turn}.`);
        const said = session.transcript
          .filter(({ source }) => source === 'user')
          .map(({ content }) => content);
        expect(said).toEqual([0, 1, 2].map((turn) => `I wave ${index}-${turn}.`));
        expect((await client.sessions.list.query()).sessions).toHaveLength(1);
      }),
    );
    expect(app.faults).toEqual([]);
  });
});
