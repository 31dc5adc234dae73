/*
 * Safety property: several servers share the sessions, and whichever of them is killed or loses Redis, every event that a
 * client has received is in the log exactly once, every command has one effect and one reply, and every session goes on
 * at the servers that are left.
 */
import { randomUUID } from 'node:crypto';
import { expect, test } from '@playwright/test';
import { planBlows, playThroughBlows } from './support/clusterPlay.ts';
import { startClusterProcesses } from './support/clusterProcesses.ts';
import { insist } from './support/insist.ts';
import { connect, readLog, register } from './support/player.ts';

test('players go on at the other servers when one is killed or cut off, and nothing is lost or doubled', async () => {
  test.setTimeout(240_000);
  const seed = randomUUID().slice(0, 8);
  const report = (line: string): void => console.log(`  ${line}`);
  report(`seed ${seed}`);
  await using cluster = await startClusterProcesses(3);
  const blows = planBlows(3, cluster.nodes.length, seed);
  const { turns } = await playThroughBlows({ cluster, blows, bots: 2, tables: 2, seed, report });
  expect(turns).toBeGreaterThan(blows.length);
});

test('two servers that are asked for one session at the same moment play every command once, and answer alike', async () => {
  test.setTimeout(120_000);
  await using cluster = await startClusterProcesses(2);
  await using cleanUp = new AsyncDisposableStack();
  const [one, other] = cluster.nodes.map(({ server }) => server.url);
  if (one === undefined || other === undefined) throw new Error('There are too few servers.');
  const player = await register(one);
  const there = connect(other, player.accessKey);
  cleanUp.defer(() => player.client.close());
  cleanUp.defer(() => there.close());
  const both = [player.client, there];

  /** Everything is new to both servers, so that each session is raced for: to open it first, then with every move. */
  async function race(index: number): Promise<void> {
    const create = { game: 'explore', commandId: `create-${index}` };
    const created = await Promise.all(both.map(({ trpc }) => insist(() => trpc.play.create.mutate(create))));
    const [{ sessionId } = { sessionId: '' }] = created;
    expect(new Set(created.map((reply) => reply.sessionId)).size).toBe(1);
    await Promise.all(both.map(({ trpc }) => insist(() => trpc.play.open.mutate({ sessionId }))));
    const said = [1, 2, 3].map((time) => `I tap the glass ${time} times.`);
    const replies = await Promise.all(
      said.map((text, move) =>
        Promise.all(
          both.map(({ trpc }) =>
            insist(() => trpc.play.act.mutate({ sessionId, commandId: `act-${index}-${move}`, text })),
          ),
        ),
      ),
    );
    for (const [here, elsewhere] of replies) expect(here).toEqual(elsewhere);
    const log = await readLog(player, sessionId);
    expect(log.map(({ seq }) => seq)).toEqual(log.map((_event, place) => place + 1));
    const kept = log.filter(({ source }) => source === 'user').map(({ content }) => content);
    expect(kept.toSorted()).toEqual(said);
  }

  await Promise.all(Array.from({ length: 24 }, (_none, index) => race(index)));
});
