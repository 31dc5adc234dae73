import { describe, expect, it } from 'vitest';
import type { SessionFrame } from '../src/dto.ts';
import type { DcsClient } from '../src/client/index.ts';
import { clusterApps, nodeOf } from './support/clusterApps.ts';
import type { ClusterApps } from './support/clusterApps.ts';
import { refusalOf } from './support/testApp.ts';
import { until } from './support/until.ts';
import { wholeLog } from './support/wholeLog.ts';

const GRACE = { PAUSE_GRACE_SECONDS: '0' };

/** One player, signed in at each node. */
async function playerEverywhere(cluster: ClusterApps) {
  const { accessKey, playerId } = await nodeOf(cluster, 0).player();
  const clients = cluster.nodes.map((node) => node.client({ accessKey }));
  const [here, there] = clients;
  if (here === undefined || there === undefined) throw new Error('There are too few nodes.');
  return { accessKey, playerId, clients, here, there };
}

const statusOf = async (client: DcsClient, sessionId: string): Promise<string> =>
  (await client.sessions.status.query({ sessionId })).status;

/** Frames of a subscription until one fits. */
function framesUntil(client: DcsClient, sessionId: string, fits: (frame: SessionFrame) => boolean) {
  return new Promise<SessionFrame[]>((resolve, reject) => {
    const frames: SessionFrame[] = [];
    const subscription = client.play.events.subscribe(
      { sessionId },
      {
        onData: ({ data }) => {
          frames.push(data);
          if (!fits(data)) return;
          subscription.unsubscribe();
          resolve(frames);
        },
        onError: reject,
      },
    );
  });
}

describe('two servers that share the work', () => {
  it('show at one what is played at the other, to the same end', async () => {
    await using cluster = await clusterApps(2);
    const { here, there } = await playerEverywhere(cluster);
    const session = await here.play.start({ game: 'explore' });
    const elsewhere = await there.play.join(session.sessionId);
    for (const text of ['I wave.', 'I wait.', 'I look around.']) await session.act(text);
    await session.close();
    for await (const event of elsewhere.events()) void event;
    expect(elsewhere.transcript).toEqual(session.transcript);
    expect(elsewhere.view).toEqual(session.view);
    expect(cluster.nodes.flatMap(({ faults }) => faults)).toEqual([]);
  });

  it('show at one what is being written at the other', async () => {
    await using cluster = await clusterApps(2, { env: { SCRIPTED_PACE_MS: '20' } });
    const { here, there } = await playerEverywhere(cluster);
    const { sessionId } = await here.play.create.mutate({ game: 'explore' });
    const watched = framesUntil(
      there,
      sessionId,
      (frame) => frame.type === 'turn' && frame.phase === 'ended',
    );
    await until(async () => nodeOf(cluster, 1).server.app.readers > 0);
    await here.play.open.mutate({ sessionId });
    const types = new Set((await watched).map(({ type }) => type));
    expect(types).toContain('draft');
    expect(types).toContain('events');
  });

  it('answer alike whoever is asked, and the session is driven by one', async () => {
    await using cluster = await clusterApps(2);
    const { here, there } = await playerEverywhere(cluster);
    const { sessionId } = await here.play.start({ game: 'explore' });
    const said = { sessionId, commandId: 'c1', text: 'I wave.' };
    const first = await there.play.act.mutate(said);
    expect(await here.play.act.mutate(said)).toEqual(first);
    expect(await there.play.act.mutate(said)).toEqual(first);
    const events = await wholeLog(cluster.storage, sessionId);
    expect(events.filter(({ content }) => content === 'I wave.')).toHaveLength(1);
    expect(events.filter(({ kind }) => kind === 'session_resumed')).toHaveLength(0);
    expect(await there.sessions.status.query({ sessionId })).toEqual(
      expect.objectContaining({ status: 'active', turns: first.turns, lastSeq: first.lastSeq }),
    );
  });

  it('play every command once, however often and wherever it is sent', async () => {
    await using cluster = await clusterApps(2);
    const { clients, here } = await playerEverywhere(cluster);
    const { sessionId } = await here.play.create.mutate({ game: 'explore' });
    await Promise.all(clients.map((client) => client.play.open.mutate({ sessionId })));
    const commands = Array.from({ length: 8 }, (_none, index) => ({
      sessionId,
      commandId: `c${index}`,
      text: `I tap the glass ${index + 1} times.`,
    }));
    const replies = await Promise.all(
      commands.map((command) => Promise.all(clients.map((client) => client.play.act.mutate(command)))),
    );
    for (const [one, other] of replies) expect(one).toEqual(other);
    const texts = (await wholeLog(cluster.storage, sessionId)).map(({ content }) => content);
    for (const { text } of commands) expect(texts.filter((said) => said === text)).toHaveLength(1);
    expect(cluster.nodes.flatMap(({ faults }) => faults)).toEqual([]);
  });

  it('count the sessions of all of them, and each other', async () => {
    await using cluster = await clusterApps(2);
    const { here, there } = await playerEverywhere(cluster);
    const first = await here.play.start({ game: 'explore' });
    await there.play.start({ game: 'explore' });
    for (const client of [here, there]) {
      await until(async () => (await client.server.status.query()).activeSessions === 2);
      expect(await client.server.status.query()).toMatchObject({ activeSessions: 2, nodes: 2 });
    }
    await first.close();
    await until(async () => (await there.server.status.query()).activeSessions === 1);
  });

  it('stop a clock when nobody follows at either of them, not before', async () => {
    await using cluster = await clusterApps(2, { env: GRACE });
    const { here, there } = await playerEverywhere(cluster);
    const session = await here.play.start({ game: 'explore' });
    const { sessionId } = session;
    const elsewhere = await there.play.join(sessionId);
    await elsewhere.ready();
    session.leave();
    await until(async () => nodeOf(cluster, 0).server.app.readers === 0);
    await elsewhere.act('I wave.');
    expect((await wholeLog(cluster.storage, sessionId)).map(({ kind }) => kind)).not.toContain(
      'session_paused',
    );
    elsewhere.leave();
    await until(async () => (await statusOf(here, sessionId)) === 'paused');
    expect(await statusOf(there, sessionId)).toBe('paused');
    expect((await wholeLog(cluster.storage, sessionId)).at(-1)).toMatchObject({ kind: 'session_paused' });
  });

  it('refuse a revoked key at once at both, and hang up on it', async () => {
    await using cluster = await clusterApps(2);
    const { here, there } = await playerEverywhere(cluster);
    const { sessionId } = await here.play.create.mutate({ game: 'explore' });
    const cut = new Promise<unknown>((resolve) => {
      there.play.events.subscribe({ sessionId }, { onData: () => undefined, onError: resolve });
    });
    await until(async () => nodeOf(cluster, 1).server.app.readers > 0);
    await here.players.eraseMe.mutate();
    expect(await cut).toMatchObject({ reason: expect.stringMatching(/^auth\//) });
    expect(await refusalOf(there.players.me.query())).toMatchObject({
      reason: expect.stringMatching(/^auth\//),
    });
  });

  it('hand everything over when one is stopped: its players go on at the other without noticing', async () => {
    await using cluster = await clusterApps(2);
    const { here, there } = await playerEverywhere(cluster);
    const session = await here.play.start({ game: 'explore' });
    const { sessionId } = session;
    await session.act('I wave.');
    const elsewhere = await there.play.join(sessionId);
    await elsewhere.ready();
    const stopping = nodeOf(cluster, 0).server.stop();
    const replies = [];
    for (let turn = 0; turn < 5; turn += 1) replies.push(await elsewhere.act(`I wait ${turn}.`));
    await stopping;
    expect(replies.map(({ accepted }) => accepted)).toEqual([true, true, true, true, true]);
    await until(async () => (await statusOf(there, sessionId)) === 'active');
    const events = await wholeLog(cluster.storage, sessionId);
    expect(elsewhere.transcript.map(({ seq }) => seq)).toEqual(
      events.slice(0, elsewhere.transcript.length).map(({ seq }) => seq),
    );
    await until(async () => (await there.server.status.query()).nodes === 1);
  });
});
