import { once } from 'node:events';
import { createRequire } from 'node:module';
import type * as BoardgameServer from 'boardgame.io/dist/types/packages/server.js';
import { portOf } from './portOf.ts';
import { serveSubject } from './serveSubject.ts';

// A package without an "exports" map: its folders can be required and not imported.
const { Server } = createRequire(import.meta.url)('boardgame.io/server') as typeof BoardgameServer;

interface EchoGame {
  turn: number;
  text: string;
}

/** One player who says something in each turn. */
const echo = {
  name: 'echo',
  setup: (): EchoGame => ({ turn: 0, text: '' }),
  turn: { minMoves: 1, maxMoves: 1 },
  moves: {
    say: ({ G }: { readonly G: EchoGame }, text: string): void => {
      G.turn += 1;
      G.text = text;
    },
  },
};

await serveSubject(async () => {
  const server = Server({ games: [echo], origins: [] });
  await server.db.connect();
  // Not by `server.run`, which would listen on every address.
  const http = server.app.listen(0, '127.0.0.1');
  await once(http, 'listening');
  return {
    port: portOf(http.address()),
    childPid: null,
    stop: async () => {
      http.closeAllConnections();
      await new Promise((resolve) => void http.close(resolve));
    },
  };
});
