import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { Socket } from 'node:net';

/** A way to a database, or to Redis, that can be cut and mended. */
export interface CuttableLine extends AsyncDisposable {
  /** The address through this line, without a database name. */
  readonly url: string;
  cut(): void;
  mend(): void;
}

/** Opens a line to the first host of an address of MongoDB or Redis. */
export async function openLine(address: string): Promise<CuttableLine> {
  const [, scheme = '', host = ''] = /^(mongodb|redis):\/\/(?:[^@/]*@)?([^/,?]+)/.exec(address) ?? [];
  const target = decodeURIComponent(host);
  const sockets = new Set<Socket>();
  let isCut = false;

  const dial = (): Socket => {
    if (target.startsWith('/')) return connect(target);
    const [name = 'localhost', port = scheme === 'redis' ? '6379' : '27017'] = target.split(':');
    return connect(Number(port), name);
  };
  const server = createServer((near) => {
    const far = dial();
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
      socket.pipe(other);
    }
    if (isCut) near.destroy();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const bound = server.address();
  const port = typeof bound === 'object' && bound !== null ? bound.port : 0;
  const hangUp = (): void => {
    for (const socket of sockets) socket.destroy();
  };

  return {
    url:
      scheme === 'redis' ? `redis://127.0.0.1:${port}` : `mongodb://127.0.0.1:${port}/?directConnection=true`,
    cut() {
      isCut = true;
      hangUp();
    },
    mend() {
      isCut = false;
    },
    async [Symbol.asyncDispose]() {
      server.close();
      hangUp();
      await once(server, 'close');
    },
  };
}
