import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { StartError } from '../startError.ts';

function startError(cause: unknown, host: string, port: number): unknown {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  switch (code) {
    case 'EADDRINUSE':
      return new StartError(
        'server/port-taken',
        `Port ${port} is in use. Stop what uses it, or choose another port, for example PORT=${port + 1} npm start.`,
        { cause },
      );
    case 'EACCES':
      return new StartError(
        'server/port-forbidden',
        `Port ${port} needs more rights. Set PORT to 1024 or above.`,
        {
          cause,
        },
      );
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new StartError('server/bad-host', `HOST ${host} is not an address of this machine.`, { cause });
    default:
      return cause;
  }
}

/** Listens and resolves with the port. Throws StartError with the way out. */
export async function listen(
  server: Server,
  { host, port }: { host: string; port: number },
): Promise<number> {
  try {
    server.listen(port, host);
    await once(server, 'listening');
  } catch (cause) {
    throw startError(cause, host, port);
  }
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
}

/** Finds a taken port before anything slow is started. Throws StartError. */
export async function assertPortFree(address: { host: string; port: number }): Promise<void> {
  const probe = createServer();
  await listen(probe, address);
  probe.close();
  await once(probe, 'close');
}

/** The address to open in a browser. */
export function urlOf(host: string, port: number): string {
  const shown = host === '0.0.0.0' || host === '::' || host === '127.0.0.1' ? 'localhost' : host;
  return `http://${shown.includes(':') ? `[${shown}]` : shown}:${port}`;
}
