import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import type net from 'node:net';
import os from 'node:os';
import path from 'node:path';

/** The kernel keeps 108 bytes for a socket's path, its closing zero included. */
const LONGEST_SOCKET_PATH = 107;

/** A listening socket that only this user can reach; `remove` deletes what was made for it. */
export type PrivateSocket = { socketPath: string; remove: () => void };

/**
 * Listens in a 0700 folder inside `dataDir`: the engine knows no passwords, so the folder's rights are the
 * only lock. Where that path is too long or its file system has no sockets, a folder for temporary files serves.
 */
export async function listenPrivately(server: net.Server, dataDir: string): Promise<PrivateSocket> {
  const beside = path.join(dataDir, 'socket', 'mongo.sock');
  if (Buffer.byteLength(beside) <= LONGEST_SOCKET_PATH) {
    try {
      return await listenBeside(server, beside);
    } catch {
      // Mounted folders of virtual machines often refuse sockets: the temporary folder is the way out.
    }
  }
  const folder = mkdtempSync(path.join(os.tmpdir(), 'dcs-mongo-'));
  const socketPath = path.join(folder, 'mongo.sock');
  await listen(server, socketPath);
  return { socketPath, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

async function listenBeside(server: net.Server, socketPath: string): Promise<PrivateSocket> {
  const folder = path.dirname(socketPath);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  // Whoever left this socket is gone: the engine's lock on the folder is ours by now.
  rmSync(socketPath, { force: true });
  await listen(server, socketPath);
  return { socketPath, remove: () => rmSync(socketPath, { force: true }) };
}

function listen(server: net.Server, socketPath: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(socketPath, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
