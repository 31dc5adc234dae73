import { experimentSchema } from '@dcs/engine';
import type { FormFile, ShownVersions } from '@dcs/engine';
import { describe, expect, it } from 'vitest';
import type { DcsClient } from '../src/client/index.ts';
import { openMemoryStorage } from '../src/storage.ts';
import type { Storage } from '../src/storage.ts';
import { refusalOf, testApp } from './support/testApp.ts';
import type { TestApp } from './support/testApp.ts';
import { putInForce } from './support/putInForce.ts';

/*
 * Safety property: nobody has agreed to what they were not shown. Forms may change while somebody has them open; what they
 * send then is an answer to the forms that they have seen, and to no others.
 */

const ADMIN_KEY = `dcs-ak-${'a'.repeat(43)}`;
const name = 'pilot';
const groupId = 'before-all-assignments';
const trigger = { event: groupId };

const consentOf = (version: number) => ({
  name: 'consent',
  version,
  trigger,
  questions: [
    { key: 'agreed', prompt: `Do you agree to edition ${version}?`, type: 'bool', mustBe: true },
    { key: 'remark', prompt: 'Is there anything you would like to say?', type: 'string' },
  ],
});
/** Whoever leaves it out altogether has answered all that it asks. */
const NOTICE = { name: 'notice', trigger, questions: [{ prompt: 'Sessions are recorded.' }] };

const pilot = (...forms: readonly object[]) => {
  return experimentSchema.parse({ name, games: [{ name: 'explore' }], forms });
};

type Pilot = ReturnType<typeof pilot>;

const open = (storage: Storage, file: Pilot): Promise<TestApp> =>
  testApp({ storage, env: { PII_KEY: 'ab'.repeat(32), ADMIN_KEY }, moreExperiments: [file] });

const formsOf = async (client: DcsClient): Promise<readonly Pick<FormFile, 'name' | 'version'>[]> =>
  (await client.experiments.setup.query({ name })).pendingFormGroups.flatMap(({ forms }) =>
    forms.map(({ name: form, version }) => ({ name: form, version })),
  );

const versionsOf = async (client: DcsClient): Promise<ShownVersions> =>
  Object.fromEntries((await formsOf(client)).map((form) => [form.name, form.version]));

const answer = (client: DcsClient, versions?: ShownVersions) =>
  client.experiments.submitForm.mutate({
    name,
    groupId,
    responses: { consent: { agreed: true } },
    ...(versions === undefined ? {} : { versions }),
  });

type Meanwhile = (client: DcsClient, shown: ShownVersions) => Promise<void>;

/** Somebody who opens the forms of `before`, and still has them open when those of `after` are in force. */
async function whileOpen(before: Pilot, after: Pilot, meanwhile: Meanwhile = async () => undefined) {
  const storage = { ...openMemoryStorage(), close: async () => undefined };
  const first = await open(storage, before);
  const { client, playerId, accessKey } = await first.player();
  await client.experiments.join.mutate({ name });
  const shown = await versionsOf(client);
  await meanwhile(client, shown);
  await first[Symbol.asyncDispose]();
  const app = await open(storage, after);
  const admin = app.client();
  admin.signIn(ADMIN_KEY);
  await putInForce(admin, name);
  const again = app.client();
  again.signIn(accessKey);
  const kept = async () =>
    (await storage.stores.forms.ofParticipant(playerId, { limit: 10 })).map(({ form, version }) => ({
      name: form,
      version,
    }));
  return { client: again, shown, kept, [Symbol.asyncDispose]: () => app[Symbol.asyncDispose]() };
}

describe('forms that change while somebody has them open', () => {
  it('are not taken for answered in an edition that was not shown, and are asked in the new one', async () => {
    await using open = await whileOpen(pilot(consentOf(1)), pilot(consentOf(2)));
    const { client, shown, kept } = open;
    expect(shown).toEqual({ consent: 1 });
    expect(await refusalOf(answer(client, shown))).toMatchObject({
      reason: 'form/changed',
      retryable: false,
      data: { code: 'CONFLICT' },
    });
    expect(await kept()).toEqual([]);
    expect(await formsOf(client)).toEqual([{ name: 'consent', version: 2 }]);
    expect(await answer(client, await versionsOf(client))).toMatchObject({ formsPending: false });
    expect(await kept()).toEqual([{ name: 'consent', version: 2 }]);
  });

  it('are not taken for answered when they have come since, though they ask nothing', async () => {
    await using open = await whileOpen(pilot(consentOf(1)), pilot(consentOf(1), NOTICE));
    const { client, shown, kept } = open;
    expect(await refusalOf(answer(client, shown))).toMatchObject({ reason: 'form/changed' });
    expect(await kept()).toEqual([]);
    expect(await versionsOf(client)).toEqual({ consent: 1, notice: 1 });
    await answer(client, await versionsOf(client));
    expect(await formsOf(client)).toEqual([]);
  });

  it('are not blamed for what is not asked any more: they are to be looked at again', async () => {
    await using open = await whileOpen(pilot(consentOf(1), NOTICE), pilot(consentOf(1)));
    expect(await refusalOf(answer(open.client, open.shown))).toMatchObject({ reason: 'form/changed' });
    expect(await open.kept()).toEqual([]);
  });

  it('are answered as they are now by a client that does not say which it has shown', async () => {
    await using open = await whileOpen(pilot(consentOf(1)), pilot(consentOf(2), NOTICE));
    expect(await answer(open.client)).toMatchObject({ formsPending: false });
    expect(await open.kept()).toEqual(
      expect.arrayContaining([
        { name: 'consent', version: 2 },
        { name: 'notice', version: 1 },
      ]),
    );
  });

  it('are taken once when they are sent twice as they were shown', async () => {
    await using open = await whileOpen(pilot(consentOf(1)), pilot(consentOf(1), NOTICE));
    const { client, kept } = open;
    const shown = await versionsOf(client);
    const [first, second] = [await answer(client, shown), await answer(client, shown)];
    expect(second).toEqual(first);
    expect(await kept()).toHaveLength(2);
  });

  it('are taken once when only some of their occasion were asked again', async () => {
    const welcome = { ...consentOf(1), name: 'welcome' };
    await using open = await whileOpen(
      pilot(welcome),
      pilot(welcome, consentOf(1)),
      async (client, shown) => {
        const responses = { welcome: { agreed: true } };
        await client.experiments.submitForm.mutate({ name, groupId, responses, versions: shown });
      },
    );
    const { client, kept } = open;
    const shown = await versionsOf(client);
    expect(shown).toEqual({ consent: 1 });
    const [first, second] = [await answer(client, shown), await answer(client, shown)];
    expect(second).toEqual(first);
    expect(await kept()).toHaveLength(2);
  });

  it('are told apart from those that were answered in another window', async () => {
    await using open = await whileOpen(pilot(consentOf(1)), pilot(consentOf(2)));
    const { client, shown } = open;
    const now = await versionsOf(client);
    await answer(client, now);
    for (const versions of [shown, now]) {
      const responses = { consent: { agreed: true, remark: 'Never mind.' } };
      const late = client.experiments.submitForm.mutate({ name, groupId, responses, versions });
      expect(await refusalOf(late)).toMatchObject({ reason: 'form/not-pending' });
    }
  });
});

/** A storage in which drafts are written when the test says so, and not before. */
function slowDrafts() {
  const storage = openMemoryStorage();
  const { forms } = storage.stores;
  const [arrived, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const saveDraft: typeof forms.saveDraft = async (draft) => {
    arrived.resolve();
    await released.promise;
    await forms.saveDraft(draft);
  };
  const stores = { ...storage.stores, forms: { ...forms, saveDraft } };
  return { storage: { ...storage, stores }, arrived: arrived.promise, release: released.resolve };
}

describe('a draft', () => {
  it('is gone when its answers were sent while it was being written, so that it fills in no later edition', async () => {
    const { storage, arrived, release } = slowDrafts();
    await using app = await open(storage, pilot(consentOf(1)));
    const { client, playerId } = await app.player();
    await client.experiments.join.mutate({ name });
    const responses = { consent: { agreed: true, remark: 'Half a sent' } };
    const saving = client.experiments.saveDraft.mutate({ name, groupId, responses });
    await arrived;
    await answer(client, await versionsOf(client));
    release();
    expect(await saving).toMatchObject({ groupId });
    expect(await storage.stores.forms.draftsOf(name, playerId)).toEqual([]);
  });

  it('stays when nothing was sent meanwhile', async () => {
    const { storage, arrived, release } = slowDrafts();
    await using app = await open(storage, pilot(consentOf(1)));
    const { client, playerId } = await app.player();
    await client.experiments.join.mutate({ name });
    const responses = { consent: { remark: 'Half a sent' } };
    const saving = client.experiments.saveDraft.mutate({ name, groupId, responses });
    await arrived;
    release();
    await saving;
    expect(await storage.stores.forms.draftsOf(name, playerId)).toMatchObject([{ answers: responses }]);
  });
});
