import { Room, Server } from '@colyseus/core';
import { schema, t } from '@colyseus/schema';
import { WebSocketTransport } from '@colyseus/ws-transport';
import { createServer } from 'node:http';
import { z } from 'zod';
import { portOf } from './portOf.ts';
import { serveSubject } from './serveSubject.ts';

const EchoState = schema({ turn: t.uint32(), text: t.string() });
const textSchema = z.string().max(1000);

/** A room whose state holds the last thing that was said in it, and nothing else. */
class EchoRoom extends Room {
  override maxClients = 1;
  // Sent as soon as it has changed; the usual 50 ms would let nobody play faster than that.
  override patchRate = null;
  override state = new EchoState({ turn: 0, text: '' });

  override onCreate(): void {
    this.onMessage('say', (_client, text: unknown) => {
      this.state.turn += 1;
      this.state.text = textSchema.parse(text);
      this.broadcastPatch();
    });
  }
}

await serveSubject(async () => {
  const http = createServer();
  const transport = new WebSocketTransport({ server: http });
  const server = new Server({ transport, greet: false, gracefullyShutdown: false });
  server.define('echo', EchoRoom);
  await server.listen(0, '127.0.0.1');
  return {
    port: portOf(http.address()),
    childPid: null,
    stop: () => server.gracefullyShutdown(false),
  };
});
