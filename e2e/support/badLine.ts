import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { Socket } from 'node:net';

/** A way to a server that can be cut, as a network does it: without a word to either side. */
export interface BadLine extends AsyncDisposable {
  readonly url: string;
  /** How often it broke. */
  readonly cuts: number;
  /** Breaks every connection; new ones are taken. */
  cut(): void;
  /** Breaks every connection and takes no new ones until `mend`. */
  down(): void;
  mend(): void;
}

export interface BadLineOptions {
  /** Whether to break every connection right after this piece of data from the server. */
  readonly cutAfter?: (piece: string) => boolean;
}

/** Opens a line to the server at `url` on a port of its own. */
export async function openBadLine(
  url: string,
  { cutAfter = () => false }: BadLineOptions = {},
): Promise<BadLine> {
  const target = new URL(url);
  const open = new Set<Socket>();
  let isDown = false;
  let cuts = 0;

  function cut(): void {
    cuts += 1;
    for (const socket of open) socket.destroy();
    open.clear();
  }

  function hold(socket: Socket): void {
    open.add(socket);
    socket.on('error', () => undefined); // the other end was cut
    socket.on('close', () => open.delete(socket));
  }

  const server = createServer((near) => {
    if (isDown) {
      near.destroy();
      return;
    }
    const far = connect(Number(target.port), target.hostname);
    hold(near);
    hold(far);
    near.pipe(far);
    far.on('data', (chunk) => {
      near.write(chunk);
      if (cutAfter(chunk.toString('latin1'))) cut();
    });
    far.on('close', () => near.destroy());
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
    cut,
    down: () => {
      isDown = true;
      cut();
    },
    mend: () => {
      isDown = false;
    },
    [Symbol.asyncDispose]: async () => {
      cut();
      server.close();
      await once(server, 'close');
    },
  };
}
