import { createHash } from 'node:crypto';
import { fingerprintText, PROMPT_VERSION } from '@dcs/engine';
import type { CharacterSheet } from '@dcs/engine';
import { describe, expect, it } from 'vitest';
import type { DcsClient } from '../src/client/index.ts';
import { sampleSheet } from '../src/store/contract/samples.ts';
import { refusalOf, testApp } from './support/testApp.ts';
import type { TestApp } from './support/testApp.ts';

const ADMIN_KEY = `dcs-ak-${'c'.repeat(43)}`;

interface Office extends AsyncDisposable {
  readonly app: TestApp;
  readonly admin: DcsClient;
  /** What the audit log says of characters, oldest first. */
  audited(): Promise<readonly string[]>;
}

async function office(): Promise<Office> {
  const app = await testApp({ env: { ADMIN_KEY } });
  return {
    app,
    admin: app.client({ accessKey: ADMIN_KEY }),
    audited: async () =>
      (await app.storage.stores.audit.list({ limit: 100 }))
        .filter(({ action }) => action.startsWith('character/'))
        .toReversed()
        .map(
          ({ action, targetId, actorId }) =>
            `${action} ${targetId} ${actorId === 'system' ? 'system' : 'admin'}`,
        ),
    [Symbol.asyncDispose]: () => app[Symbol.asyncDispose](),
  };
}

const oak = (over: Partial<CharacterSheet> = {}): CharacterSheet => sampleSheet('OAK', over);

/** As it is sent: what is left out is not there. */
const plain = (sheet: CharacterSheet) => JSON.parse(JSON.stringify(sheet));

describe('characters for administrators', () => {
  it('are created, read in full and offered to players at once', async () => {
    await using desk = await office();
    const { hid, revision } = await desk.admin.characters.create.mutate({ sheet: plain(oak()) });
    expect(await desk.admin.characters.get.query({ hid })).toMatchObject({
      hid,
      revision,
      currentRevision: revision,
      sheet: oak(),
      revisions: [{ revision, createdAt: expect.any(String) }],
    });
    const { client } = await desk.app.player();
    const { npcs } = await client.play.setup.query({ game: 'explore' });
    expect(npcs.map((npc) => npc.hid)).toContain('OAK');
    expect(await desk.audited()).toEqual(['character/created OAK admin']);
  });

  it('keep every revision, and say what is new', async () => {
    await using desk = await office();
    const first = await desk.admin.characters.create.mutate({ sheet: plain(oak()) });
    const changed = oak({ goals: ['Another crab'] });
    const second = await desk.admin.characters.update.mutate({
      hid: 'OAK',
      sheet: plain(changed),
      expectedRevision: first.revision,
    });
    expect(second.revision).not.toBe(first.revision);
    const now = await desk.admin.characters.get.query({ hid: 'OAK' });
    expect(now).toMatchObject({ sheet: changed, currentRevision: second.revision });
    expect(now.revisions.map(({ revision }) => revision).toSorted()).toEqual(
      [first.revision, second.revision].toSorted(),
    );
    expect(await desk.admin.characters.get.query({ hid: 'OAK', revision: first.revision })).toMatchObject({
      sheet: oak(),
      currentRevision: second.revision,
    });
    expect(await desk.audited()).toEqual(['character/created OAK admin', 'character/updated OAK admin']);
  });

  it('refuse a change to a sheet that somebody else has changed meanwhile, and keep theirs', async () => {
    await using desk = await office();
    const { revision } = await desk.admin.characters.create.mutate({ sheet: plain(oak()) });
    const change = (goal: string) =>
      desk.admin.characters.update.mutate({
        hid: 'OAK',
        sheet: plain(oak({ goals: [goal] })),
        expectedRevision: revision,
      });
    await change('Mine');
    expect(await refusalOf(change('Yours'))).toMatchObject({
      reason: 'character/changed',
      data: { code: 'CONFLICT' },
    });
    expect(
      await refusalOf(desk.admin.characters.delete.mutate({ hid: 'OAK', expectedRevision: revision })),
    ).toMatchObject({ reason: 'character/changed' });
    expect((await desk.admin.characters.get.query({ hid: 'OAK' })).sheet.goals).toEqual(['Mine']);
  });

  it('have one winner when several change a sheet at once', async () => {
    await using desk = await office();
    const { revision } = await desk.admin.characters.create.mutate({ sheet: plain(oak()) });
    const outcomes = await Promise.allSettled(
      ['a', 'b', 'c', 'd'].map((goal) =>
        desk.admin.characters.update.mutate({
          hid: 'OAK',
          sheet: plain(oak({ goals: [goal] })),
          expectedRevision: revision,
        }),
      ),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('take a change that is sent again for the same change', async () => {
    await using desk = await office();
    const created = await desk.admin.characters.create.mutate({ sheet: plain(oak()) });
    expect(await desk.admin.characters.create.mutate({ sheet: plain(oak()) })).toEqual(created);
    const change = {
      hid: 'OAK',
      sheet: plain(oak({ pcEligible: false })),
      expectedRevision: created.revision,
    };
    const updated = await desk.admin.characters.update.mutate(change);
    expect(await desk.admin.characters.update.mutate(change)).toEqual(updated);
    const end = { hid: 'OAK', expectedRevision: updated.revision };
    expect(await desk.admin.characters.delete.mutate(end)).toEqual({ hid: 'OAK', retired: true });
    expect(await desk.admin.characters.delete.mutate(end)).toEqual({ hid: 'OAK', retired: true });
    expect(await desk.audited()).toEqual([
      'character/created OAK admin',
      'character/updated OAK admin',
      'character/retired OAK admin',
    ]);
  });

  it('are retired without losing anything, and can be brought back', async () => {
    await using desk = await office();
    const { revision } = await desk.admin.characters.create.mutate({ sheet: plain(oak()) });
    await desk.admin.characters.delete.mutate({ hid: 'OAK', expectedRevision: revision });
    expect((await desk.admin.characters.list.query()).map(({ hid }) => hid)).not.toContain('OAK');
    expect(await desk.admin.characters.retired.query()).toEqual([
      { hid: 'OAK', retiredAt: expect.any(String) },
    ]);
    expect(await desk.admin.characters.get.query({ hid: 'OAK' })).toMatchObject({
      sheet: oak(),
      currentRevision: null,
    });
    expect(await refusalOf(desk.admin.characters.create.mutate({ sheet: plain(oak()) }))).toMatchObject({
      reason: 'character/exists',
    });
    await desk.admin.characters.update.mutate({ hid: 'OAK', sheet: plain(oak()), expectedRevision: null });
    expect(await desk.admin.characters.get.query({ hid: 'OAK' })).toMatchObject({
      currentRevision: revision,
    });
    expect(await desk.admin.characters.retired.query()).toEqual([]);
  });

  it('leave a session the sheet that it was created with, whatever becomes of the character', async () => {
    await using desk = await office();
    const { client } = await desk.app.player();
    const { revision } = await desk.admin.characters.create.mutate({ sheet: plain(oak()) });
    const { sessionId } = await client.play.create.mutate({ game: 'explore', pc: 'OAK' });
    await desk.admin.characters.update.mutate({
      hid: 'OAK',
      sheet: plain(oak({ abilities: ['Can juggle acorns'] })),
      expectedRevision: revision,
    });
    await client.play.open.mutate({ sessionId });
    await client.play.act.mutate({ sessionId, commandId: 'look', text: '/abilities' });
    const { events } = await client.sessions.transcript.query({ sessionId });
    const said = events.map(({ content }) => content).join('\n');
    expect(said).toContain('Tastes with its arms');
    expect(said).not.toContain('Can juggle acorns');
  });

  it('have a fingerprint that anyone can compute, and that changes with the sheet', async () => {
    await using desk = await office();
    const { revision } = await desk.admin.characters.create.mutate({ sheet: plain(oak()) });
    const { fingerprint } = await desk.admin.characters.get.query({ hid: 'OAK' });
    const text = fingerprintText({ sheet: oak(), model: 'scripted', promptVersion: PROMPT_VERSION });
    expect(fingerprint).toBe(createHash('sha256').update(text).digest('hex'));
    await desk.admin.characters.update.mutate({
      hid: 'OAK',
      sheet: plain(oak({ goals: ['Rain'] })),
      expectedRevision: revision,
    });
    expect((await desk.admin.characters.get.query({ hid: 'OAK' })).fingerprint).not.toBe(fingerprint);
  });

  it('are described field by field, for a form, to administrators only', async () => {
    await using desk = await office();
    const { fields } = await desk.admin.characters.fields.query();
    expect(fields.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['hid', 'goals', 'senses', 'manner', 'hsnDivergence', 'dimensions']),
    );
    const { client } = await desk.app.player();
    expect(await refusalOf(client.trpc.characters.fields.query())).toMatchObject({
      data: { code: 'FORBIDDEN' },
    });
  });

  it('are compared, with what is doubtful about their meeting', async () => {
    await using desk = await office();
    const same = await desk.admin.characters.compare.query({ left: 'OCT', right: 'OCT' });
    expect(same.divergence).toMatchObject({ score: 0, differences: [] });
    expect(same.warnings.leftMeetsRight.map(({ reason }) => reason)).toContain('pair/same-character');
    const unlike = await desk.admin.characters.compare.query({ left: 'OCT', right: 'MAR' });
    expect(unlike).toMatchObject({
      left: { hid: 'OCT' },
      right: { hid: 'MAR' },
      divergence: { score: null },
    });
    expect(
      await refusalOf(desk.admin.characters.compare.query({ left: 'OCT', right: 'NOBODY' })),
    ).toMatchObject({
      reason: 'character/unknown',
      data: { code: 'NOT_FOUND' },
    });
  });
});

describe('a sheet that is sent', () => {
  it.each<[string, Record<string, unknown>, string]>([
    ['an unknown field', { mood: 'good' }, 'mood'],
    ['an empty list', { goals: [] }, 'goals'],
    ['an entry without words', { abilities: ['Can.', ' '] }, 'abilities[1]'],
    ['a bad handle', { hid: 'oak' }, 'hid'],
    ['a profile of a wrong form', { dimensions: { size: { value: ['huge'] } } }, 'dimensions.size.value[0]'],
  ])('is refused for %s, at the field, and nothing is kept', async (_what, change, path) => {
    await using desk = await office();
    const sheet = { ...plain(oak()), ...change };
    const problem = {
      path,
      reason: expect.any(String),
      message: expect.any(String),
      fix: expect.any(String),
    };
    expect(await refusalOf(desk.admin.characters.create.mutate({ sheet }))).toMatchObject({
      reason: 'character/invalid-sheet',
      data: { code: 'BAD_REQUEST', problems: expect.arrayContaining([problem]) },
    });
    const { problems } = await desk.admin.characters.check.mutate({ sheet });
    expect(problems).toContainEqual(problem);
    expect(await desk.audited()).toEqual([]);
  });

  it('is told what deserves a look before it is kept', async () => {
    await using desk = await office();
    expect(await desk.admin.characters.check.mutate({ sheet: plain(oak()) })).toEqual({
      sheet: oak(),
      problems: [],
      warnings: expect.arrayContaining([
        expect.objectContaining({ reason: 'character/senses-missing', path: 'senses' }),
      ]),
    });
    expect((await desk.admin.characters.list.query()).map(({ hid }) => hid)).not.toContain('OAK');
  });

  it('cannot change its handle', async () => {
    await using desk = await office();
    const { revision } = await desk.admin.characters.create.mutate({ sheet: plain(oak()) });
    const renamed = { hid: 'OAK', sheet: plain(sampleSheet('ELM')), expectedRevision: revision };
    expect(await refusalOf(desk.admin.characters.update.mutate(renamed))).toMatchObject({
      reason: 'character/invalid-sheet',
      data: { problems: [{ path: 'hid', reason: 'character/hid-changed' }] },
    });
  });

  it('cannot be an update of nobody', async () => {
    await using desk = await office();
    const nobody = { hid: 'OAK', sheet: plain(oak()), expectedRevision: null };
    expect(await refusalOf(desk.admin.characters.update.mutate(nobody))).toMatchObject({
      reason: 'character/unknown',
    });
    expect(
      await refusalOf(desk.admin.characters.delete.mutate({ hid: 'OAK', expectedRevision: 'r' })),
    ).toMatchObject({ reason: 'character/unknown' });
  });
});

describe('characters for everybody else', () => {
  it('are neither read in full nor changed', async () => {
    await using desk = await office();
    const { client } = await desk.app.player();
    const calls = [
      client.characters.get.query({ hid: 'OCT' }),
      client.characters.retired.query(),
      client.characters.compare.query({ left: 'OCT', right: 'MAR' }),
      client.characters.check.mutate({ sheet: plain(oak()) }),
      client.characters.create.mutate({ sheet: plain(oak()) }),
      client.characters.update.mutate({ hid: 'OCT', sheet: plain(oak()), expectedRevision: null }),
      client.characters.delete.mutate({ hid: 'OCT', expectedRevision: 'r' }),
    ];
    for (const call of calls) expect(await refusalOf(call)).toMatchObject({ reason: 'auth/forbidden' });
    expect(await refusalOf(desk.app.client().characters.get.query({ hid: 'OCT' }))).toMatchObject({
      reason: 'auth/required',
    });
    expect(await desk.audited()).toEqual([]);
  });

  it('are listed by what is public alone', async () => {
    await using desk = await office();
    const listed = await desk.app.client().characters.list.query();
    for (const row of listed) {
      expect(Object.keys(row).toSorted()).toEqual([
        'hid',
        'isHuman',
        'label',
        'pcEligible',
        'shortDescription',
      ]);
    }
    const { sheet } = await desk.admin.characters.get.query({ hid: 'OCT' });
    const found = await desk.app
      .client()
      .characters.list.query({ search: sheet.goals[0]?.slice(0, 100) ?? '' });
    expect(found).toEqual([]);
  });

  it('are filtered, searched and paged', async () => {
    await using desk = await office();
    const { client } = await desk.app.player();
    const all = await client.characters.list.query();
    const people = await client.characters.list.query({ filter: 'human' });
    expect(people).toEqual(all.filter(({ isHuman }) => isHuman));
    expect((await client.characters.list.query({ search: 'OCTOPUS' })).map(({ hid }) => hid)).toContain(
      'OCT',
    );
    const first = await client.characters.list.query({ limit: 5 });
    const rest = await client.characters.list.query({ afterHid: first.at(-1)?.hid });
    expect([...first, ...rest]).toEqual(all);
    await expect(client.characters.list.query({ limit: 501 })).rejects.toMatchObject({
      reason: 'request/invalid',
    });
  });
});

describe('choosing two characters', () => {
  it('tells which pairs deserve a second thought, in words that give nothing away', async () => {
    await using desk = await office();
    const { client } = await desk.app.player();
    const { pcs, npcs, warnings } = await client.play.setup.query({ game: 'explore' });
    const both = pcs.find(({ hid }) => npcs.some((npc) => npc.hid === hid));
    expect(warnings.pairs).toContainEqual({ pc: both?.hid, npc: both?.hid, reason: 'pair/same-character' });
    expect(warnings.pairs).toContainEqual({ pc: 'MOR', npc: 'TRA', reason: 'pair/no-shared-channel' });
    for (const { reason } of warnings.pairs) expect(warnings.messages[reason]).toMatch(/\w/);
  });

  it('lets a doubtful pair be played all the same', async () => {
    await using desk = await office();
    const { client } = await desk.app.player();
    expect(await client.play.create.mutate({ game: 'explore', pc: 'MOR', npc: 'TRA' })).toMatchObject({
      status: 'active',
    });
  });
});
