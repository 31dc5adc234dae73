import { applyWSSHandler } from '@trpc/server/adapters/ws';
import { once } from 'node:events';
import { WebSocketServer } from 'ws';
import { closeWebSockets } from './closeWebSockets.ts';
import { portOf } from './portOf.ts';
import { serveSubject } from './serveSubject.ts';
import { createTrpcEcho } from './trpcEcho.ts';

await serveSubject(async () => {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
  applyWSSHandler({ wss: server, router: createTrpcEcho() });
  await once(server, 'listening');
  return { port: portOf(server.address()), childPid: null, stop: () => closeWebSockets(server) };
});
