import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { Socket } from 'node:net';

/** One address for several servers. Newcomers go to the healthy ones in turn; whoever is at a sick one is cut off. */
export interface Balancer extends AsyncDisposable {
  readonly url: string;
}

const LOOK_EVERY_MS = 200;
const PATIENCE_MS = 2_000;

export async function startBalancer(servers: readonly string[]): Promise<Balancer> {
  const healthy = new Set<string>(servers);
  const connections = new Map<Socket, string>();
  let next = 0;

  function pick(): string | undefined {
    const candidates = servers.filter((server) => healthy.has(server));
    next += 1;
    return candidates[next % Math.max(1, candidates.length)];
  }

  const balancer = createServer((near) => {
    const server = pick();
    near.on('error', () => near.destroy());
    if (server === undefined) {
      near.destroy();
      return;
    }
    const { hostname, port } = new URL(server);
    const far = connect(Number(port), hostname);
    connections.set(near, server);
    far.on('error', () => near.destroy());
    far.on('close', () => near.destroy());
    near.on('close', () => {
      connections.delete(near);
      far.destroy();
    });
    near.pipe(far).pipe(near);
  });

  async function look(server: string): Promise<void> {
    const isWell = await fetch(`${server}/healthz`, { signal: AbortSignal.timeout(PATIENCE_MS) }).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isWell) healthy.add(server);
    else healthy.delete(server);
    if (isWell) return;
    for (const [socket, at] of connections) if (at === server) socket.destroy();
  }

  balancer.listen(0, '127.0.0.1');
  await once(balancer, 'listening');
  const bound = balancer.address();
  if (bound === null || typeof bound === 'string') throw new Error('No port was given.');
  const looking = setInterval(() => void Promise.all(servers.map(look)), LOOK_EVERY_MS);
  return {
    url: `http://127.0.0.1:${bound.port}`,
    [Symbol.asyncDispose]: async () => {
      clearInterval(looking);
      for (const socket of connections.keys()) socket.destroy();
      balancer.close();
      await once(balancer, 'close');
    },
  };
}
