import { WebSocket } from 'ws';

const FAST = {
  perMessageDeflate: false,
  skipUTF8Validation: true,
  // Masking guards proxies against scripts in browsers; over the loopback a mask of zeros is as good.
  generateMask: (mask: Buffer) => void mask.fill(0),
} as const;

/** A WebSocket that spares its own process all it can. A failure shows as its end. */
export function createSocket(address: string): WebSocket {
  const socket = new WebSocket(address, FAST);
  socket.on('error', () => undefined);
  return socket;
}

/** Resolves when the socket is open; rejects with what the server said when it is refused. */
export async function opened(socket: WebSocket): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  socket.once('open', resolve);
  socket.once('close', () => reject(new Error('The server could not be reached.')));
  socket.once('unexpected-response', (_request, response) => {
    const chunks: Buffer[] = [];
    response.on('data', (chunk: Buffer) => chunks.push(chunk));
    response.once('close', () => {
      reject(new Error(`Connection refused (${response.statusCode}): ${Buffer.concat(chunks).toString()}`));
      socket.terminate();
    });
  });
  await promise;
}
