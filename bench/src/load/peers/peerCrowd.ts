import { actionText } from '../actionText.ts';
import { inParallel } from '../inParallel.ts';
import { patiently } from '../patience.ts';
import type { TurnTaker } from '../play.ts';
import type { ConnectPeer, PeerClient } from './peerClient.ts';

/** Clients of another system, each with a connection and a game of its own. */
export interface PeerCrowd extends Disposable {
  readonly players: readonly TurnTaker[];
}

export interface PeerCrowdOptions {
  readonly port: number;
  readonly connect: ConnectPeer;
  readonly count: number;
  /** Differs between crowds of one server. */
  readonly name: string;
}

const AT_ONCE = 32;

function takingTurns(client: PeerClient): TurnTaker {
  let turns = 0;
  return {
    turn: async () => {
      turns += 1;
      const text = actionText(turns);
      const startedAt = performance.now();
      await client.exchange(text);
      return performance.now() - startedAt;
    },
  };
}

export async function gatherPeers({ port, connect, count, name }: PeerCrowdOptions): Promise<PeerCrowd> {
  const clients = await inParallel({ count, width: AT_ONCE }, (index) =>
    patiently(`${name}-${index} connects`, connect(port, `${name}-${index}`)),
  );
  return {
    players: clients.map(takingTurns),
    [Symbol.dispose]: () => {
      for (const client of clients) client.close();
    },
  };
}
