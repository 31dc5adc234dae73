import { createSocket, opened } from '../socket.ts';
import { createExpectation } from './expectation.ts';
import type { ConnectPeer } from './peerClient.ts';

interface Message {
  readonly text: string;
}

/** A bare WebSocket with JSON on it: there is nothing less to pay for. */
export const connectWsEcho: ConnectPeer = async (port) => {
  const replies = createExpectation<Message>();
  const socket = createSocket(`ws://127.0.0.1:${port}`);
  socket.on('message', (raw: Buffer) => replies.arrived(JSON.parse(raw.toString()) as Message));
  socket.on('close', () => replies.fail(new Error('The line broke.')));
  await opened(socket);
  return {
    exchange: async (text) => {
      const reply = replies.next();
      socket.send(JSON.stringify({ text } satisfies Message));
      if ((await reply).text !== text) throw new Error('The echo is not what was said.');
    },
    close: () => socket.close(),
  };
};
