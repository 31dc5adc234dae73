import { connectBoardgame } from '../load/peers/boardgameClient.ts';
import { connectColyseus } from '../load/peers/colyseusClient.ts';
import { gatherPeers } from '../load/peers/peerCrowd.ts';
import type { ConnectPeer } from '../load/peers/peerClient.ts';
import { connectWsEcho } from '../load/peers/wsEchoClient.ts';
import { playFor } from '../load/play.ts';
import type { Measured } from '../report/measures.ts';
import { startDcsServer } from '../server/dcsServer.ts';
import { createMeter } from '../server/meter.ts';
import { startSubject } from '../server/subjectProcess.ts';
import type { SubjectProcess } from '../server/subjectProcess.ts';
import { measuredTurns, playRound } from './turnRound.ts';
import type { TurnRound, TurnServer } from './turnRound.ts';

/** One crowd at one of the systems. */
export type ContenderRound = Omit<TurnRound, 'server'>;

/** A system that is running and can be measured as often as one likes. */
export interface RunningContender extends AsyncDisposable {
  measure(round: ContenderRound): Promise<Measured>;
}

/** A system that is put to the same work as the others. */
export interface Contender {
  readonly name: string;
  /** Where a turn is when its answer goes out; in memory, it is lost with the process. */
  readonly kept: 'on disk' | 'in memory' | 'nowhere';
  start(): Promise<RunningContender>;
}

async function measurePeer(
  subject: SubjectProcess,
  connect: ConnectPeer,
  { name, players: count, pace, profileFile }: ContenderRound,
): Promise<Measured> {
  using crowd = await gatherPeers({ port: subject.port, connect, count, name });
  const meter = createMeter(subject, profileFile);
  const played = await playFor(crowd.players, pace, meter);
  return measuredTurns(played, meter.use);
}

/** With a client and messages of its own. */
function startPeer(program: string, connect: ConnectPeer): () => Promise<RunningContender> {
  return async () => {
    const subject = await startSubject({ program, env: {} });
    return {
      measure: (round) => measurePeer(subject, connect, round),
      [Symbol.asyncDispose]: () => subject[Symbol.asyncDispose](),
    };
  };
}

/** Spoken to by players of ours. */
function takingOurCalls(server: TurnServer): RunningContender {
  return {
    measure: (round) => playRound({ ...round, server }),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

async function startTrpcEcho(): Promise<TurnServer> {
  const subject = await startSubject({ program: 'trpcEchoMain.ts', env: {} });
  return { ...subject, url: `http://127.0.0.1:${subject.port}` };
}

export const CONTENDERS: readonly Contender[] = [
  { name: 'DCS', kept: 'on disk', start: async () => takingOurCalls(await startDcsServer()) },
  { name: 'raw ws echo', kept: 'nowhere', start: startPeer('wsEchoMain.ts', connectWsEcho) },
  { name: 'tRPC over ws echo', kept: 'in memory', start: async () => takingOurCalls(await startTrpcEcho()) },
  { name: 'Colyseus', kept: 'in memory', start: startPeer('colyseusMain.ts', connectColyseus) },
  { name: 'boardgame.io', kept: 'in memory', start: startPeer('boardgameMain.ts', connectBoardgame) },
];
