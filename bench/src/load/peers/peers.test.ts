import { describe, expect, it } from 'vitest';
import { startSubject } from '../../server/subjectProcess.ts';
import { gather } from '../crowd.ts';
import { playTurns } from '../play.ts';
import { connectBoardgame } from './boardgameClient.ts';
import { connectColyseus } from './colyseusClient.ts';
import { createExpectation } from './expectation.ts';
import { gatherPeers } from './peerCrowd.ts';
import { TURNS_PER_GAME } from './peerClient.ts';
import { connectWsEcho } from './wsEchoClient.ts';

/** So many that those who play games come to the next one. */
const TURNS = TURNS_PER_GAME + 1;

describe('a crowd of another system', { timeout: 30_000 }, () => {
  it.each([
    { system: 'a raw echo', program: 'wsEchoMain.ts', connect: connectWsEcho },
    { system: 'Colyseus', program: 'colyseusMain.ts', connect: connectColyseus },
    { system: 'boardgame.io', program: 'boardgameMain.ts', connect: connectBoardgame },
  ])('plays turn after turn on $system, each with the answer that belongs to it', async (peer) => {
    await using server = await startSubject({ program: peer.program, env: {} });
    using crowd = await gatherPeers({ port: server.port, connect: peer.connect, count: 2, name: 'crowd' });
    const { latenciesMs } = await playTurns(crowd.players, TURNS);
    expect(latenciesMs).toHaveLength(2 * TURNS);
  });

  it('plays on tRPC as it does on our server, and its log is what it was told', async () => {
    await using server = await startSubject({ program: 'trpcEchoMain.ts', env: {} });
    await using crowd = await gather({ url: `http://127.0.0.1:${server.port}`, count: 2, name: 'crowd' });
    await playTurns(crowd.players, TURNS);
    await crowd.audit();
    expect(crowd.players.map(({ lastSeq }) => lastSeq)).toEqual([3, 3]);
    await crowd.finish();
  });
});

describe('what a client waits for', () => {
  it('is what arrives next', async () => {
    const replies = createExpectation<number>();
    replies.arrived(1);
    const reply = replies.next();
    replies.arrived(2);
    replies.arrived(3);
    expect(await reply).toBe(2);
  });

  it('never comes over a line that broke, and who waits is told so, now and later', async () => {
    const replies = createExpectation<number>();
    const reply = replies.next();
    replies.fail(new Error('The line broke.'));
    await expect(reply).rejects.toThrow('The line broke.');
    await expect(replies.next()).rejects.toThrow('The line broke.');
  });
});
