import { experimentSchema } from '@dcs/engine';
import { describe, expect, inject, it } from 'vitest';
import { newCommandId } from '../src/client/index.ts';
import type { DcsClient } from '../src/client/index.ts';
import { openMemoryStorage } from '../src/storage.ts';
import { clusterApps, nodeOf } from './support/clusterApps.ts';
import { mongoStorage } from './support/mongoStorage.ts';
import { restartingApp } from './support/restartingApp.ts';
import { refusalOf } from './support/testApp.ts';
import type { TestAppOptions } from './support/testApp.ts';

const config = experimentSchema.parse({
  name: 'asking',
  games: [{ name: 'explore' }],
  forms: [
    {
      name: 'halfway',
      trigger: { event: 'after-turns', turns: 2 },
      questions: [{ key: 'how', prompt: 'How is it?', type: 'string', required: true }],
    },
    {
      name: 'at_the_end',
      trigger: { event: 'on-finish' },
      questions: [{ key: 'was', prompt: 'How was it?', type: 'string' }],
    },
  ],
});
const OPTIONS: TestAppOptions = {
  env: { PII_KEY: 'ab'.repeat(32) },
  moreExperiments: [config],
};
const of = { name: config.name };

const act = (client: DcsClient, sessionId: string, text: string) =>
  client.play.act.mutate({ sessionId, commandId: newCommandId(), text });

const HALFWAY = { halfway: { how: 'Strange.' } };
const AT_THE_END = { at_the_end: { was: 'Stranger.' } };

const answer = (client: DcsClient, groupId: string, responses: typeof HALFWAY | typeof AT_THE_END) =>
  client.experiments.submitForm.mutate({ ...of, groupId, responses });

/** What is asked now: the event, and what it holds up. */
async function asked(client: DcsClient) {
  const { pendingFormGroups } = await client.experiments.setup.query(of);
  return pendingFormGroups.map(({ event, blocks }) => [event, blocks]);
}

describe.each([
  ['in memory', async () => openMemoryStorage()],
  ['over MongoDB', () => mongoStorage(inject('databaseUrl'))],
])('what is asked in a session, %s', (_where, open) => {
  it('comes up after its turns, holds nothing up, and is asked once', async () => {
    await using table = await restartingApp(await open(), OPTIONS);
    const { client } = await table.app.player();
    const { sessionId, assignmentId } = await client.experiments.startSession.mutate(of);
    await client.play.open.mutate({ sessionId });
    expect(await asked(client)).toEqual([]);
    expect(await refusalOf(answer(client, `after-turns:${assignmentId}:2`, HALFWAY))).toMatchObject({
      reason: 'form/not-pending',
    });
    await act(client, sessionId, 'I wave.');
    expect(await asked(client)).toEqual([['after-turns', 'nothing']]);
    await answer(client, `after-turns:${assignmentId}:2`, HALFWAY);
    await act(client, sessionId, 'I wave.');
    expect(await asked(client)).toEqual([]);
    await act(client, sessionId, '/finish');
    expect(await asked(client)).toEqual([['on-finish', 'everything']]);
    await answer(client, `on-finish:${assignmentId}`, AT_THE_END);
    expect(await asked(client)).toEqual([]);
  });

  it('is asked afterwards of whoever has put it aside', async () => {
    await using table = await restartingApp(await open(), OPTIONS);
    const { client } = await table.app.player();
    const { sessionId } = await client.experiments.startSession.mutate(of);
    await client.play.open.mutate({ sessionId });
    for (const text of ['I wave.', '/finish']) await act(client, sessionId, text);
    expect(await asked(client)).toEqual([
      ['after-turns', 'everything'],
      ['on-finish', 'everything'],
    ]);
  });

  it.each(['stop', 'crash'] as const)(
    'is still asked, and its answers are kept, where the server has ended (%s) and nobody has played on since',
    async (ending) => {
      await using table = await restartingApp(await open(), OPTIONS);
      const { client, accessKey } = await table.app.player();
      const { sessionId, assignmentId } = await client.experiments.startSession.mutate(of);
      await client.play.open.mutate({ sessionId });
      await act(client, sessionId, 'I wave.');
      await table.restart(ending);
      const again = table.app.client({ accessKey });
      expect(await asked(again)).toEqual([['after-turns', 'nothing']]);
      await table.restart(ending);
      const later = table.app.client({ accessKey });
      const groupId = `after-turns:${assignmentId}:2`;
      await later.experiments.saveDraft.mutate({ ...of, groupId, responses: { halfway: { how: 'Str' } } });
      expect(await answer(later, groupId, HALFWAY)).toMatchObject({ groupId, formsPending: false });
      expect(await asked(later)).toEqual([]);
    },
  );
});

it('is asked by every server, whichever drives the session', async () => {
  await using cluster = await clusterApps(2, OPTIONS);
  const { client, accessKey } = await nodeOf(cluster, 0).player();
  const elsewhere = nodeOf(cluster, 1).client({ accessKey });
  const { sessionId, assignmentId } = await client.experiments.startSession.mutate(of);
  await client.play.open.mutate({ sessionId });
  expect(await asked(elsewhere)).toEqual([]);
  await act(client, sessionId, 'I wave.');
  expect(await asked(elsewhere)).toEqual([['after-turns', 'nothing']]);
  await answer(elsewhere, `after-turns:${assignmentId}:2`, HALFWAY);
  expect(await asked(client)).toEqual([]);
});
