import { once } from 'node:events';
import { WebSocketServer } from 'ws';
import { closeWebSockets } from './closeWebSockets.ts';
import { portOf } from './portOf.ts';
import { serveSubject } from './serveSubject.ts';

/** A server that says again what it hears: what any server on a WebSocket pays at least. */
await serveSubject(async () => {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
  server.on('connection', (socket) => {
    socket.on('message', (data, binary) => socket.send(data, { binary }));
  });
  await once(server, 'listening');
  return { port: portOf(server.address()), childPid: null, stop: () => closeWebSockets(server) };
});
