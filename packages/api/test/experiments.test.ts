import { experimentSchema } from '@dcs/engine';
import { describe, expect, inject, it } from 'vitest';
import { newCommandId } from '../src/client/index.ts';
import type { DcsClient } from '../src/client/index.ts';
import { openMemoryStorage } from '../src/storage.ts';
import type { Storage } from '../src/storage.ts';
import { mongoStorage } from './support/mongoStorage.ts';
import { refusalOf, testApp } from './support/testApp.ts';
import type { TestApp } from './support/testApp.ts';
import { until } from './support/until.ts';

const FORMS = [
  {
    name: 'consent',
    trigger: { event: 'before-all-assignments' },
    questions: [
      { prompt: 'Thank you for coming.' },
      { key: 'agreed', prompt: 'Do you agree?', type: 'bool', required: true, mustBe: true },
      { key: 'email', prompt: 'Where do we reach you?', type: 'email' },
    ],
  },
  {
    name: 'after_play',
    trigger: { event: 'after-assignment' },
    questions: [{ key: 'how', prompt: 'How was it?', type: 'single-choice', options: ['Good', 'Bad'] }],
  },
];

const experiment = (file: Readonly<Record<string, unknown>>) =>
  experimentSchema.parse({ games: [{ name: 'explore' }], ...file });

const STUDY = experiment({
  name: 'pilot-study',
  title: 'A pilot study',
  condition: 'learning',
  games: [
    { name: 'explore', overrides: { maxTurns: 5 } },
    { name: 'foresight', variant: 'foresight-short' },
  ],
  assignment: { strategy: 'random-unique-game', maxPerParticipant: 2 },
  quotas: { perGame: 50 },
  forms: FORMS,
  completion: { text: 'Thank you.', url: 'https://panel.example.org/done?code={code}' },
});

const CHOICE = experiment({
  name: 'choice',
  games: [{ name: 'explore' }, { name: 'infer-intent' }],
  assignment: { strategy: 'full-character-access', participantChooses: true, maxPerParticipant: 5 },
});

const LOOSE = experiment({
  name: 'loose',
  games: [{ name: 'explore' }, { name: 'teamwork' }],
  assignment: {
    strategy: 'full-character-access',
    participantChooses: true,
    requireCompletion: false,
    maxPerParticipant: 5,
  },
});

const FOR_MODELS = experiment({
  name: 'for-models',
  players: { humans: false, models: [{ model: 'scripted' }] },
});

const SMALL = experiment({ name: 'small', quotas: { perGame: 3 }, assignment: { maxPerParticipant: 1 } });

const INVITING = experiment({ name: 'inviting', registration: 'anonymous' });
const OVER = experiment({ name: 'over', registration: 'anonymous', closes: '2001-01-01T00:00:00Z' });

const PII_KEY = 'ab'.repeat(32);
const study = async (storage: Storage): Promise<TestApp> =>
  testApp({
    storage,
    env: { PII_KEY },
    moreExperiments: [STUDY, CHOICE, LOOSE, SMALL, INVITING, OVER, FOR_MODELS],
  });

const name = STUDY.name;
const consent = { consent: { agreed: true, email: 'ada@example.org' } };

const setupOf = (client: DcsClient, of = name) => client.experiments.setup.query({ name: of });

const agree = (client: DcsClient) =>
  client.experiments.submitForm.mutate({ name, groupId: 'before-all-assignments', responses: consent });

async function finish(client: DcsClient, sessionId: string): Promise<void> {
  await client.play.open.mutate({ sessionId });
  await client.play.act.mutate({ sessionId, commandId: newCommandId(), text: 'I wave.' });
  for (let turn = 0; turn < 5; turn += 1) {
    const text = turn === 0 ? '/finish' : '50';
    const reply = await client.play.act.mutate({ sessionId, commandId: newCommandId(), text });
    if (reply.exited) return;
  }
}

async function answerAfterPlay(client: DcsClient): Promise<void> {
  const { pendingFormGroups } = await setupOf(client);
  for (const { groupId } of pendingFormGroups) {
    const responses = { after_play: { how: 'Good' } };
    await client.experiments.submitForm.mutate({ name, groupId, responses });
  }
}

describe.each([
  ['in memory', async () => openMemoryStorage()],
  ['over MongoDB', () => mongoStorage(inject('databaseUrl'))],
])('experiments %s', (_where, open) => {
  it('take people as they are only where their file says so, and only while they are open', async () => {
    await using app = await study(await open());
    const visitor = app.client();
    const enter = (experiment: string) => visitor.players.anonymous.mutate({ experiment });
    for (const shut of [name, OVER.name]) {
      expect(await refusalOf(enter(shut))).toMatchObject({ reason: 'auth/registration-required' });
    }
    expect(await refusalOf(enter('nowhere'))).toMatchObject({ reason: 'experiment/not-found' });
    const { accessKey } = await enter('Inviting');
    visitor.signIn(accessKey);
    expect(await visitor.experiments.join.mutate({ name: 'inviting' })).toMatchObject({ number: 1 });
    expect(await visitor.players.me.query()).toMatchObject({ fullName: '' });
    // What they were let in for, and nothing else.
    for (const elsewhere of [
      () => visitor.experiments.join.mutate({ name }),
      () => visitor.play.create.mutate({ game: 'explore' }),
    ]) {
      expect(await refusalOf(elsewhere())).toMatchObject({ reason: 'auth/registration-required' });
    }
    await visitor.experiments.startSession.mutate({ name: 'inviting' });
  });

  it('tell visitors what they are about, and what comes first', async () => {
    await using app = await study(await open());
    const visitor = app.client();
    const { experiments } = await visitor.experiments.list.query();
    expect(experiments.map((row) => row.name)).toEqual(
      expect.arrayContaining(['choice', 'pilot-study', 'small']),
    );
    const setup = await setupOf(visitor, 'Pilot-Study');
    expect(setup).toMatchObject({ title: 'A pilot study', isOpen: true, participant: null });
    expect(setup.pendingFormGroups.map(({ groupId }) => groupId)).toEqual(['before-all-assignments']);
    expect(await refusalOf(setupOf(visitor, 'elsewhere'))).toMatchObject({ reason: 'experiment/not-found' });
    expect(await refusalOf(agree(visitor))).toMatchObject({ reason: 'auth/required' });
  });

  it('are not open to people where models alone take part', async () => {
    await using app = await study(await open());
    const { client } = await app.player();
    expect(await setupOf(client, 'for-models')).toMatchObject({ state: 'modelsOnly', isOpen: false });
    expect(await refusalOf(client.experiments.join.mutate({ name: 'for-models' }))).toMatchObject({
      reason: 'experiment/not-admitted',
    });
  });

  it('lead a participant from consent to the code at the end', async () => {
    await using app = await study(await open());
    const { client } = await app.player();
    expect(await agree(client)).toMatchObject({ trigger: 'before-all-assignments', formsPending: false });
    for (let round = 1; round <= 2; round += 1) {
      const before = await setupOf(client);
      if (before.nextAssignment.mode !== 'locked') await client.experiments.next.mutate({ name });
      const { sessionId, assignmentId } = await client.experiments.startSession.mutate({ name });
      expect((await setupOf(client)).resumableSessionId).toBe(sessionId);
      expect(await client.sessions.get.query({ sessionId })).toMatchObject({ session: { experiment: name } });
      await finish(client, sessionId);
      const after = await setupOf(client);
      expect(after).toMatchObject({ assignmentCompleted: true, participant: { completed: round } });
      expect(after.pendingFormGroups.map(({ groupId }) => groupId)).toEqual([
        `after-assignment:${assignmentId}`,
      ]);
      expect(after.completion).toBeNull();
      await answerAfterPlay(client);
    }
    const { assignments, nextAssignment, completion } = await setupOf(client);
    expect(assignments.map(({ variant }) => variant).toSorted()).toEqual(['explore', 'foresight-short']);
    expect(nextAssignment).toMatchObject({ mode: 'none', reason: 'complete' });
    expect(completion?.code).toMatch(/^[2-9A-HJ-NP-Z]{10}$/);
    expect(completion?.url).toBe(`https://panel.example.org/done?code=${completion?.code ?? ''}`);
    expect(await client.experiments.progress.query({ name })).toEqual({
      total: 100,
      completed: 2,
      isComplete: false,
    });
  });

  it('play sessions by the settings of the experiment, whatever the game has', async () => {
    await using app = await study(await open());
    const { client, playerId } = await app.player();
    await agree(client);
    const { sessionId } = await client.experiments.startSession.mutate({ name });
    const record = await app.storage.stores.sessions.get(sessionId);
    expect(record?.header).toMatchObject({
      ownerId: playerId,
      experimentId: name,
      source: 'experiment',
      config: { condition: 'learning' },
    });
  });

  it('go on with the same session on another device, and begin it once however often it is asked for', async () => {
    await using app = await study(await open());
    const { client, accessKey } = await app.player();
    await agree(client);
    const other = app.client();
    other.signIn(accessKey);
    const started = await Promise.all(
      [client, other, client, other].map((one) => one.experiments.startSession.mutate({ name })),
    );
    expect(new Set(started.map(({ sessionId }) => sessionId)).size).toBe(1);
    expect((await setupOf(other)).assignments[0]).toMatchObject({ status: 'in_progress', attempts: 1 });
  });

  it('let somebody try again who has broken off', async () => {
    await using app = await study(await open());
    const { client } = await app.player();
    await agree(client);
    const first = await client.experiments.startSession.mutate({ name });
    await client.play.open.mutate({ sessionId: first.sessionId });
    await client.play.close.mutate({ sessionId: first.sessionId, commandId: newCommandId() });
    const { currentAssignment, nextAssignment } = await setupOf(client);
    expect(nextAssignment).toMatchObject({ mode: 'locked', reason: 'interrupted' });
    expect(currentAssignment).toMatchObject({ status: 'interrupted', reason: 'user_close_button' });
    const second = await client.experiments.startSession.mutate({ name });
    expect(second.assignmentId).toBe(first.assignmentId);
    expect(second.sessionId).not.toBe(first.sessionId);
  });

  it('keep what was written into a form, and keep personal answers sealed', async () => {
    await using app = await study(await open());
    const { client, playerId } = await app.player();
    await client.experiments.join.mutate({ name });
    const draft = { consent: { email: 'ada@exam', agreed: { not: 'an answer' } } };
    const groupId = 'before-all-assignments';
    await client.experiments.saveDraft.mutate({ name, groupId, responses: draft });
    const [group] = (await setupOf(client)).pendingFormGroups;
    expect(group?.draft).toEqual({ consent: { email: 'ada@exam' } });
    await agree(client);
    // One that was on its way while the answers were sent comes too late to matter.
    await client.experiments.saveDraft.mutate({ name, groupId, responses: draft });
    const [kept] = await app.storage.stores.forms.ofParticipant(playerId, { limit: 10 });
    expect(kept?.answers).toEqual({ agreed: true });
    expect(JSON.stringify(kept)).not.toContain('ada@example.org');
    expect((await client.players.exportMyData.query()).forms[0]?.answers).toEqual({
      agreed: true,
      email: 'ada@example.org',
    });
    expect(await app.storage.stores.forms.draftsOf(name, playerId)).toEqual([]);
  });

  it('take no draft of what is not asked', async () => {
    await using app = await study(await open());
    const { client } = await app.player();
    await client.experiments.join.mutate({ name });
    const early = { name, groupId: 'after-all-assignments', responses: {} };
    expect(await refusalOf(client.experiments.saveDraft.mutate(early))).toMatchObject({
      reason: 'form/not-pending',
    });
  });

  it('tell everything that is wrong with answers at once, and keep nothing of them', async () => {
    await using app = await study(await open());
    const { client, playerId } = await app.player();
    const groupId = 'before-all-assignments';
    const responses = { consent: { agreed: false, email: 'nobody', more: 1 }, other: {} };
    const refusal = await refusalOf(client.experiments.submitForm.mutate({ name, groupId, responses }));
    expect(refusal).toMatchObject({ reason: 'form/invalid' });
    expect(JSON.stringify(refusal)).toMatch(/consent\.agreed.*consent\.email.*consent\.more/s);
    expect(await app.storage.stores.forms.ofParticipant(playerId, { limit: 10 })).toEqual([]);
    expect((await setupOf(client)).pendingFormGroups).toHaveLength(1);
  });

  it('take answers that are sent again for the same, and others for too late', async () => {
    await using app = await study(await open());
    const { client, playerId } = await app.player();
    const replies = await Promise.all([agree(client), agree(client), agree(client)]);
    expect(new Set(replies.map((reply) => JSON.stringify(reply))).size).toBe(1);
    expect(await agree(client)).toEqual(replies[0]);
    const responses = { consent: { ...consent.consent, email: 'else@example.org' } };
    const late = client.experiments.submitForm.mutate({ name, groupId: 'before-all-assignments', responses });
    expect(await refusalOf(late)).toMatchObject({ reason: 'form/not-pending' });
    expect(await app.storage.stores.forms.ofParticipant(playerId, { limit: 10 })).toHaveLength(1);
  });

  it('give nobody a place more than there is', async () => {
    await using app = await study(await open());
    const people = await Promise.all(Array.from({ length: 12 }, () => app.player()));
    await Promise.all(people.map(({ client }) => client.experiments.join.mutate({ name: 'small' })));
    const setups = await Promise.all(people.map(({ client }) => setupOf(client, 'small')));
    expect(setups.filter(({ nextAssignment }) => nextAssignment.mode === 'locked')).toHaveLength(3);
    expect(setups.filter(({ nextAssignment }) => nextAssignment.reason === 'quota_closed')).toHaveLength(9);
    expect(setups.every(({ state }) => state === 'full')).toBe(true);
  });

  it('let participants choose game and characters step by step, and keep hidden whom a game hides', async () => {
    await using app = await study(await open());
    const { client } = await app.player();
    const of = { name: 'choice' };
    await client.experiments.join.mutate(of);
    expect((await setupOf(client, 'choice')).nextAssignment).toMatchObject({ mode: 'choice' });
    const games = await client.experiments.eligibleOptions.query(of);
    expect(games.games.map(({ game }) => game)).toEqual(['explore', 'infer-intent']);
    const pcs = await client.experiments.eligibleOptions.query({ ...of, game: 'infer-intent', limit: 2 });
    expect(pcs).toMatchObject({ step: 'pc', hidesNpc: true });
    const pc = pcs.characters[0]?.hid ?? '';
    const byTitle = await client.experiments.eligibleOptions.query({ ...of, game: 'Infer Intent', limit: 2 });
    expect(byTitle).toEqual(pcs);
    const hidden = await client.experiments.eligibleOptions.query({ ...of, game: 'infer-intent', pc });
    expect(hidden.characters).toEqual([]);
    const open_ = await client.experiments.eligibleOptions.query({ ...of, game: 'explore', pc, limit: 3 });
    expect(open_).toMatchObject({ step: 'npc', hidesNpc: false });
    expect(open_.nextCursor).toBe(open_.characters.at(-1)?.hid);
    const chosen = await client.experiments.select.mutate({ ...of, game: 'Infer Intent', pc });
    expect(chosen).toMatchObject({ npcHid: null, simulatorCharacterDetailsVisible: false, pcHid: pc });
    const { sessionId } = await client.experiments.startSession.mutate(of);
    const setup = await setupOf(client, 'choice');
    const npc = (await app.storage.stores.sessions.get(sessionId))?.header.cast['npc']?.hid ?? '';
    expect(JSON.stringify(setup)).not.toContain(`"${npc}"`);
    expect(await refusalOf(client.experiments.select.mutate({ ...of, game: 'explore', pc }))).toMatchObject({
      reason: 'experiment/assignment-open',
    });
  });

  it('lead to what was chosen last, though something else was left before its end', async () => {
    await using app = await study(await open());
    const { client } = await app.player();
    const of = { name: 'loose' };
    await client.experiments.join.mutate(of);
    const choose = async (game: string) => {
      const pcs = await client.experiments.eligibleOptions.query({ ...of, game, limit: 1 });
      const pc = pcs.characters[0]?.hid ?? '';
      return client.experiments.select.mutate({ ...of, game, pc });
    };
    await choose('explore');
    const left = await client.experiments.startSession.mutate(of);
    await client.play.open.mutate({ sessionId: left.sessionId });
    const { assignmentId } = await choose('teamwork');
    const chosen = { assignmentId, status: 'assigned' };
    expect(await setupOf(client, 'loose')).toMatchObject({
      nextAssignment: { mode: 'locked', reason: 'locked', assignment: chosen },
      currentAssignment: chosen,
    });
    const begun = await client.experiments.startSession.mutate(of);
    expect(begun).toMatchObject({ assignmentId, resumed: false });
    const setup = await setupOf(client, 'loose');
    expect(setup.currentAssignment).toMatchObject({ assignmentId, status: 'in_progress' });
    expect(setup.assignments.map(({ status }) => status)).toEqual(['in_progress', 'in_progress']);
  });

  it('let go of whoever withdraws, and end what they play', async () => {
    await using app = await study(await open());
    const { client } = await app.player();
    await agree(client);
    const { sessionId } = await client.experiments.startSession.mutate({ name });
    await client.play.open.mutate({ sessionId });
    const { withdrawnAt } = await client.experiments.withdraw.mutate({ name });
    expect(await client.experiments.withdraw.mutate({ name })).toEqual({ withdrawnAt });
    expect((await client.sessions.status.query({ sessionId })).status).toBe('closed');
    const setup = await setupOf(client);
    expect(setup).toMatchObject({ nextAssignment: { reason: 'withdrawn' }, pendingFormGroups: [] });
    expect(await refusalOf(client.experiments.startSession.mutate({ name }))).toMatchObject({
      reason: 'experiment/withdrawn',
    });
  });

  it('tell somebody what they took part in, and let go of whoever has their data erased', async () => {
    await using app = await study(await open());
    const { client } = await app.player();
    await client.experiments.join.mutate({ name: 'small' });
    const { sessionId } = await client.experiments.startSession.mutate({ name: 'small' });
    await client.play.open.mutate({ sessionId });
    const { experiments, sessions } = await client.players.exportMyData.query();
    expect(experiments).toMatchObject([
      {
        experiment: 'small',
        number: 1,
        withdrawnAt: null,
        assignments: [{ game: 'explore', status: 'in_progress', sessionIds: [sessionId] }],
      },
    ]);
    expect(sessions).toMatchObject([{ sessionId, game: 'explore' }]);
    await client.players.eraseMe.mutate();
    const others = await Promise.all(Array.from({ length: 3 }, () => app.player()));
    for (const other of others) {
      await other.client.experiments.join.mutate({ name: 'small' });
      expect(await other.client.experiments.startSession.mutate({ name: 'small' })).toMatchObject({
        resumed: false,
      });
    }
    const stored = await app.storage.stores.log.read(sessionId, 0, 100);
    expect(stored.at(-1)?.kind).toBe('session_end');
  });

  it('find at once what ended in a crash, though nothing but the log of the session says so', async () => {
    const kept = { ...(await open()), close: async () => undefined };
    const start = async () => study(kept);
    const { sessionId, accessKey } = await (async () => {
      await using app = await start();
      const { client, accessKey: key } = await app.player();
      await agree(client);
      const started = await client.experiments.startSession.mutate({ name });
      await client.play.open.mutate({ sessionId: started.sessionId });
      return { sessionId: started.sessionId, accessKey: key };
    })();
    // The process has written the end of the session and died: neither its summary nor its experiment heard of it.
    const events = await kept.stores.log.read(sessionId, 0, 100);
    const [last] = events.slice(-1);
    if (last === undefined) throw new Error('The session has no events.');
    const seq = last.seq + 1;
    const end = {
      direction: 'internal',
      source: 'system',
      kind: 'session_end',
      format: 'text',
      content: 'session_end: game_completed',
      seat: null,
      command: null,
      data: { reason: 'game_completed' },
      audience: null,
    } as const;
    const eventId = `${sessionId}:${seq}`;
    const place = { sessionId, seq, eventId, at: last.at, turn: last.turn, commandId: null, receipt: null };
    await kept.stores.log.append([{ ...end, ...place }]);
    await using app = await start();
    const client = app.client();
    client.signIn(accessKey);
    expect((await setupOf(client)).participant?.completed).toBe(1);
  });

  it('find after a crash what ended without them', async () => {
    const storage = await open();
    const kept = { ...storage, close: async () => undefined };
    const { client, accessKey, sessionId } = await (async () => {
      const app = await study(kept);
      const player = await app.player();
      await agree(player.client);
      const started = await player.client.experiments.startSession.mutate({ name });
      await player.client.play.open.mutate({ sessionId: started.sessionId });
      await app.server.stop();
      return { ...player, sessionId: started.sessionId };
    })();
    client.close();
    // As if the process had died between the end of the session and the word of it.
    const summary = (await storage.stores.sessions.get(sessionId))?.summary;
    if (summary === undefined) throw new Error('The session is gone.');
    const over = {
      ...summary,
      lastSeq: summary.lastSeq + 1,
      status: 'closed' as const,
      endedAt: 1_900_000_000_000,
    };
    await storage.stores.sessions.saveSummaries([
      { sessionId, summary: { ...over, terminationReason: 'game_completed' } },
    ]);
    await using app = await study(storage);
    const again = app.client();
    again.signIn(accessKey);
    await until(async () => (await setupOf(again)).participant?.completed === 1);
    expect((await setupOf(again)).assignments[0]).toMatchObject({ status: 'completed' });
  });
});

describe('a server that is for one experiment', () => {
  const PLAYER_ENV = { PII_KEY, DEFAULT_EXPERIMENT: 'Small' };
  const small = () => testApp({ env: PLAYER_ENV, moreExperiments: [STUDY, SMALL] });

  it('offers that experiment and nothing beside it', async () => {
    await using app = await small();
    const { client } = await app.player();
    expect(await client.server.config.query()).toMatchObject({
      experimentsEnabled: true,
      defaultExperiment: 'small',
    });
    expect((await client.experiments.list.query()).experiments.map((row) => row.name)).toEqual(['small']);
    expect(await refusalOf(setupOf(client))).toMatchObject({ reason: 'experiment/not-found' });
    expect(await refusalOf(client.play.create.mutate({ game: 'explore' }))).toMatchObject({
      reason: 'play/experiment-only',
    });
    expect(await client.experiments.startSession.mutate({ name: 'small' })).toMatchObject({ resumed: false });
  });

  it('does not start when there is no such experiment', async () => {
    await expect(testApp({ env: { PII_KEY, DEFAULT_EXPERIMENT: 'elsewhere' } })).rejects.toMatchObject({
      reason: 'experiment/unknown-default',
      message: expect.stringContaining('DEFAULT_EXPERIMENT'),
    });
  });

  it('goes on with one that has begun, whatever has become of its file', async () => {
    const storage = openMemoryStorage();
    const kept = { ...storage, close: () => Promise.resolve() };
    let accessKey = '';
    {
      await using before = await testApp({ storage: kept, env: PLAYER_ENV, moreExperiments: [SMALL] });
      const player = await before.player();
      accessKey = player.accessKey;
      await player.client.experiments.join.mutate({ name: 'small' });
    }
    await using app = await testApp({ storage: kept, env: PLAYER_ENV });
    const client = app.client();
    client.signIn(accessKey);
    expect(await client.experiments.startSession.mutate({ name: 'small' })).toMatchObject({ resumed: false });
  });

  it('has no experiments where anybody plays what they like', async () => {
    await using app = await testApp({ env: { SERVER_MODE: 'freePlay' }, moreExperiments: [SMALL] });
    expect((await app.client().server.config.query()).experimentsEnabled).toBe(false);
    expect((await app.client().experiments.list.query()).experiments).toEqual([]);
  });
});
