import { Client } from '@colyseus/sdk';
import { createExpectation } from './expectation.ts';
import type { ConnectPeer } from './peerClient.ts';

/** The state of the room as the server keeps it, see colyseusMain.ts. */
interface EchoState {
  readonly turn: number;
  readonly text: string;
}

/** A room of one's own through the system's own client: its patches cannot be read without it. */
export const connectColyseus: ConnectPeer = async (port) => {
  const room = await new Client(`http://127.0.0.1:${port}`).create<EchoState>('echo');
  const states = createExpectation<EchoState>();
  const first = states.next();
  room.onStateChange((state: EchoState) => states.arrived(state));
  room.onLeave((code) => states.fail(new Error(`The room was left with code ${code}.`)));
  await first;
  let turn = 0;
  return {
    exchange: async (text) => {
      turn += 1;
      const state = states.next();
      room.send('say', text);
      const present = await state;
      if (present.turn !== turn || present.text !== text)
        throw new Error(`Turn ${turn} is not in the state of the room.`);
    },
    close: () => void room.leave(),
  };
};
