import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { Socket } from 'node:net';

/** Where a connection breaks: after so many bytes one way or the other, which is seldom the end of a frame. */
export interface Cut {
  readonly direction: 'toClient' | 'toServer';
  readonly afterBytes: number;
  /** `reset` is noticed at once; after `end` what was on its way still arrives. */
  readonly how: 'reset' | 'end';
}

/** A way to a server on which the first connection breaks at the first cut, the second at the second, and so on. */
export interface CuttingLine extends AsyncDisposable {
  readonly url: string;
  /** Cuts that were reached. */
  readonly cuts: number;
}

/** Passes bytes on until `limit`, then calls back; the rest is lost. */
function pass(from: Socket, to: Socket, { limit, onLimit }: { limit: number; onLimit: () => void }): void {
  let passed = 0;
  from.on('data', (chunk: Buffer) => {
    const room = limit - passed;
    passed += chunk.length;
    const flowing = to.write(chunk.subarray(0, Math.max(0, room)));
    if (chunk.length >= room) onLimit();
    else if (!flowing) from.pause();
  });
  to.on('drain', () => from.resume());
}

/** Opens a line to the server at `url` on a port of its own. */
export async function openCuttingLine(url: string, plan: readonly Cut[]): Promise<CuttingLine> {
  const target = new URL(url);
  const open = new Set<Socket>();
  let connections = 0;
  let cuts = 0;

  function hold(socket: Socket): void {
    open.add(socket);
    socket.on('error', () => undefined); // the other end was cut
    socket.on('close', () => open.delete(socket));
  }

  const server = createServer((near) => {
    const cut = plan[connections];
    connections += 1;
    const far = connect(Number(target.port), target.hostname);
    hold(near);
    hold(far);
    const limitOf = (direction: Cut['direction']): number =>
      cut?.direction === direction ? cut.afterBytes : Number.POSITIVE_INFINITY;
    let isCut = false;
    const onLimit = (): void => {
      if (isCut) return;
      isCut = true;
      cuts += 1;
      if (cut?.how === 'end') near.end();
      else near.resetAndDestroy();
      far.destroy();
    };
    pass(far, near, { limit: limitOf('toClient'), onLimit });
    pass(near, far, { limit: limitOf('toServer'), onLimit });
    far.on('close', () => near.end());
    near.on('close', () => far.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port was given.');
  return {
    url: `http://127.0.0.1:${address.port}`,
    get cuts() {
      return cuts;
    },
    [Symbol.asyncDispose]: async () => {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
