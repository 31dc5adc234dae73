import { describe, expect, it } from 'vitest';
import { DcsError } from '../src/client/index.ts';
import { createPersonalData, createSealer } from '../src/security/index.ts';
import { refusalOf, someone, testApp } from './support/testApp.ts';

describe('registering', () => {
  it('gives a key once, with which one is known by name', async () => {
    await using app = await testApp();
    const { client, accessKey, playerId } = await app.player('Ada Lovelace');
    expect(accessKey).toMatch(/^dcs-ak-[A-Za-z0-9_-]{43}$/);
    expect(await client.players.me.query()).toEqual({ playerId, fullName: 'Ada Lovelace', role: 'player' });
  });

  it('keeps the key and the person out of the players collection', async () => {
    await using app = await testApp();
    const { accessKey, playerId } = await app.player('Ada Lovelace');
    const player = await app.storage.stores.players.get(playerId);
    const sealed = await app.storage.stores.personalData.get(playerId);
    const kept = JSON.stringify([player, sealed, await app.storage.stores.accessKeys.listByPlayer(playerId)]);
    for (const secret of [accessKey, 'Lovelace', 'ada@example.org', '7946 0000'])
      expect(kept).not.toContain(secret);
  });

  it('keeps names in any script as they were written', async () => {
    await using app = await testApp();
    const name = '‫شهرزاد‬ 🦜 <script>alert(1)</script> O’Brien';
    const { client } = await app.player(name);
    expect((await client.players.me.query()).fullName).toBe(name);
  });

  it.each([
    ['no name', { fullName: '  ' }, 'fullName'],
    ['a name with a line break', { fullName: 'Ada\nLovelace' }, 'fullName'],
    ['a name beyond measure', { fullName: 'a'.repeat(201) }, 'fullName'],
    ['no e-mail address', { email: 'ada' }, 'email'],
    ['a phone number with too few digits', { phoneNumber: '12345' }, 'phoneNumber'],
    ['a phone number of words', { phoneNumber: 'call me please' }, 'phoneNumber'],
    ['no signature', { consentSignature: '' }, 'consentSignature'],
  ])('refuses %s and says so at the field', async (_what, change, field) => {
    await using app = await testApp();
    const error = await refusalOf(app.client().players.register.mutate({ ...someone(), ...change }));
    expect(error).toBeInstanceOf(DcsError);
    expect(error).toMatchObject({ reason: 'request/invalid', retryable: false });
    expect(error).toMatchObject({ data: { zodError: { fieldErrors: { [field]: [expect.any(String)] } } } });
  });

  it('is needed on a standard server, so that nobody comes in anonymously', async () => {
    await using app = await testApp();
    const error = await refusalOf(app.client().players.anonymous.mutate());
    expect(error).toMatchObject({ reason: 'auth/registration-required', data: { code: 'CONFLICT' } });
  });

  it('is not offered where everybody may play', async () => {
    await using app = await testApp({ env: { SERVER_MODE: 'freePlay' } });
    const visitor = app.client();
    const error = await refusalOf(visitor.players.register.mutate(someone()));
    expect(error).toMatchObject({ reason: 'auth/registration-disabled' });
    const { accessKey } = await visitor.players.anonymous.mutate();
    visitor.signIn(accessKey);
    expect(await visitor.players.me.query()).toMatchObject({ fullName: '', role: 'player' });
    expect(await visitor.server.config.query()).toMatchObject({
      mode: 'freePlay',
      registrationEnabled: false,
    });
  });

  it('is held back when one address makes accounts without end', async () => {
    await using app = await testApp({ env: { SERVER_MODE: 'freePlay', ARRIVALS_PER_MINUTE: '1' } });
    const visitor = app.client();
    const arrivals = await Promise.allSettled(
      Array.from({ length: 1_010 }, () => visitor.players.anonymous.mutate()),
    );
    const refused = arrivals.filter((arrival) => arrival.status === 'rejected');
    expect(refused.length).toBeGreaterThanOrEqual(9);
    expect(refused[0]?.reason).toMatchObject({ reason: 'limit/too-many-requests', retryable: true });
  });
});

describe('an access key', () => {
  it('works as a bearer token, as a connection parameter and as the cookie of our pages', async () => {
    await using app = await testApp();
    const { accessKey, playerId } = await app.player();
    const bearer = await app.http('/trpc/players.me', { key: accessKey });
    expect(bearer).toMatchObject({ status: 200, body: { result: { data: { json: { playerId } } } } });
    const cookie = await app.http('/trpc/players.me', { headers: { cookie: `a=b; dcs-key=${accessKey}` } });
    expect(cookie.status).toBe(200);
    const socket = app.socket('/trpc', { cookie: `dcs-key=${accessKey}`, origin: app.url });
    await socket.opened;
    socket.send({
      id: 1,
      jsonrpc: '2.0',
      method: 'query',
      params: { path: 'players.me', input: { json: null } },
    });
    expect(await socket.next()).toMatchObject({ id: 1, result: { data: { json: { playerId } } } });
  });

  it.each(['nonsense', `dcs-ak-${'A'.repeat(43)}`, 'x'.repeat(5_000), '%E0%A4%A', 'dcs-ak-"><script>'])(
    'that nobody has (%s) opens nothing',
    async (key) => {
      await using app = await testApp();
      const answer = await app.http('/trpc/players.me', {
        headers: { authorization: `Bearer ${encodeURI(key)}` },
      });
      expect(answer.status).toBe(401);
      expect(JSON.stringify(answer.body)).not.toContain('stack');
    },
  );

  it('is exchanged for another, and the old one stops at once, its sockets too', async () => {
    await using app = await testApp();
    const { client, accessKey, playerId } = await app.player();
    const elsewhere = app.client({ accessKey });
    await elsewhere.players.me.query();
    const cut = new Promise<void>((resolve) => {
      elsewhere.connection.subscribe((state) => state === 'closed' && resolve());
    });
    const fresh = await client.players.rotateKey.mutate();
    expect(fresh.playerId).toBe(playerId);
    expect(fresh.accessKey).not.toBe(accessKey);
    expect((await app.http('/trpc/players.me', { key: accessKey })).status).toBe(401);
    expect((await app.http('/trpc/players.me', { key: fresh.accessKey })).status).toBe(200);
    await cut;
    expect(await refusalOf(elsewhere.players.me.query())).toMatchObject({ reason: 'auth/key-revoked' });
    elsewhere.signIn(fresh.accessKey);
    expect(await elsewhere.players.me.query()).toMatchObject({ playerId });
  });

  it('is exchanged safely by a command: its reply may be lost, and the command be sent again', async () => {
    await using app = await testApp();
    const { accessKey, playerId } = await app.player();
    const exchange = () =>
      app.http('/trpc/players.rotateKey', { method: 'POST', key: accessKey, input: { commandId: 'c-1' } });
    const [lost, again] = [await exchange(), await exchange()];
    expect(again.body).toEqual(lost.body);
    const { accessKey: fresh } = (again.body as { result: { data: { json: { accessKey: string } } } }).result
      .data.json;
    expect(fresh).toMatch(/^dcs-ak-[A-Za-z0-9_-]{43}$/);
    // Nobody is locked out before the new key is in hand.
    expect((await app.http('/trpc/players.me', { key: accessKey })).status).toBe(200);
    expect(await app.client({ accessKey: fresh }).players.me.query()).toMatchObject({ playerId });
    expect((await app.http('/trpc/players.me', { key: accessKey })).status).toBe(401);
    expect((await exchange()).status).toBe(401);
  });

  it('is exchanged by the client over a line that breaks', async () => {
    await using app = await testApp();
    const { client, accessKey, playerId } = await app.player();
    const exchange = client.players.rotateKey.mutate({ commandId: 'c-1' });
    client.connection.drop();
    const fresh = await exchange;
    client.signIn(fresh.accessKey);
    expect(await client.players.me.query()).toMatchObject({ playerId });
    expect((await app.http('/trpc/players.me', { key: accessKey })).status).toBe(401);
  });

  it('of the operator’s choosing makes an administrator', async () => {
    const key = `dcs-ak-${'k'.repeat(43)}`;
    await using app = await testApp({ env: { ADMIN_KEY: key } });
    expect(await app.client({ accessKey: key }).players.me.query()).toMatchObject({ role: 'admin' });
  });
});

describe('a person', () => {
  it('gets everything that is known of them', async () => {
    await using app = await testApp();
    const { client, playerId } = await app.player('Ada Lovelace');
    expect(await client.players.exportMyData.query()).toMatchObject({
      playerId,
      answers: { fullName: 'Ada Lovelace', email: 'ada@example.org', consentToFollowup: true },
    });
  });

  it('is forgotten on request, and their key with them', async () => {
    await using app = await testApp();
    const { client, playerId, accessKey } = await app.player('Ada Lovelace');
    await client.players.eraseMe.mutate();
    expect(await app.storage.stores.personalData.get(playerId)).toBeNull();
    expect((await app.http('/trpc/players.me', { key: accessKey })).status).toBe(401);
  });

  it('gets what they answered to forms, personal answers too, until it is forgotten on request', async () => {
    const key = 'ab'.repeat(32);
    await using app = await testApp({ env: { PII_KEY: key } });
    const { client, playerId } = await app.player();
    const { forms } = app.storage.stores;
    const sealing = createPersonalData({
      store: app.storage.stores.personalData,
      sealer: createSealer([Buffer.from(key, 'hex')]),
      clock: { now: () => 0 },
    });
    const submission = {
      submissionId: 's-1',
      experiment: 'pilot-study',
      participantId: playerId,
      groupId: 'before-all-assignments',
      assignmentId: null,
      form: 'about_you',
      version: 2,
      at: Date.UTC(2026, 0, 2),
      answers: { mood: 3 },
      sealed: sealing.sealAnswers(
        { participantId: playerId, of: 'about_you' },
        { address: 'ada@example.org' },
      ),
    };
    const draft = {
      experiment: 'pilot-study',
      participantId: playerId,
      groupId: 'after-all-assignments',
      answers: { thanks: { words: 'Well' } },
      sealed: {},
      at: Date.UTC(2026, 0, 3),
    };
    await forms.submit(submission);
    await forms.saveDraft(draft);
    const exported = await client.players.exportMyData.query();
    expect(exported.forms).toEqual([
      {
        experiment: 'pilot-study',
        groupId: 'before-all-assignments',
        assignmentId: null,
        form: 'about_you',
        version: 2,
        submittedAt: '2026-01-02T00:00:00.000Z',
        answers: { mood: 3, address: 'ada@example.org' },
      },
    ]);
    expect(exported.drafts).toEqual([
      {
        experiment: 'pilot-study',
        groupId: 'after-all-assignments',
        savedAt: '2026-01-03T00:00:00.000Z',
        answers: { thanks: { words: 'Well' } },
      },
    ]);
    await client.players.eraseMe.mutate();
    expect(await forms.get(['s-1'])).toMatchObject([
      { form: 'about_you', answers: {}, sealed: {}, erasedAt: expect.any(Number) },
    ]);
    expect(await forms.allDraftsOf(playerId)).toEqual([]);
  });
});

describe('an administrator', () => {
  const key = `dcs-ak-${'k'.repeat(43)}`;

  it('takes a player’s key away, which the account of deeds remembers', async () => {
    await using app = await testApp({ env: { ADMIN_KEY: key } });
    const { playerId, accessKey } = await app.player();
    await app.client({ accessKey: key }).admin.revokeKey.mutate({ playerId });
    expect((await app.http('/trpc/players.me', { key: accessKey })).status).toBe(401);
    const [entry] = await app.storage.stores.audit.list({ limit: 1 });
    expect(entry).toMatchObject({ action: 'player/keys-revoked', targetId: playerId });
  });

  it('sees what accounts there are, newest first, and no names', async () => {
    await using app = await testApp({ env: { ADMIN_KEY: key } });
    const [ada, ben] = [await app.player('Ada Lovelace'), await app.player('Ben Example')];
    const { admin } = app.client({ accessKey: key });
    await admin.revokeKey.mutate({ playerId: ben.playerId });
    await ada.client.players.eraseMe.mutate();
    const all = await admin.players.query({ role: 'player' });
    expect(JSON.stringify(all)).not.toMatch(/Lovelace|Ben/);
    expect(all).toMatchObject({
      players: [
        { playerId: ben.playerId, fullName: null, keysInForce: 0, erasedAt: null },
        { playerId: ada.playerId, anonymous: false, keysInForce: 0, erasedAt: expect.any(String) },
      ],
      nextCursor: null,
    });
    const first = await admin.players.query({ limit: 2 });
    const cursor = first.nextCursor ?? '';
    const rest = await admin.players.query({ limit: 2, cursor });
    expect([...first.players, ...rest.players].map(({ role }) => role).toSorted()).toEqual([
      'admin',
      'player',
      'player',
    ]);
    expect(await refusalOf(admin.players.query({ cursor: 'nonsense' }))).toMatchObject({
      reason: 'request/invalid-cursor',
    });
  });

  it('reads names where they ask for them, which the account of deeds remembers first', async () => {
    await using app = await testApp({ env: { ADMIN_KEY: key } });
    const { playerId } = await app.player('Ada Lovelace');
    const { admin } = app.client({ accessKey: key });
    const { players } = await admin.players.query({ playerId, names: true });
    expect(players).toMatchObject([{ playerId, fullName: 'Ada Lovelace', keysInForce: 1 }]);
    const [entry] = await app.storage.stores.audit.list({ limit: 1 });
    expect(entry).toMatchObject({ action: 'player/names-read', details: { players: 1 } });
    expect(await admin.players.query({ playerId: 'nobody', names: true })).toMatchObject({ players: [] });
    expect(await admin.players.query({ playerId, role: 'admin' })).toMatchObject({ players: [] });
    expect(await app.storage.stores.audit.list({ limit: 9, action: 'player/names-read' })).toHaveLength(1);
  });

  it('alone sees who is there', async () => {
    await using app = await testApp();
    const { client } = await app.player();
    expect(await refusalOf(client.admin.players.query())).toMatchObject({ reason: 'auth/forbidden' });
  });

  it('is the only one who may', async () => {
    await using app = await testApp();
    const { client } = await app.player();
    const other = await app.player('Other');
    const refusal = await refusalOf(client.admin.revokeKey.mutate({ playerId: other.playerId }));
    expect(refusal).toMatchObject({ reason: 'auth/forbidden', data: { code: 'FORBIDDEN' } });
    expect((await app.http('/trpc/players.me', { key: other.accessKey })).status).toBe(200);
  });
});
