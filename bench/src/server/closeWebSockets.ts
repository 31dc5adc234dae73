import type { WebSocketServer } from 'ws';

/** Drops everyone and stops listening. Resolves when the port is free. */
export async function closeWebSockets(server: WebSocketServer): Promise<void> {
  for (const socket of server.clients) socket.terminate();
  await new Promise((resolve) => {
    server.close(resolve);
  });
}
