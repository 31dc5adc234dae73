import { createScriptedModel } from '@dcs/engine';
import type { LanguageModel } from '@dcs/engine';
import { describe, expect, it } from 'vitest';
import type { DcsClient } from '../src/client/index.ts';
import { openMemoryStorage } from '../src/storage.ts';
import type { Storage } from '../src/storage.ts';
import { openLine } from '../src/store/contract/cuttableLine.ts';
import { clusterApps, nodeOf } from './support/clusterApps.ts';
import { restartingApp } from './support/restartingApp.ts';
import { until } from './support/until.ts';
import { wholeLog } from './support/wholeLog.ts';

/* What a server leaves in the middle is seen to, whether its players come back or not. */

/** A turn that hangs is not waited for. */
const ENV = { DRAIN_SECONDS: '1' };
const SAID = 'I wave.';

/** A model that answers at once, but for one question: that one it never answers unless it is told to. */
function hangingModel() {
  const scripted = createScriptedModel();
  const held = Promise.withResolvers<void>();
  let isToHang = false;
  const model: LanguageModel = {
    id: 'scripted',
    generate: async (request, onText) => {
      const hangs = isToHang;
      isToHang = false;
      if (hangs) await held.promise;
      return scripted.generate(request, onText);
    },
  };
  return {
    model,
    hang: () => {
      isToHang = true;
    },
    answer: () => held.resolve(),
  };
}

/** A session in the middle of a turn that nobody follows and whose player will not ask again. */
async function turnInFlight(client: DcsClient, storage: Storage, hang: () => void) {
  const { sessionId } = await client.play.create.mutate({ game: 'explore' });
  await client.play.open.mutate({ sessionId });
  const command = { sessionId, commandId: 'c1', text: SAID };
  hang();
  client.trpc.play.act.mutate(command).catch(() => undefined);
  await until(async () => (await wholeLog(storage, sessionId)).some(({ content }) => content === SAID));
  return command;
}

/** The turn was finished by somebody else, once, and the clock stands. */
async function finishedAndPaused(storage: Storage, sessionId: string): Promise<void> {
  await until(async () => (await wholeLog(storage, sessionId)).at(-1)?.kind === 'session_paused');
  const events = await wholeLog(storage, sessionId);
  const from = events.findIndex(({ content }) => content === SAID);
  const kinds = events.slice(from + 1).map(({ kind }) => kind);
  expect(kinds[0]).toBe('session_resumed');
  expect(kinds.filter((kind) => kind === 'message')).toHaveLength(1);
  expect(events.filter(({ content }) => content === SAID)).toHaveLength(1);
}

describe('a server that is started again after a crash', () => {
  it('finishes a turn that was in flight and stops the clock, though nobody comes back', async () => {
    const storage = openMemoryStorage();
    const { model, hang } = hangingModel();
    await using server = await restartingApp(storage, { env: ENV, model });
    const { client, accessKey } = await server.app.player();
    const command = await turnInFlight(client, storage, hang);
    client.close();
    await server.restart('crash');
    await finishedAndPaused(storage, command.sessionId);
    const again = await server.app.client({ accessKey }).play.act.mutate(command);
    expect(again).toMatchObject({ accepted: true });
    const texts = (await wholeLog(storage, command.sessionId)).map(({ content }) => content);
    expect(texts.filter((text) => text === SAID)).toHaveLength(1);
  });
});

describe('a server whose neighbour has gone', () => {
  it('finishes the turn that was in flight there and stops the clock, though nobody comes back', async () => {
    const { model, hang, answer } = hangingModel();
    const lines: Awaited<ReturnType<typeof openLine>>[] = [];
    await using cluster = await clusterApps(2, {
      env: ENV,
      model,
      redisUrl: async (node, redis) => {
        if (node !== 0) return redis.url;
        const line = await openLine(redis.url);
        lines.push(line);
        return line.url;
      },
    });
    const { accessKey, client } = await nodeOf(cluster, 0).player();
    const command = await turnInFlight(client, cluster.storage, hang);
    client.close();
    lines[0]?.cut();
    await finishedAndPaused(cluster.storage, command.sessionId);
    const elsewhere = nodeOf(cluster, 1).client({ accessKey });
    const reply = await elsewhere.play.act.mutate(command);
    expect(reply).toMatchObject({ accepted: true });
    // What the one that is cut off still had in hand comes to nothing.
    await until(async () => (await nodeOf(cluster, 0).http('/healthz')).status === 503);
    lines[0]?.mend();
    answer();
    await until(async () => (await nodeOf(cluster, 0).http('/healthz')).status === 200);
    expect(await nodeOf(cluster, 0).client({ accessKey }).play.act.mutate(command)).toEqual(reply);
    const events = await wholeLog(cluster.storage, command.sessionId);
    expect(events.findLast(({ commandId }) => commandId?.endsWith('/c1'))?.seq).toBe(reply.lastSeq);
    expect(
      events.filter(({ receipt, commandId }) => receipt !== null && commandId?.endsWith('/c1')),
    ).toHaveLength(1);
    await lines[0]?.[Symbol.asyncDispose]();
  });
});
