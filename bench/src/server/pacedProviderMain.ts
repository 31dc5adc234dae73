import { once } from 'node:events';
import { startPacedProvider } from './pacedProvider.ts';
import { portOf } from './portOf.ts';
import { serveSubject } from './serveSubject.ts';

/** A number that whoever starts this process has set. */
function setting(name: string): number {
  const value = Number(process.env[name] ?? 'missing');
  if (!Number.isSafeInteger(value) || value < 0) throw new Error(`${name} must be a whole number.`);
  return value;
}

/** A provider of models in a process of its own: what it takes is not ours. */
await serveSubject(async () => {
  const server = await startPacedProvider({
    firstMs: setting('FIRST_MS'),
    firstSpreadMs: setting('FIRST_SPREAD_MS'),
    pieceMs: setting('PIECE_MS'),
    verdictMs: setting('VERDICT_MS'),
    pieces: setting('PIECES'),
  });
  return {
    port: portOf(server.address()),
    childPid: null,
    stop: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
});
