import { describe, expect, it } from 'vitest';
import { testApp } from './support/testApp.ts';
import type { TestPlayer } from './support/testApp.ts';

const ADMIN_KEY = `dcs-ak-${'k'.repeat(43)}`;
/** How the sheet of the octopus calls and describes it. */
const TELLING = [/\boct\b/i, /octopus/i, /tide[- ]?pool/i];

async function meet({ client }: TestPlayer) {
  const { sessionId } = await client.play.create.mutate({ game: 'infer-intent', npc: 'OCT' });
  await client.play.open.mutate({ sessionId });
  let said = 0;
  const say = (text: string) => {
    said += 1;
    return client.play.act.mutate({ sessionId, commandId: `say-${said}`, text });
  };
  return { sessionId, say };
}

describe('a hidden character', () => {
  it('stands under no name in anything that its player gets, until the game is over and after', async () => {
    await using app = await testApp();
    const ada = await app.player('Ada');
    const { client } = ada;
    const { sessionId, say } = await meet(ada);
    for (const text of ['/help', '/abilities', 'I wave.', '/finish', 'It is hungry.', 'Quite sure.'])
      await say(text);
    await expect.poll(async () => (await client.sessions.history.query()).entries.length).toBe(1);
    const got = [
      await client.sessions.get.query({ sessionId }),
      await client.sessions.list.query(),
      await client.sessions.history.query(),
      await client.sessions.status.query({ sessionId }),
      await client.sessions.reconstruction.query({ sessionId }),
    ];
    for (const answer of got)
      for (const telling of TELLING) expect(JSON.stringify(answer)).not.toMatch(telling);
    expect(got[0]).toMatchObject({ session: { npc: null, pc: { hid: expect.any(String) } } });
  });

  it('is shown to an administrator', async () => {
    await using app = await testApp({ env: { ADMIN_KEY } });
    const { sessionId } = await meet(await app.player('Ada'));
    const admin = app.client({ accessKey: ADMIN_KEY });
    expect(await admin.sessions.get.query({ sessionId })).toMatchObject({
      session: { npc: { hid: 'OCT' } },
      view: { npc: { hid: 'OCT' } },
    });
  });

  it('is announced before play, so that a page offers no choice of whom to meet', async () => {
    await using app = await testApp();
    const { client } = await app.player('Ada');
    expect(await client.play.setup.query({ game: 'infer-intent' })).toMatchObject({
      hidesNpc: true,
      canStart: true,
      npcs: [],
      warnings: { pairs: [] },
    });
    expect(await client.play.setup.query({ game: 'teamwork' })).toMatchObject({
      hidesNpc: false,
      canStart: true,
    });
  });

  it('is listed before play for an administrator, and for players where nobody is hidden', async () => {
    await using app = await testApp({ env: { ADMIN_KEY } });
    const { client } = await app.player('Ada');
    const admin = app.client({ accessKey: ADMIN_KEY });
    const hids = async (setup: Promise<{ npcs: readonly { hid: string }[] }>) =>
      (await setup).npcs.map(({ hid }) => hid);
    expect(await hids(admin.play.setup.query({ game: 'infer-intent' }))).toContain('OCT');
    expect(await hids(client.play.setup.query({ game: 'teamwork' }))).toContain('OCT');
  });

  it.each([
    ['showNpcDetails', { showNpcDetails: true }],
    ['condition', { condition: 'learning' }],
  ])(
    'is not uncovered by the setting %s of a player, only by those of an administrator',
    async (name, config) => {
      await using app = await testApp({ env: { ADMIN_KEY } });
      const { client } = await app.player('Ada');
      await expect(client.play.create.mutate({ game: 'infer-intent', config })).rejects.toMatchObject({
        data: { code: 'FORBIDDEN', reason: 'game/setting-reserved' },
        message: expect.stringContaining(name),
      });
      expect((await client.sessions.list.query()).sessions).toEqual([]);
      const admin = app.client({ accessKey: ADMIN_KEY });
      expect(await admin.play.create.mutate({ game: 'infer-intent', config })).toMatchObject({
        status: 'active',
      });
    },
  );

  it('may be asked for by its handle, and is hidden all the same from the player who asked', async () => {
    await using app = await testApp();
    const { client } = await app.player('Ada');
    const { sessionId } = await client.play.create.mutate({ game: 'infer-intent', npc: 'OCT' });
    expect(await client.sessions.get.query({ sessionId })).toMatchObject({
      session: { npc: null },
      view: { npc: null },
    });
  });

  it('may be hidden by a player where the game shows it', async () => {
    await using app = await testApp();
    const { client } = await app.player('Ada');
    const { sessionId } = await client.play.create.mutate({
      game: 'teamwork',
      npc: 'OCT',
      config: { showNpcDetails: false },
    });
    expect(await client.sessions.get.query({ sessionId })).toMatchObject({ session: { npc: null } });
  });
});
