import { describe, expect, it } from 'vitest';
import { openLine } from '../src/store/contract/cuttableLine.ts';
import type { CuttableLine } from '../src/store/contract/cuttableLine.ts';
import { clusterApps, nodeOf } from './support/clusterApps.ts';
import type { ClusterApps } from './support/clusterApps.ts';
import { insist } from './support/insist.ts';
import type { DcsClient } from '../src/client/index.ts';
import type { SessionFrame } from '../src/dto.ts';
import type { TestApp } from './support/testApp.ts';
import { until } from './support/until.ts';
import { wholeLog } from './support/wholeLog.ts';

/*
 * What holds however Redis fails: nothing that was seen is lost, nothing happens twice, whoever can is told to try again,
 * and everything goes on by itself when Redis is back.
 */

const healthOf = async (node: TestApp): Promise<number> => (await node.http('/healthz')).status;

const said = (sessionId: string, index: number) => ({
  sessionId,
  commandId: `c${index}`,
  text: `I tap the glass ${index} times.`,
});

async function expectEachSaidOnce(cluster: ClusterApps, sessionId: string, count: number): Promise<void> {
  const texts = (await wholeLog(cluster.storage, sessionId)).map(({ content }) => content);
  for (let index = 1; index <= count; index += 1) {
    const { text } = said(sessionId, index);
    expect(texts.filter((content) => content === text)).toHaveLength(1);
  }
}

async function player(cluster: ClusterApps): Promise<readonly [DcsClient, DcsClient]> {
  const { accessKey } = await nodeOf(cluster, 0).player();
  return [nodeOf(cluster, 0).client({ accessKey }), nodeOf(cluster, 1).client({ accessKey })];
}

describe('when Redis is killed and comes back without a memory', () => {
  it('the servers say so, refuse to play for the moment, and go on by themselves', async () => {
    await using cluster = await clusterApps(2);
    const [here, there] = await player(cluster);
    const session = await here.play.start({ game: 'explore' });
    const { sessionId } = session;
    const elsewhere = await there.play.join(sessionId);
    await session.act('I wave.');
    await cluster.redis.kill();
    for (const node of cluster.nodes) await until(async () => (await healthOf(node)) === 503);
    expect((await nodeOf(cluster, 0).http('/healthz')).body).toMatchObject({ reason: 'cluster/unavailable' });
    const refusal = await there.trpc.play.act.mutate(said(sessionId, 1)).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ reason: 'cluster/unavailable', retryable: true });
    expect((await there.sessions.transcript.query({ sessionId })).events.length).toBeGreaterThan(3);
    await cluster.redis.start();
    for (const node of cluster.nodes) await until(async () => (await healthOf(node)) === 200);
    const reply = await insist(() => there.play.act.mutate(said(sessionId, 1)));
    expect(await insist(() => here.play.act.mutate(said(sessionId, 1)))).toEqual(reply);
    await session.arrived(reply.lastSeq);
    await elsewhere.arrived(reply.lastSeq);
    expect(elsewhere.transcript).toEqual(session.transcript);
    await expectEachSaidOnce(cluster, sessionId, 1);
  });
});

describe('when Redis stops answering without hanging up', () => {
  it('nobody waits for ever, and everything goes on when it answers again', async () => {
    await using cluster = await clusterApps(2);
    const [here, there] = await player(cluster);
    const { sessionId } = await here.play.start({ game: 'explore' });
    cluster.redis.freeze();
    for (const node of cluster.nodes) await until(async () => (await healthOf(node)) === 503);
    const refusal = await there.trpc.play.act.mutate(said(sessionId, 1)).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ reason: 'cluster/unavailable' });
    cluster.redis.thaw();
    for (const node of cluster.nodes) await until(async () => (await healthOf(node)) === 200);
    await insist(() => there.play.act.mutate(said(sessionId, 1)));
    await expectEachSaidOnce(cluster, sessionId, 1);
  });
});

describe('when one server is cut off from Redis while it drives a session', () => {
  async function withLine(
    play: (cluster: ClusterApps, line: CuttableLine) => Promise<void>,
    LEASE_TTL_MS = '1000',
  ): Promise<void> {
    const lines: CuttableLine[] = [];
    await using cluster = await clusterApps(2, {
      env: { LEASE_TTL_MS },
      redisUrl: async (node, redis) => {
        if (node !== 0) return redis.url;
        const line = await openLine(redis.url);
        lines.push(line);
        return line.url;
      },
    });
    const [cutLine] = lines;
    if (cutLine === undefined) throw new Error('There is no line.');
    await play(cluster, cutLine);
    await cutLine[Symbol.asyncDispose]();
  }

  it('the other one takes the session over, and the first finds its way back', async () => {
    await withLine(async (cluster, line) => {
      const [here, there] = await player(cluster);
      const session = await here.play.start({ game: 'explore' });
      const { sessionId } = session;
      await here.play.act.mutate(said(sessionId, 1));
      line.cut();
      // Whatever the one that is cut off still believes, and whoever is asked: every command has one effect.
      const replies = await Promise.all(
        [2, 3, 4].map((index) => insist(() => there.play.act.mutate(said(sessionId, index)))),
      );
      expect(replies.every(({ accepted }) => accepted)).toBe(true);
      await until(async () => (await healthOf(nodeOf(cluster, 0))) === 503);
      // Readers of the one that is cut off are told what is in the log all the same.
      await session.arrived(Math.max(...replies.map(({ lastSeq }) => lastSeq)));
      line.mend();
      await until(async () => (await healthOf(nodeOf(cluster, 0))) === 200);
      const last = await insist(() => here.play.act.mutate(said(sessionId, 5)));
      await session.arrived(last.lastSeq);
      await expectEachSaidOnce(cluster, sessionId, 5);
      const events = await wholeLog(cluster.storage, sessionId);
      expect(session.transcript.map(({ seq }) => seq)).toEqual(events.map(({ seq }) => seq));
    });
  });

  it('a reader that has seen what the other one recorded is not sent away by the one that knows less', async () => {
    await withLine(async (cluster, line) => {
      const [here, there] = await player(cluster);
      const { sessionId } = await here.play.start({ game: 'explore' });
      line.cut();
      const { lastSeq } = await insist(() => there.play.act.mutate(said(sessionId, 1)));
      const firstFrame = await new Promise<SessionFrame>((resolve, reject) => {
        const subscription = here.play.events.subscribe(
          { sessionId, lastEventId: String(lastSeq) },
          {
            onData: ({ data }) => {
              subscription.unsubscribe();
              resolve(data);
            },
            onError: reject,
          },
        );
      });
      expect(firstFrame).toMatchObject({ type: 'meta' });
      const known = firstFrame.type === 'meta' ? firstFrame.session.lastSeq : 0;
      expect(known).toBeGreaterThanOrEqual(lastSeq);
      line.mend();
    }, '4000');
  });

  it('both may be asked at the same time, and nothing happens twice', async () => {
    await withLine(async (cluster, line) => {
      const [here, there] = await player(cluster);
      const { sessionId } = await here.play.start({ game: 'explore' });
      let index = 0;
      for (let round = 0; round < 3; round += 1) {
        line.cut();
        const commands = Array.from({ length: 4 }, () => said(sessionId, ++index));
        const asked = commands.map(async (command) => {
          const [one, other] = await Promise.all(
            [here, there].map((client) => insist(() => client.play.act.mutate(command))),
          );
          expect(one).toEqual(other);
        });
        await new Promise((resolve) => setImmediate(resolve));
        line.mend();
        await Promise.all(asked);
      }
      await expectEachSaidOnce(cluster, sessionId, index);
    });
  });
});
